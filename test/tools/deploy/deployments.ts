/** A deployment's surroundings in memory: a project in a temporary folder, and stand-ins for Pulumi, RDS and time. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { catalogueOf } from "../../../regions/catalogue";
import { type DatabasePort, type GlobalDatabase } from "../../../tools/deploy/database";
import { StackFailure } from "../../../tools/deploy/errors";
import { main } from "../../../tools/deploy/main";
import {
    type Changes,
    type PendingOperation,
    type StackRunner,
    type StateResource,
    type Watch,
} from "../../../tools/deploy/stackRunner";
import { type Interrupt, type World } from "../../../tools/deploy/world";
import { type Clock } from "../../../tools/shared/clock";

const ROOT = path.join(__dirname, "..", "..", "..");

export const ACCOUNT = "111122223333";
export const US = `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:meridian-prod-us`;
export const EU = `arn:aws:rds:eu-central-1:${ACCOUNT}:cluster:meridian-prod-eu`;

/** Copies the project's configuration into a temporary folder, with changes to the stacks' configuration. */
export function projectFolder(config: Readonly<Record<string, string>> = {}): string {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-deploy-"));
    for (const file of fs.readdirSync(ROOT).filter((name) => /^Pulumi\.(?:prod-.*\.)?yaml$/.test(name))) {
        const extra = Object.entries(config).map(([key, value]) => `  meridian:${key}: ${value}\n`);
        const text = fs.readFileSync(path.join(ROOT, file), "utf8");
        const isStack = file !== "Pulumi.yaml";
        fs.writeFileSync(path.join(directory, file), isStack ? `${text}${extra.join("")}` : text);
    }
    fs.writeFileSync(path.join(directory, "index.ts"), "");
    return directory;
}

/** A resource of a state. */
export function resource(type: string, more: Partial<StateResource> = {}): StateResource {
    return {
        urn: `urn:pulumi:prod-us::meridian::${type}::it`,
        type,
        custom: true,
        id: "it",
        protect: false,
        retainOnDelete: false,
        inputs: {},
        outputs: {},
        ...more,
    };
}

/** The state of a global stack that has read these outputs. */
export function globalState(
    read: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): StateResource[] {
    return [
        resource("aws:rds/globalCluster:GlobalCluster"),
        ...Object.entries(read).map(([stack, outputs]) =>
            resource("pulumi:pulumi:StackReference", {
                inputs: { name: `organization/meridian/${stack}` },
                outputs: { name: `organization/meridian/${stack}`, outputs },
            }),
        ),
    ];
}

/** One stack of the stand-in for Pulumi. */
export interface FakeStack {
    exists: boolean;
    outputs: Record<string, unknown>;
    resources: StateResource[];
    pending?: PendingOperation[];
    /** What an operation does instead of succeeding. */
    trouble?: (verb: string, watch: Watch) => Promise<void> | void;
    /** What an update makes of the outputs. */
    next?: Record<string, unknown>;
}

/** Stands in for Pulumi: remembers what it was asked for, in order, and how many at a time. */
export class FakeRunner implements StackRunner {
    readonly calls: string[] = [];
    readonly stacks: Record<string, FakeStack>;
    running = 0;
    most = 0;

    constructor(
        private readonly clock: FakeClock,
        stacks: Record<string, Partial<FakeStack>> = {},
    ) {
        const made = { url: "https://us.shop.example.com", origin: { dnsName: "a.example.com" } };
        this.stacks = {
            "prod-us": { exists: true, outputs: made, resources: [resource("aws:ec2/vpc:Vpc")] },
            "prod-eu": { exists: true, outputs: made, resources: [resource("aws:ec2/vpc:Vpc")] },
            "prod-global": {
                exists: true,
                outputs: { url: "https://shop.example.com" },
                resources: globalState({ "prod-us": made, "prod-eu": made }),
            },
        };
        // An environment of one region.
        this.stacks["dev-us"] = { exists: true, outputs: made, resources: [resource("aws:ec2/vpc:Vpc")] };
        for (const [name, stack] of Object.entries(stacks)) {
            Object.assign(this.of(name), stack);
        }
    }

    /** Stacks that are not destroyed whole, though Pulumi ends well. */
    leaves: readonly string[] = [];

    /** What making a stack does beside; Pulumi writes into its file how secrets are encrypted. */
    afterInit: (stack: string) => void = () => undefined;

    open(stack: string, create: boolean): Promise<"found" | "made" | "missing"> {
        const found = this.of(stack);
        if (!found.exists && create) {
            found.exists = true;
            this.calls.push(`init ${stack}`);
            this.afterInit(stack);
            return Promise.resolve("made");
        }
        return Promise.resolve(found.exists ? "found" : "missing");
    }

    preview(stack: string, watch: Watch): Promise<Changes> {
        return this.operate("preview", stack, watch);
    }

    async up(stack: string, watch: Watch): Promise<Changes> {
        const changes = await this.operate("up", stack, watch);
        const { next, resources } = this.of(stack);
        this.of(stack).outputs = next ?? this.of(stack).outputs;
        if (stack === "prod-global") {
            this.of(stack).resources = [
                ...resources.filter(({ type }) => !type.endsWith("StackReference")),
                ...globalState({
                    "prod-us": this.of("prod-us").outputs,
                    "prod-eu": this.of("prod-eu").outputs,
                }),
            ];
        }
        return changes;
    }

    async destroy(stack: string, refresh: boolean, watch: Watch): Promise<Changes> {
        await this.operate(refresh ? "refresh+destroy" : "destroy", stack, watch);
        const count = this.of(stack).resources.length;
        if (this.leaves.includes(stack)) {
            return { delete: 1 };
        }
        this.of(stack).resources = [];
        this.of(stack).outputs = {};
        return { delete: count };
    }

    outputs(stack: string): Promise<Readonly<Record<string, unknown>>> {
        return Promise.resolve(this.of(stack).outputs);
    }

    resources(stack: string): Promise<readonly StateResource[]> {
        return Promise.resolve(this.of(stack).resources);
    }

    pending(stack: string): Promise<readonly PendingOperation[]> {
        return Promise.resolve(this.of(stack).pending ?? []);
    }

    of(stack: string): FakeStack {
        const found = this.stacks[stack];
        if (found === undefined) {
            throw new Error(`the stand-in has no stack ${stack}`);
        }
        return found;
    }

    private async operate(verb: string, stack: string, watch: Watch): Promise<Changes> {
        this.calls.push(`${verb} ${stack}`);
        this.running += 1;
        this.most = Math.max(this.most, this.running);
        try {
            watch.onOutput(`${verb} of ${stack}\n`);
            await this.clock.sleep(60_000);
            await this.of(stack).trouble?.(verb, watch);
            return { create: 2, same: 3 };
        } finally {
            this.running -= 1;
        }
    }
}

/** A trouble that is Pulumi's. */
export function failing(stack: string): () => void {
    return () => {
        throw new StackFailure(stack, `${stack}: pulumi up failed`, ["error: quota exceeded"]);
    };
}

/** Stands in for RDS. A switchover takes two looks. */
export class FakeDatabase implements DatabasePort {
    readonly calls: string[] = [];
    /** Looks until the switchover is done; for ever when infinite. */
    looks = 2;
    backups: Record<string, string[]> = {};
    private target = "";

    constructor(public state: GlobalDatabase | undefined = database(US)) {}

    find(identifier: string, regions: readonly string[]): Promise<GlobalDatabase | undefined> {
        this.calls.push(`find ${identifier} in ${regions.join(", ")}`);
        if (this.target !== "" && this.state !== undefined) {
            this.looks -= 1;
            this.state = this.looks > 0 ? { ...this.state, status: "switching-over" } : database(this.target);
        }
        return Promise.resolve(this.state);
    }

    switchover(identifier: string, region: string, targetArn: string): Promise<void> {
        this.calls.push(`switchover ${identifier} in ${region} to ${targetArn}`);
        this.target = targetArn;
        return Promise.resolve();
    }

    backupsOf(region: string, clusterIdentifier: string): Promise<readonly string[]> {
        this.calls.push(`backups of ${clusterIdentifier} in ${region}`);
        return Promise.resolve(this.backups[clusterIdentifier] ?? []);
    }
}

/** A global database of both regions, written at this cluster. */
export function database(writer: string, members: readonly string[] = [US, EU]): GlobalDatabase {
    return {
        status: "available",
        accountId: ACCOUNT,
        members: members.map((arn) => ({
            arn,
            region: arn.split(":")[3] ?? "",
            clusterIdentifier: arn.split(":")[6] ?? "",
            isWriter: arn === writer,
        })),
    };
}

/** Time that passes when somebody waits, in the order of the waiting. */
export class FakeClock implements Clock {
    private time = Date.UTC(2026, 0, 5, 12);

    now(): number {
        return this.time;
    }

    async sleep(milliseconds: number): Promise<void> {
        const end = this.time + milliseconds;
        await new Promise((resolve) => setImmediate(resolve));
        this.time = Math.max(this.time, end);
    }
}

/** A world of stand-ins, and what was printed in it. */
export interface TestWorld {
    readonly clock: FakeClock;
    readonly runner: FakeRunner;
    readonly database: FakeDatabase;
    readonly projectDir: string;
    printed: string;
    complained: string;
    /** What the operator answers; undefined where nobody is there. */
    answer: string | undefined;
    asked: string[];
    interrupt: (signal: Interrupt) => void;
    /** Runs the command. */
    run(...argv: readonly string[]): Promise<number>;
    /** The journal of a verb, as it is in the file. */
    journal(verb: string): Record<string, unknown>[];
}

/** Makes a world. The folder is removed by `cleanUp`. */
export function testWorld(
    stacks: Record<string, Partial<FakeStack>> = {},
    config: Readonly<Record<string, string>> = {},
): TestWorld {
    const clock = new FakeClock();
    const projectDir = projectFolder(config);
    folders.push(projectDir);
    const handlers = new Set<(signal: Interrupt) => void>();
    const world: TestWorld = {
        clock,
        runner: new FakeRunner(clock, stacks),
        database: new FakeDatabase(),
        projectDir,
        printed: "",
        complained: "",
        answer: undefined,
        asked: [],
        interrupt: (signal) => {
            handlers.forEach((handle) => {
                handle(signal);
            });
        },
        run: (...argv) => {
            world.printed = "";
            world.complained = "";
            return main(argv, outside(world, handlers));
        },
        journal: (verb) => {
            const file = path.join(projectDir, ".meridian", `deploy-${verb}-prod.jsonl`);
            return fs.existsSync(file)
                ? fs
                      .readFileSync(file, "utf8")
                      .trim()
                      .split("\n")
                      .map((line) => JSON.parse(line) as Record<string, unknown>)
                : [];
        },
    };
    return world;
}

function outside(world: TestWorld, handlers: Set<(signal: Interrupt) => void>): World {
    const { answer } = world;
    return {
        stdout: {
            write: (text, done) => {
                world.printed += text;
                done?.();
            },
        },
        stderr: {
            write: (text, done) => {
                world.complained += text;
                done?.();
            },
        },
        clock: world.clock,
        projectDir: world.projectDir,
        catalogueOf,
        runner: () => Promise.resolve(world.runner),
        database: () => Promise.resolve(world.database),
        ask:
            answer === undefined
                ? undefined
                : (question) => {
                      world.asked.push(question);
                      return Promise.resolve(answer);
                  },
        onInterrupt: (handle) => {
            handlers.add(handle);
            return () => handlers.delete(handle);
        },
    };
}

const folders: string[] = [];

/** Removes the folders of all worlds. */
export function cleanUp(): void {
    for (const folder of folders.splice(0)) {
        fs.rmSync(folder, { recursive: true });
    }
}
