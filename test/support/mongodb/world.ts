/** Machines of files on which a member's boot script runs: what it calls is in `programs.js`. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { renderBoot } from "../../../components/data/documentDatabase/mongodb/userData";

/** What the script calls besides the shell's own and coreutils, and what would ask for another user. */
const PROGRAMS = [
    ...[
        "aws",
        "blkid",
        "chown",
        "curl",
        "dnf",
        "ip",
        "mkfs.xfs",
        "mount",
        "mountpoint",
        "sleep",
        "systemctl",
    ],
    "xfs_growfs",
];

/** What of a member's data the world knows. */
export interface MemberData {
    config?: { _id: string; version: number; members: { _id: number; host: string }[] };
    users?: { user: string; pwd: string; roles: string[] }[];
}

export interface Volume {
    id: string;
    state: string;
    instanceId?: string;
    tags: Record<string, string>;
    fileSystem?: string;
    /** What blkid ends with instead. */
    damage?: number;
    data?: MemberData;
}

export interface Interface {
    id: string;
    state: string;
    instanceId?: string;
    tags: Record<string, string>;
    address: string;
}

export interface Machine {
    instanceId: string;
    host: string;
    root: string;
    mounted?: string;
    isRunning?: boolean;
}

export interface WorldState {
    volumes: Volume[];
    interfaces: Interface[];
    machines: Record<string, Machine>;
    secrets: Record<string, { value?: string; versions?: Record<string, string> }>;
    parameters: Record<string, string>;
    metrics: [string, string, string][];
    /** Hosts that initiated the set, one by one. */
    initiations: string[];
    primary?: string;
    /** Who is elected where it can be; else the first. */
    candidate?: string;
    /** Commands that were run on members. */
    commands: [string, unknown][];
    /** Seconds by which hosts are behind. */
    behind: Record<string, number>;
    sleeps: number;
    /** How long a wait takes, in milliseconds, where members wait for each other. */
    pause: number;
    mostSleeps: number;
    /** What changes by itself after so many waits. */
    events: { after: number; list: "volumes" | "interfaces"; id: string; set: object }[];
    /** The machine, the program and its arguments, in order. */
    calls: string[][];
}

/** What a run of the script came to. */
export interface BootRun {
    status: number | null;
    output: string;
}

export const DATABASE = "orders";
export const SECRETS = { master: "arn:master", keyFile: "arn:key-file", authority: "arn:authority" };
export const PARAMETERS = { certificate: "/orders/certificate", initiation: "/orders/initiation" };
export const MASTER = { username: "meridian", password: "long-and.secret~one" };

/** A region with three volumes and three interfaces, and nobody who has them yet. */
export class BootWorld {
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-boot-"));
    readonly #file = path.join(this.folder, "world.json");

    constructor(change: (state: WorldState) => void = () => undefined) {
        const tagsOf = (member: number) => ({
            "meridian:document-database": DATABASE,
            "meridian:member": String(member),
        });
        const members = [1, 2, 3];
        const state: WorldState = {
            volumes: members.map((member) => ({
                id: `vol-0${member}`,
                state: "available",
                tags: tagsOf(member),
            })),
            interfaces: members.map((member) => ({
                id: `eni-0${member}`,
                state: "available",
                tags: tagsOf(member),
                address: `10.0.${member}.10`,
            })),
            machines: {},
            secrets: {
                [SECRETS.master]: { value: JSON.stringify(MASTER) },
                [SECRETS.keyFile]: { value: "c2VjcmV0" },
                [SECRETS.authority]: {},
            },
            parameters: { [PARAMETERS.certificate]: "pending", [PARAMETERS.initiation]: "pending" },
            metrics: [],
            initiations: [],
            commands: [],
            behind: {},
            sleeps: 0,
            pause: 0,
            mostSleeps: 400,
            events: [],
            calls: [],
        };
        change(state);
        this.write(state);
    }

    /** The world as it is now. */
    read(): WorldState {
        return JSON.parse(fs.readFileSync(this.#file, "utf8")) as WorldState;
    }

    /** Changes the world while nothing runs. */
    change(change: (state: WorldState) => void): void {
        const state = this.read();
        change(state);
        this.write(state);
    }

    /** Changes the world while scripts run, between two of their calls. */
    async changeWhileRunning(change: (state: WorldState) => void): Promise<void> {
        const lock = `${this.#file}.lock`;
        for (;;) {
            try {
                fs.mkdirSync(lock);
                break;
            } catch {
                await new Promise((resolve) => setTimeout(resolve, 5));
            }
        }
        this.change(change);
        fs.rmdirSync(lock);
    }

    /** The world as it is while scripts run; undefined in the moment in which it is written. */
    readIfWritten(): WorldState | undefined {
        try {
            return this.read();
        } catch {
            return undefined;
        }
    }

    private write(state: WorldState): void {
        fs.writeFileSync(this.#file, JSON.stringify(state));
    }

    /** A new instance of a member; the name is the instance's id. */
    launch(member: number, name: string): void {
        const root = path.join(this.folder, name);
        const folders = ["bin", "dev/disk/by-id", "dev/shm", "etc/yum.repos.d", "etc/logrotate.d"];
        for (const folder of [...folders, "etc/systemd/system", "var/lib", "var/log/mongodb"]) {
            fs.mkdirSync(path.join(root, folder), { recursive: true });
        }
        for (const program of PROGRAMS) {
            this.#provide(root, program);
        }
        // As root it would give files to users that are not there.
        fs.writeFileSync(
            path.join(root, "bin/install"),
            '#!/bin/bash\nwords=()\nwhile (($#)); do case $1 in -o|-g) shift 2 ;; *) words+=("$1"); shift ;; esac; done\nexec /usr/bin/install "${words[@]}"\n',
            { mode: 0o755 },
        );
        fs.writeFileSync(path.join(root, "boot"), inMachine(bootScript(member), root), { mode: 0o755 });
        this.change(({ machines }) => {
            machines[name] = { instanceId: name, host: `member-${member}.${DATABASE}.internal`, root };
        });
    }

    /** Launches a member that has booted already, with what its volume holds. */
    serve(member: number, data: MemberData): void {
        const name = `i-served-${member}`;
        this.launch(member, name);
        const root = path.join(this.folder, name);
        this.#provide(root, "mongosh");
        fs.mkdirSync(path.join(root, "etc/meridian"));
        fs.writeFileSync(path.join(root, "etc/meridian/authority.crt"), "");
        this.change((state) => {
            const volume = state.volumes.find(({ id }) => id === `vol-0${member}`);
            const machine = state.machines[name];
            if (volume === undefined || machine === undefined) {
                throw new Error(`there is no member ${member}`);
            }
            Object.assign(volume, { state: "in-use", instanceId: name, fileSystem: "xfs", data });
            Object.assign(machine, { mounted: volume.id, isRunning: true });
        });
    }

    #provide(root: string, program: string): void {
        const file = path.join(root, "bin", program);
        const source = fs.readFileSync(path.join(__dirname, "programs.js"), "utf8");
        fs.writeFileSync(file, `#!${process.execPath}\n${source}`, { mode: 0o755 });
    }

    /** Runs the script on an instance. */
    run(name: string, ...words: string[]): Promise<BootRun> {
        const machine = this.read().machines[name];
        const root = machine?.root ?? "";
        const child = spawn("/bin/bash", [path.join(root, "boot"), ...words], {
            env: {
                PATH: `${path.join(root, "bin")}:/usr/bin:/bin`,
                WORLD: this.#file,
                MACHINE: name,
            },
        });
        let output = "";
        child.stdout.on("data", (text: Buffer) => (output += text.toString()));
        child.stderr.on("data", (text: Buffer) => (output += text.toString()));
        return new Promise((resolve) => {
            child.on("close", (status) => {
                resolve({ status, output });
            });
        });
    }

    /** The calls of a program on an instance, as lines. */
    calls(program: string, name?: string): string[] {
        return this.read()
            .calls.filter(([machine, called]) => called === program && (name ?? machine) === machine)
            .map((words) => words.slice(2).join(" "));
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

/** The script that a member's instance is given. */
export function bootScript(member: number): string {
    return renderBoot({
        region: "eu-central-1",
        identifier: DATABASE,
        member,
        engineVersion: "8.0",
        masterSecretArn: SECRETS.master,
        keyFileSecretArn: SECRETS.keyFile,
        authoritySecretArn: SECRETS.authority,
        certificateParameter: PARAMETERS.certificate,
        initiationParameter: PARAMETERS.initiation,
        logGroup: "logs",
    });
}

/** How often a script tries in the tests what it tries 90 times on an instance. */
export const ATTEMPTS = 12;

/** The script with the system's folders in one of the test's, and less patience. */
function inMachine(script: string, root: string): string {
    const impatient = script.replace("\nreadonly attempts=90\n", `\nreadonly attempts=${ATTEMPTS}\n`);
    if (impatient === script) {
        throw new Error("the script tries another number of times");
    }
    return impatient.replaceAll(/(?<![\w./}])\/(etc|opt|var|dev\/disk|dev\/shm)(?=[/\s"')])/g, `${root}/$1`);
}
