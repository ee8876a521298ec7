#!/bin/bash
# One member of a replica set of MongoDB: takes over its data volume and its network interface, which outlive instances,
# and the member with them. At an instance's first boot it becomes two services of the system: meridian-boot, which runs
# at each boot and again after a failure, so that every step here finds out what is done already; and meridian-watch.
set -euo pipefail

readonly region=@@region@@
readonly database=@@database@@
readonly member=@@member@@
# The first of them is this member's own, then those of the others.
readonly hosts=(@@hosts@@)
readonly replica_set=@@replicaSet@@
readonly port=@@port@@
readonly mongodb_series=@@series@@
readonly mongodb_package=@@package@@
readonly master_secret=@@masterSecret@@
readonly key_file_secret=@@keyFileSecret@@
readonly authority_secret=@@authoritySecret@@
readonly certificate_parameter=@@certificateParameter@@
readonly initiation_parameter=@@initiationParameter@@
readonly log_group=@@logGroup@@
readonly metrics_namespace=@@metricsNamespace@@

readonly host=${hosts[0]}
readonly data=/var/lib/mongo
readonly own=/etc/meridian
# Attempts to get what another instance, or another member, has to let go or to do first: ten seconds between them.
readonly attempts=90

fail() {
    echo "meridian: $*" >&2
    exit 1
}

# Tries a command until it succeeds, at most so often.
wait_for() {
    local -r what=$1
    shift
    local attempt
    for ((attempt = 1; attempt <= attempts; attempt++)); do
        if "$@"; then
            return 0
        fi
        echo "meridian: waiting for ${what} (${attempt} of ${attempts})"
        sleep 10
    done
    fail "gave up waiting for ${what}"
}

metadata() {
    local -r address=http://169.254.169.254/latest
    local token
    token=$(curl --fail --silent --show-error --max-time 5 --request PUT \
        --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "${address}/api/token") || return 1
    curl --fail --silent --show-error --max-time 5 \
        --header "X-aws-ec2-metadata-token: ${token}" "${address}/meta-data/$1"
}

# --- The volume and the interface ---

readonly filters=("Name=tag:meridian:document-database,Values=${database}" "Name=tag:meridian:member,Values=${member}")

# Id, state, the instance that has it, and an address.
volumes() {
    aws ec2 describe-volumes --region "$region" --filters "${filters[@]}" --output text \
        --query 'Volumes[].[VolumeId,State,Attachments[0].InstanceId,AvailabilityZone]'
}

interfaces() {
    aws ec2 describe-network-interfaces --region "$region" --filters "${filters[@]}" --output text \
        --query 'NetworkInterfaces[].[NetworkInterfaceId,Status,Attachment.InstanceId,PrivateIpAddress]'
}

attach_volume() {
    aws ec2 attach-volume --region "$region" --instance-id "$instance_id" --volume-id "$1" --device /dev/sdf
}

attach_interface() {
    aws ec2 attach-network-interface --region "$region" --instance-id "$instance_id" \
        --network-interface-id "$1" --device-index 1
}

# Takes what is found when it is free. The instance before this one lets go late: its termination may take minutes.
take() {
    local -r list=$1 attach=$2
    local found id state holder detail
    found=$("$list") || return 1
    if [[ -z $found ]]; then
        echo "meridian: ${list}: none has the tags of member ${member} of ${database}" >&2
        return 1
    fi
    if (($(wc -l <<<"$found") > 1)); then
        echo "meridian: ${list}: more than one has the tags of member ${member} of ${database}" >&2
        return 1
    fi
    read -r id state holder detail <<<"$found"
    if [[ $state == available ]]; then
        "$attach" "$id" >/dev/null || return 1
    elif [[ $holder != "$instance_id" ]]; then
        echo "meridian: ${id} is ${state} with ${holder}" >&2
        return 1
    fi
    taken=$id
    taken_detail=$detail
}

is_there() {
    [[ -e $1 ]]
}

has_address() {
    ip -brief -4 address | grep --quiet --fixed-strings " $1/"
}

mount_data() {
    # By its id: instances on Nitro name devices as they please.
    local -r device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${1/-/}
    local probe=0
    wait_for "the device of $1" is_there "$device"
    # 2 says that nothing is on the volume; anything but 0 and 2 says that this could not be told.
    blkid --probe "$device" >/dev/null || probe=$?
    case $probe in
        0) ;;
        2) mkfs.xfs "$device" ;;
        *) fail "cannot tell whether $1 has a file system (blkid: ${probe})" ;;
    esac
    install -d "$data"
    mountpoint --quiet "$data" || mount --types xfs --options noatime "$device" "$data"
    # The volume may have grown.
    xfs_growfs "$data" >/dev/null
    chown mongod:mongod "$data"
}

# --- Packages, telemetry ---

install_packages() {
    # Of an instance that only starts again, a repository that does not answer must not keep the database down.
    if command -v mongosh >/dev/null; then
        return 0
    fi
    cat >/etc/yum.repos.d/mongodb-org.repo <<REPOSITORY
[mongodb-org]
name=MongoDB
baseurl=https://repo.mongodb.org/yum/amazon/2023/mongodb-org/${mongodb_series}/\$basearch/
gpgcheck=1
enabled=1
gpgkey=https://pgp.mongodb.com/server-${mongodb_series}.asc
REPOSITORY
    # The shell that brings no OpenSSL of its own: Amazon Linux has version 3.
    wait_for "the packages" dnf install --assumeyes --quiet amazon-cloudwatch-agent logrotate openssl \
        "$mongodb_package" mongodb-mongosh-shared-openssl3
    cat >/etc/logrotate.d/mongod <<'ROTATION'
/var/log/mongodb/mongod.log {
    size 200M
    rotate 5
    compress
    delaycompress
    missingok
    postrotate
        pkill -USR1 -x mongod || true
    endscript
}
ROTATION
}

start_agent() {
    cat >"${own}/agent.json" <<AGENT
{
    "agent": {"region": "${region}", "metrics_collection_interval": 60, "omit_hostname": true},
    "logs": {"logs_collected": {"files": {"collect_list": [
        {
            "file_path": "/var/log/mongodb/mongod.log",
            "log_group_name": "${log_group}",
            "log_stream_name": "member-${member}/mongod"
        },
        {
            "file_path": "/var/log/meridian.log",
            "log_group_name": "${log_group}",
            "log_stream_name": "member-${member}/boot"
        }
    ]}}},
    "metrics": {
        "namespace": "${metrics_namespace}",
        "aggregation_dimensions": [["Database", "Member"]],
        "metrics_collected": {"disk": {
            "measurement": ["used_percent"],
            "resources": ["${data}"],
            "drop_device": true,
            "append_dimensions": {"Database": "${database}", "Member": "${member}"}
        }}
    }
}
AGENT
    /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c "file:${own}/agent.json"
}

# --- Secrets and certificates ---

secret() {
    aws secretsmanager get-secret-value --region "$region" --secret-id "$1" --query SecretString --output text
}

parameter() {
    aws ssm get-parameter --region "$region" --name "$1" --query Parameter.Value --output text
}

# The authority of the replica set, key and certificate. The first member makes it when there has never been one: the
# token lets the first value in, and no second one.
read_authority() {
    local problem
    if problem=$(secret "$authority_secret" 2>&1 >"$scratch/authority.pem"); then
        return 0
    fi
    echo "$problem" >&2
    if [[ $member == 1 && $problem == *ResourceNotFoundException* ]]; then
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 7300 \
            -subj "/O=${database}/CN=${database} authority" -addext 'keyUsage=critical,keyCertSign,cRLSign' \
            -keyout "$scratch/new.pem" -out "$scratch/new.crt" 2>/dev/null &&
            cat "$scratch/new.crt" >>"$scratch/new.pem" &&
            aws secretsmanager put-secret-value --region "$region" --secret-id "$authority_secret" \
                --client-request-token 00000000-0000-4000-8000-000000000001 \
                --secret-string "file://$scratch/new.pem" >/dev/null
    fi
    return 1
}

# A certificate of this member's own, for as long as clients may be asked to trust one.
issue_certificate() {
    wait_for "the authority" read_authority
    openssl x509 -in "$scratch/authority.pem" -out "${own}/authority.crt"
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/O=${database} member/CN=${host}" \
        -keyout "$scratch/member.key" -out "$scratch/member.csr" 2>/dev/null
    openssl x509 -req -sha256 -days 397 -in "$scratch/member.csr" -CA "$scratch/authority.pem" \
        -CAkey "$scratch/authority.pem" -set_serial "0x$(openssl rand -hex 16)" -out "$scratch/member.crt" -extfile <(
            echo "subjectAltName=DNS:${host},DNS:localhost"
            echo "extendedKeyUsage=serverAuth,clientAuth"
        ) 2>/dev/null
    cat "$scratch/member.key" "$scratch/member.crt" >"$scratch/member.pem"
    install -o mongod -g mongod -m 0400 "$scratch/member.pem" "${own}/member.pem"
    if [[ $member == 1 ]]; then
        aws ssm put-parameter --region "$region" --name "$certificate_parameter" --overwrite \
            --value "file://${own}/authority.crt" >/dev/null
    fi
}

write_configuration() {
    local -r address=$1
    secret "$key_file_secret" >"$scratch/key"
    install -o mongod -g mongod -m 0400 "$scratch/key" "${own}/key"
    cat >/etc/mongod.conf <<CONFIGURATION
storage:
  dbPath: ${data}
systemLog:
  destination: file
  path: /var/log/mongodb/mongod.log
  logAppend: true
  logRotate: reopen
net:
  port: ${port}
  bindIp: localhost,${address}
  tls:
    mode: requireTLS
    certificateKeyFile: ${own}/member.pem
    CAFile: ${own}/authority.crt
    allowConnectionsWithoutCertificates: true
replication:
  replSetName: ${replica_set}
security:
  authorization: enabled
  keyFile: ${own}/key
CONFIGURATION
}

# --- The replica set ---

# Runs JavaScript on a member. It finds the master user in the environment, where no list of processes shows it.
ask() {
    MASTER=${master:-} mongosh --quiet --norc --host "$1" --port "$port" --tls --tlsCAFile "${own}/authority.crt" \
        --eval "$2"
}

readonly set_name='print(db.hello().setName ?? "")'
readonly sign_in='
const { username: user, password: pwd } = JSON.parse(process.env.MASTER);
const admin = db.getSiblingDB("admin");
'

answers() {
    ask "$1" "$set_name" >/dev/null
}

# Initiates the replica set, once in its life: as the first member, that knows of no set, while no other knows of one, and
# none has ever been. A volume that was lost is filled by the others, and not begun anew beside them.
initiate() {
    local other name state
    name=$(ask localhost "$set_name")
    if [[ -n $name ]]; then
        return 0
    fi
    for other in "${hosts[@]:1}"; do
        if name=$(ask "$other" "$set_name") && [[ -n $name ]]; then
            echo "meridian: ${other} is in ${name} already, which will take this member in"
            return 0
        fi
    done
    state=$(parameter "$initiation_parameter")
    if [[ $state != pending ]]; then
        fail "the replica set was initiated (${state}), this member's volume is empty, and no other member answers:" \
            "bring another one back, or restore a snapshot; a second set would hide the data of the first"
    fi
    ask localhost "rs.initiate({ _id: '${replica_set}', members: [{ _id: 0, host: '${host}:${port}' }] })"
}

knows_primary() {
    [[ $(ask localhost 'print(db.hello().primary ?? "")') == *:* ]]
}

is_primary() {
    [[ $(ask localhost 'print(db.hello().isWritablePrimary)') == true ]]
}

# The first user may be created from here without signing in, and none after it. 18 is a failed authentication.
create_user() {
    ask localhost "${sign_in}
try {
    admin.auth(user, pwd);
} catch (error) {
    if (error.code !== 18) { throw error; }
    admin.createUser({ user, pwd, roles: ['root'] });
}"
}

add_member() {
    answers "$1" && ask localhost "${sign_in}
admin.auth(user, pwd);
if (!rs.conf().members.some((one) => one.host === '$1:${port}')) { rs.add({ host: '$1:${port}' }); }"
}

run() {
    local volume address other state
    instance_id=$(metadata instance-id)
    install -d -m 0755 "$own"
    install_packages
    start_agent
    wait_for "the data volume" take volumes attach_volume
    volume=$taken
    wait_for "the network interface" take interfaces attach_interface
    address=$taken_detail
    mount_data "$volume"
    wait_for "the address ${address}" has_address "$address"
    issue_certificate
    write_configuration "$address"
    systemctl start mongod
    wait_for "mongod" answers localhost
    if [[ $member == 1 ]]; then
        initiate
    fi
    wait_for "the replica set to have a primary" knows_primary
    if [[ $member == 1 ]]; then
        state=$(parameter "$initiation_parameter")
        [[ $state != pending ]] ||
            aws ssm put-parameter --region "$region" --name "$initiation_parameter" --overwrite \
                --value "by ${instance_id}" >/dev/null
    fi
    if is_primary; then
        master=$(secret "$master_secret")
        create_user
        for other in "${hosts[@]:1}"; do
            wait_for "${other} to join" add_member "$other"
        done
    fi
    echo "meridian: member ${member} of ${database} is up"
}

# Each minute: how far this member is behind, and whether its certificate ends within two months. A primary also adds
# whom it misses: the first member may have gone before it had added the third, and another one been elected.
watch() {
    local lag others
    master=$(secret "$master_secret")
    others=$(printf "'%s:${port}'," "${hosts[@]:1}")
    while true; do
        # What fails ends the service, which is started again and reads the secret anew.
        lag=$(ask localhost "${sign_in}
admin.auth(user, pwd);
if (db.hello().isWritablePrimary) {
    const known = rs.conf().members.map((one) => one.host);
    for (const host of [${others}].filter((one) => !known.includes(one))) {
        try { rs.add({ host }); } catch (error) { console.error(error.message); }
    }
}
const times = rs.status().members.map((one) => [one.self === true, Number(one.optimeDate ?? 0)]);
print(Math.max(0, Math.max(...times.map(([, time]) => time)) - times.find(([self]) => self)[1]) / 1000);")
        aws cloudwatch put-metric-data --region "$region" --namespace "$metrics_namespace" \
            --metric-name ReplicationLag --unit Seconds --value "$lag" \
            --dimensions "Database=${database},Member=${member}"
        if ! openssl x509 -in "${own}/member.pem" -noout -checkend 5184000 >/dev/null; then
            issue_certificate
            ask localhost "${sign_in}
admin.auth(user, pwd);
admin.runCommand({ rotateCertificates: 1 });"
        fi
        sleep 60
    done
}

become_services() {
    install -d -m 0755 /opt/meridian
    install -m 0700 "$0" /opt/meridian/boot
    cat >/etc/systemd/system/meridian-boot.service <<'UNIT'
[Unit]
Description=Takes over the volume and the interface of this member of a replica set, and starts it
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/opt/meridian/boot run
Restart=on-failure
RestartSec=30
TimeoutStartSec=infinity
StandardOutput=append:/var/log/meridian.log
StandardError=append:/var/log/meridian.log

[Install]
WantedBy=multi-user.target
UNIT
    cat >/etc/systemd/system/meridian-watch.service <<'UNIT'
[Unit]
Description=Measures this member of a replica set, and renews its certificate
After=meridian-boot.service
StartLimitIntervalSec=0

[Service]
ExecStart=/opt/meridian/boot watch
Restart=always
RestartSec=60
StandardOutput=append:/var/log/meridian.log
StandardError=append:/var/log/meridian.log

[Install]
WantedBy=multi-user.target
UNIT
    systemctl daemon-reload
    systemctl enable meridian-boot meridian-watch
    systemctl start --no-block meridian-boot meridian-watch
}

# For keys that no disk may keep.
scratch=$(mktemp --directory --tmpdir=/dev/shm)
trap 'rm -rf "$scratch"' EXIT

case ${1:-} in
    "") become_services ;;
    run) run ;;
    watch) watch ;;
    *) fail "what is $1?" ;;
esac
