#!/bin/bash
# First boot of one instance of a tier: nginx ends the balancer's TLS, the container answers behind it, the
# CloudWatch agent ships logs, metrics and traces, and a watcher drains the instance before it is terminated.
# All packages are in Amazon Linux's own repositories, which are in S3, so that a gateway endpoint is enough.
set -euo pipefail

readonly tier=@@tier@@
readonly region=@@region@@
readonly image=@@image@@
# Both empty unless the image is in a private registry of Amazon ECR.
readonly registry=@@registry@@
readonly registry_region=@@registryRegion@@
readonly instance_port=@@instancePort@@
readonly container_port=@@containerPort@@
readonly health_check_path=@@healthCheckPath@@
readonly log_group=@@logGroup@@
readonly access_log_group=@@accessLogGroup@@
readonly metrics_namespace=@@metricsNamespace@@
readonly lifecycle_hook=@@lifecycleHook@@
readonly drain_seconds=@@drainSeconds@@
readonly stop_seconds=@@stopSeconds@@
# Quoted so that nothing in a value expands.
# shellcheck disable=SC2016
readonly container_environment=(
    @@containerEnvironment@@
)

retry() {
    local attempt
    for attempt in 1 2 3 4 5; do
        if "$@"; then
            return 0
        fi
        echo "Attempt ${attempt} of 5 failed: $1" >&2
        sleep $((attempt * 5))
    done
    return 1
}

metadata() {
    local -r address=http://169.254.169.254/latest
    local token
    token=$(curl --fail --silent --show-error --max-time 5 --request PUT \
        --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "${address}/api/token") || return 1
    curl --fail --silent --show-error --max-time 5 \
        --header "X-aws-ec2-metadata-token: ${token}" "${address}/meta-data/$1"
}

sign_in() {
    aws ecr get-login-password --region "$registry_region" |
        docker login --username AWS --password-stdin "$registry"
}

# Runs from the file that it is written to further down.
# shellcheck disable=SC2329
drain() {
    until [[ $(metadata autoscaling/target-lifecycle-state) == Terminated ]]; do
        sleep 5
    done
    # The balancer has stopped sending new requests; those under way may take until its deregistration delay ends.
    sleep "$drain_seconds"
    docker stop --time "$stop_seconds" app
    # Stopping the agent makes it send the last lines.
    systemctl stop amazon-cloudwatch-agent
    aws autoscaling complete-lifecycle-action --region "$region" --instance-id "$instance_id" \
        --auto-scaling-group-name "$group" --lifecycle-hook-name "$lifecycle_hook" \
        --lifecycle-action-result CONTINUE
}

instance_id=$(retry metadata instance-id)
# The group cannot be written into its own launch template; EC2 tells it as a tag.
group=$(retry metadata tags/instance/aws:autoscaling:groupName)

retry dnf install --assumeyes --quiet amazon-cloudwatch-agent docker nginx openssl
systemctl enable --now docker

if [[ -n $registry ]]; then
    retry sign_in
fi
retry docker pull --quiet "$image"
# The host's network, so that the container reaches the instance's role although the metadata service's answers
# go one hop and no further. The security group lets nobody but nginx's port in.
# Logs are sent without blocking: the tier must start and serve when CloudWatch Logs does not answer.
docker run --detach --name app --restart unless-stopped --network host \
    --cap-drop ALL --security-opt no-new-privileges --ulimit nofile=65536:65536 \
    --log-driver awslogs --log-opt "awslogs-region=${region}" --log-opt "awslogs-group=${log_group}" \
    --log-opt "awslogs-stream=${instance_id}/app" --log-opt mode=non-blocking --log-opt max-buffer-size=16m \
    "${container_environment[@]}" "$image"

# The balancer encrypts and does not ask who answers, so a certificate of the instance's own is enough. It
# outlives the instance.
install -d -m 0700 /etc/nginx/tls
openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 120 -subj "/CN=${tier}" \
    -keyout /etc/nginx/tls/key.pem -out /etc/nginx/tls/certificate.pem
chmod 0600 /etc/nginx/tls/key.pem

cat >/etc/nginx/nginx.conf <<NGINX
user nginx;
worker_processes auto;
worker_rlimit_nofile 65536;
# Below this level are the errors of single requests, which tell their query strings; their status is logged anyway.
error_log /var/log/nginx/error.log crit;
pid /run/nginx.pid;

events {
    worker_connections 8192;
}

http {
    server_tokens off;

    # Neither addresses nor query strings: they may be personal data, and nothing that is counted here needs them.
    log_format requests escape=json '{"time":"\$time_iso8601","method":"\$request_method","path":"\$uri",'
        '"status":\$status,"seconds":\$request_time,"bytes":\$bytes_sent,"trace":"\$http_x_amzn_trace_id"}';

    upstream app {
        server 127.0.0.1:${container_port};
        keepalive 64;
    }

    map \$http_upgrade \$upstream_connection {
        default upgrade;
        '' '';
    }

    server {
        listen ${instance_port} ssl backlog=4096;
        ssl_certificate /etc/nginx/tls/certificate.pem;
        ssl_certificate_key /etc/nginx/tls/key.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_cache shared:tls:10m;

        # Longer than a balancer keeps an idle connection (350 s at most), or the balancer sends a request into a
        # connection that is just being closed and answers 502.
        keepalive_timeout 400s;
        keepalive_requests 100000;
        client_max_body_size 10m;

        proxy_http_version 1.1;
        proxy_set_header Host \$http_host;
        proxy_set_header Upgrade \$http_upgrade;
        proxy_set_header Connection \$upstream_connection;
        proxy_set_header X-Forwarded-Proto https;

        access_log /var/log/nginx/access.log requests;

        location = ${health_check_path} {
            access_log off;
            proxy_pass http://app;
        }

        location / {
            proxy_pass http://app;
        }
    }
}
NGINX
nginx -t
systemctl enable --now nginx

install -d -m 0755 /opt/meridian
{
    echo '#!/bin/bash'
    echo 'set -euo pipefail'
    declare -p region instance_id group lifecycle_hook drain_seconds stop_seconds
    declare -f metadata drain
    echo drain
} >/opt/meridian/drain
chmod 0755 /opt/meridian/drain

cat >/etc/systemd/system/meridian-drain.service <<'UNIT'
[Unit]
Description=Drains this instance before Auto Scaling terminates it
After=network-online.target docker.service
Wants=network-online.target

[Service]
ExecStart=/opt/meridian/drain
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now meridian-drain

# Last, so that trouble with telemetry keeps no instance from serving.
cat >/opt/aws/amazon-cloudwatch-agent/etc/meridian.json <<AGENT
{
    "agent": {"region": "${region}", "metrics_collection_interval": 60, "omit_hostname": true},
    "logs": {"logs_collected": {"files": {"collect_list": [
        {
            "file_path": "/var/log/nginx/access.log",
            "log_group_name": "${access_log_group}",
            "log_stream_name": "${instance_id}"
        },
        {
            "file_path": "/var/log/nginx/error.log",
            "log_group_name": "${log_group}",
            "log_stream_name": "${instance_id}/nginx"
        },
        {
            "file_path": "/var/log/cloud-init-output.log",
            "log_group_name": "${log_group}",
            "log_stream_name": "${instance_id}/boot"
        }
    ]}}},
    "metrics": {
        "namespace": "${metrics_namespace}",
        "aggregation_dimensions": [["AutoScalingGroupName"]],
        "metrics_collected": {
            "mem": {
                "measurement": ["mem_used_percent"],
                "append_dimensions": {"AutoScalingGroupName": "${group}"}
            },
            "disk": {
                "measurement": ["used_percent"],
                "resources": ["/"],
                "drop_device": true,
                "append_dimensions": {"AutoScalingGroupName": "${group}"}
            }
        }
    },
    "traces": {"traces_collected": {
        "xray": {"bind_address": "127.0.0.1:2000", "tcp_proxy": {"bind_address": "127.0.0.1:2000"}},
        "otlp": {"grpc_endpoint": "127.0.0.1:4317", "http_endpoint": "127.0.0.1:4318"}
    }}
}
AGENT
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s \
    -c file:/opt/aws/amazon-cloudwatch-agent/etc/meridian.json
