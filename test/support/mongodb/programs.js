// The programs that a member's boot script calls, on a machine of files: AWS, the disk tools, the system's services, and
// MongoDB's shell on a replica set that keeps MongoDB's rules as far as the script meets them. Each call reads the world
// from a file and writes it back, so that several members may boot at the same time.
//
// Which program this is, the name that it was called by says; which machine it runs on, the environment.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const { WORLD, MACHINE } = process.env;
const program = path.basename(process.argv[1]);
const args = process.argv.slice(2);

function option(name) {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args[at + 1];
}

class Failure extends Error {
    constructor(message, status = 1) {
        super(message);
        this.status = status;
    }
}

/** Milliseconds to wait once the world is written back. */
let pause = 0;

function wait(milliseconds) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function withWorld(use) {
    const lock = `${WORLD}.lock`;
    for (;;) {
        try {
            fs.mkdirSync(lock);
            break;
        } catch (error) {
            if (error.code !== "EEXIST") {
                throw error;
            }
            wait(5);
        }
    }
    try {
        const world = JSON.parse(fs.readFileSync(WORLD, "utf8"));
        try {
            return use(world);
        } finally {
            fs.writeFileSync(WORLD, JSON.stringify(world));
        }
    } finally {
        fs.rmdirSync(lock);
    }
}

const machineOf = (world) => world.machines[MACHINE];
/** A path of the machine's own. */
const inMachine = (world, file) => path.join(machineOf(world).root, file);
const deviceOf = (volume) => `dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${volume.id.replace("-", "")}`;

// --- AWS ---

function tagged(world, things) {
    const filters = args.slice(args.indexOf("--filters") + 1).filter((word) => word.startsWith("Name=tag:"));
    const wanted = filters.map((filter) => /^Name=tag:(.+),Values=(.+)$/.exec(filter).slice(1));
    if (wanted.length === 0) {
        throw new Failure("the whole account is asked for");
    }
    return things.filter(({ tags }) => wanted.every(([tag, value]) => tags[tag] === value));
}

const lines = (rows) => rows.map((row) => row.map((cell) => cell ?? "None").join("\t")).join("\n");

/** What a parameter of the CLI's says; of a file its content. */
function valueOf(name) {
    const given = option(name);
    return given?.startsWith("file://") ? fs.readFileSync(given.slice("file://".length), "utf8") : given;
}

function attach(world, things, id) {
    const thing = things.find((one) => one.id === id);
    if (thing?.state !== "available") {
        throw new Failure(`An error occurred (VolumeInUse): ${id} is not available`);
    }
    if (option("--instance-id") !== machineOf(world).instanceId) {
        throw new Failure("another instance is named");
    }
    thing.state = "in-use";
    thing.instanceId = machineOf(world).instanceId;
    return thing;
}

const AWS = {
    "ec2 describe-volumes": (world) =>
        lines(
            tagged(world, world.volumes).map(({ id, state, instanceId }) => [id, state, instanceId, "zone"]),
        ),
    "ec2 describe-network-interfaces": (world) =>
        lines(
            tagged(world, world.interfaces).map(({ id, state, instanceId, address }) => [
                id,
                state,
                instanceId,
                address,
            ]),
        ),
    "ec2 attach-volume": (world) => {
        const volume = attach(world, world.volumes, option("--volume-id"));
        fs.writeFileSync(inMachine(world, deviceOf(volume)), "");
        return "{}";
    },
    "ec2 attach-network-interface": (world) => {
        attach(world, world.interfaces, option("--network-interface-id"));
        return "{}";
    },
    "secretsmanager get-secret-value": (world) => {
        const secret = world.secrets[option("--secret-id")];
        if (secret?.value === undefined) {
            throw new Failure(
                "An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: " +
                    "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
                254,
            );
        }
        return secret.value.replace(/\n$/, "");
    },
    "secretsmanager put-secret-value": (world) => {
        const secret = world.secrets[option("--secret-id")];
        const token = option("--client-request-token");
        const value = valueOf("--secret-string");
        const known = secret.versions?.[token];
        if (known !== undefined && known !== value) {
            throw new Failure(
                "An error occurred (ResourceExistsException) when calling the PutSecretValue operation",
                254,
            );
        }
        secret.versions = { ...secret.versions, [token]: value };
        secret.value = value;
        return "{}";
    },
    "ssm get-parameter": (world) => world.parameters[option("--name")],
    "ssm put-parameter": (world) => {
        world.parameters[option("--name")] = valueOf("--value");
        return "{}";
    },
    "cloudwatch put-metric-data": (world) => {
        world.metrics.push([option("--metric-name"), option("--value"), option("--dimensions")]);
        return "";
    },
};

// --- The replica set ---

/** A running member by a host's name; undefined where nobody answers. */
function memberAt(world, host) {
    const name = host === "localhost" ? machineOf(world).host : host;
    const machine = Object.values(world.machines).find((one) => one.host === name && one.isRunning);
    const volume = world.volumes.find(({ id }) => id === machine?.mounted);
    return volume === undefined ? undefined : { name, data: volume.data };
}

const running = (world) =>
    Object.values(world.machines)
        .map(({ host }) => memberAt(world, host))
        .filter((member) => member !== undefined);

/** What heartbeats do: whoever is in the newest configuration has it, and one of a majority is primary. */
function settle(world) {
    const members = running(world);
    for (const { data } of members) {
        const { config } = data;
        for (const other of config === undefined ? [] : members) {
            const isOlder = (other.data.config?.version ?? 0) < config.version;
            if (isOlder && config.members.some(({ host }) => host === `${other.name}:27017`)) {
                // What an empty member copies from the others.
                other.data.users ??= data.users;
                other.data.config = config;
            }
        }
    }
    const configured = members.filter(({ data }) => data.config !== undefined);
    const config = configured[0]?.data.config;
    const isMajority = config !== undefined && configured.length * 2 > config.members.length;
    if (!isMajority || !configured.some(({ name }) => name === world.primary)) {
        const elected = configured.find(({ name }) => name === world.candidate) ?? configured[0];
        world.primary = isMajority ? elected.name : undefined;
    }
}

function mongoError(message, code) {
    return Object.assign(new Error(message), { code });
}

function shellOn(world, host) {
    const member = memberAt(world, host);
    const { data, name } = member;
    const isLocal = host === "localhost";
    let isSignedIn = false;
    const isFirst = () => isLocal && (data.users ?? []).length === 0;
    const demand = (isAllowed) => {
        if (!isAllowed) {
            throw mongoError("Command requires authentication", 13);
        }
    };
    const isPrimary = () => world.primary === name;
    const admin = {
        auth: (user, password) => {
            if (!(data.users ?? []).some((one) => one.user === user && one.pwd === password)) {
                throw mongoError("Authentication failed.", 18);
            }
            isSignedIn = true;
        },
        createUser: (user) => {
            demand(isSignedIn || isFirst());
            if (!isPrimary()) {
                throw mongoError("not primary", 10107);
            }
            for (const one of running(world)) {
                one.data.users = [...(one.data.users ?? []), user];
            }
        },
        runCommand: (command) => {
            demand(isSignedIn);
            world.commands.push([name, command]);
        },
    };
    return {
        db: {
            hello: () => ({
                setName: data.config?._id,
                isWritablePrimary: isPrimary(),
                primary:
                    data.config === undefined || world.primary === undefined
                        ? undefined
                        : `${world.primary}:27017`,
            }),
            getSiblingDB: () => admin,
        },
        rs: {
            initiate: (config) => {
                demand(isSignedIn || isFirst());
                if (data.config !== undefined) {
                    throw mongoError("already initialized", 23);
                }
                world.initiations.push(name);
                data.config = { ...config, version: 1 };
                settle(world);
            },
            conf: () => {
                demand(isSignedIn);
                return data.config;
            },
            add: (added) => {
                demand(isSignedIn);
                const members = [...data.config.members, { ...added, _id: data.config.members.length }];
                const answering = members.filter(
                    (one) => memberAt(world, one.host.split(":")[0]) !== undefined,
                );
                if (!isPrimary() || answering.length * 2 <= members.length) {
                    throw mongoError("Quorum check failed because not enough voting nodes responded", 74);
                }
                data.config = { ...data.config, members, version: data.config.version + 1 };
                settle(world);
            },
            status: () => {
                demand(isSignedIn);
                return {
                    members: data.config.members.map((one) => ({
                        self: one.host === `${name}:27017`,
                        optimeDate: new Date(1_000_000 - (world.behind[one.host.split(":")[0]] ?? 0) * 1000),
                    })),
                };
            },
        },
    };
}

function mongosh(world) {
    for (const needed of ["--tls", "--norc", "--quiet"]) {
        if (!args.includes(needed)) {
            throw new Failure(`${needed} is missing`);
        }
    }
    fs.accessSync(option("--tlsCAFile"));
    const host = option("--host");
    if (memberAt(world, host) === undefined) {
        throw new Failure(`MongoNetworkError: connect ECONNREFUSED ${host}:${option("--port")}`);
    }
    settle(world);
    const printed = [];
    try {
        vm.runInNewContext(option("--eval"), {
            ...shellOn(world, host),
            print: (text) => printed.push(String(text)),
            process: { env: process.env },
            console: { error: (text) => process.stderr.write(`${text}\n`) },
        });
    } catch (error) {
        throw new Failure(`MongoServerError: ${error.message}`);
    } finally {
        settle(world);
    }
    return printed.join("\n");
}

// --- The machine ---

const volumeAt = (world, device) =>
    world.volumes.find((volume) => path.resolve(device) === inMachine(world, deviceOf(volume)));

const PROGRAMS = {
    aws: (world) => {
        const call = args.slice(0, 2).join(" ");
        if (option("--region") !== "eu-central-1") {
            throw new Failure(`no region is named: ${call}`);
        }
        return AWS[call](world);
    },
    mongosh,
    curl: (world) => {
        const address = args.find((word) => word.startsWith("http"));
        if (address.endsWith("/api/token")) {
            return "token";
        }
        if (!args.includes("X-aws-ec2-metadata-token: token")) {
            throw new Failure("401 Unauthorized");
        }
        return address.endsWith("/meta-data/instance-id") ? machineOf(world).instanceId : "";
    },
    dnf: (world) => {
        const agent = inMachine(world, "opt/aws/amazon-cloudwatch-agent/bin");
        fs.mkdirSync(agent, { recursive: true });
        fs.copyFileSync(process.argv[1], path.join(agent, "amazon-cloudwatch-agent-ctl"));
        fs.chmodSync(path.join(agent, "amazon-cloudwatch-agent-ctl"), 0o755);
        const shell = path.join(path.dirname(process.argv[1]), "mongosh");
        fs.copyFileSync(process.argv[1], shell);
        fs.chmodSync(shell, 0o755);
        return "";
    },
    "amazon-cloudwatch-agent-ctl": () => {
        JSON.parse(fs.readFileSync(option("-c").replace(/^file:/, ""), "utf8"));
        return "";
    },
    blkid: (world) => {
        const volume = volumeAt(world, args.at(-1));
        if (volume.damage !== undefined) {
            throw new Failure("ambivalent", volume.damage);
        }
        if (volume.fileSystem === undefined) {
            throw new Failure("", 2);
        }
        return `TYPE="${volume.fileSystem}"`;
    },
    "mkfs.xfs": (world) => {
        const volume = volumeAt(world, args.at(-1));
        if (volume.fileSystem !== undefined) {
            throw new Failure("appears to contain an existing filesystem");
        }
        volume.fileSystem = "xfs";
        volume.data = {};
        return "";
    },
    mountpoint: (world) => {
        if (machineOf(world).mounted === undefined) {
            throw new Failure("is not a mountpoint", 32);
        }
        return "";
    },
    mount: (world) => {
        const volume = volumeAt(world, args.at(-2));
        if (volume.fileSystem === undefined) {
            throw new Failure("wrong fs type");
        }
        machineOf(world).mounted = volume.id;
        return "";
    },
    xfs_growfs: () => "",
    chown: () => "",
    ip: (world) => {
        const mine = world.interfaces.filter(({ instanceId }) => instanceId === machineOf(world).instanceId);
        return [
            "lo UNKNOWN 127.0.0.1/8",
            ...mine.map(({ address }) => `ens6 UP ${address}/24 metric 512`),
        ].join("\n");
    },
    systemctl: (world) => {
        const [verb, ...units] = args.filter((word) => !word.startsWith("--"));
        if (verb === "start" && units.includes("mongod")) {
            const machine = machineOf(world);
            const configuration = fs.readFileSync(inMachine(world, "etc/mongod.conf"), "utf8");
            for (const file of configuration.matchAll(/(?:certificateKeyFile|CAFile|keyFile): (.+)/g)) {
                fs.accessSync(file[1]);
            }
            if (machine.mounted === undefined) {
                throw new Failure("mongod would write to the root volume");
            }
            machine.isRunning = true;
        }
        return "";
    },
    sleep: (world) => {
        // The others go on meanwhile.
        pause = world.pause;
        world.sleeps += 1;
        if (world.sleeps > world.mostSleeps) {
            throw new Failure("the test sleeps too long");
        }
        for (const event of world.events.filter(({ after }) => after === world.sleeps)) {
            Object.assign(
                world[event.list].find(({ id }) => id === event.id),
                event.set,
            );
        }
        return "";
    },
};

function main() {
    try {
        const output = withWorld((world) => {
            world.calls.push([MACHINE, program, ...args]);
            return PROGRAMS[program](world);
        });
        wait(pause);
        process.stdout.write(output === "" || output === undefined ? "" : `${output}\n`);
    } catch (error) {
        if (!(error instanceof Failure) && !["ENOENT"].includes(error.code)) {
            throw error;
        }
        process.stderr.write(`${error.message}\n`);
        process.exitCode = error.status ?? 1;
    }
}

main();
