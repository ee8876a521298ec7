/** Runs the command line against a world in memory. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../tools/drill/cli/main";
import { type Operator } from "../../../tools/drill/engine/journal";
import { type Checkpoint, SimulatedDeath } from "../../../tools/drill/engine/runner";
import { type Report } from "../../../tools/drill/report/types";
import { type StackFactory } from "../../../tools/drill/stacks";
import { type Topology } from "../../../tools/drill/topology/types";
import { type Clock } from "../../../tools/shared/clock";
import { FakeClock } from "./fakeClock";
import { type FakeTable } from "./fakeState";
import { FakeWorld } from "./fakeWorld";
import { topology as defaultTopology } from "./topologies";

/** What a call came to. */
export interface Result {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** How a call is made. */
export interface CallOptions {
    readonly checkpoint?: Checkpoint;
    readonly operator?: Operator;
    readonly ask?: (question: string) => Promise<string>;
    readonly signal?: AbortSignal;
    /** How far the machine's clock is ahead, in milliseconds. */
    readonly clockAhead?: number;
    /** A state directory that is not the bench's own. */
    readonly stateDirectory?: string;
}

/** A journal is on the disk before the run goes on, which costs time; memory is as good as a disk for a test. */
const parent = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A world, a directory of journals, and the command line over both. */
export class Bench {
    readonly world: FakeWorld;
    readonly directory = mkdtempSync(join(parent, "meridian-drill-"));
    /** Throw-away stacks that are up. */
    readonly stacks = new Map<string, Readonly<Record<string, string>>>();
    /** Makes the next `up` fail. */
    stackFails = false;
    /** Pulumi's backend does not answer. */
    backendFails = false;

    constructor(
        readonly topology: Topology = defaultTopology(),
        readonly clock = new FakeClock(),
    ) {
        this.world = new FakeWorld(topology, this.clock);
    }

    /** Calls the command line. */
    async call(argv: readonly string[], options: CallOptions = {}): Promise<Result> {
        const out: string[] = [];
        const err: string[] = [];
        const status = await main([...argv, "--state-dir", options.stateDirectory ?? this.directory], {
            stdout: (text) => void out.push(text),
            stderr: (text) => void err.push(text),
            projectDirectory: this.directory,
            clock: ahead(this.clock, options.clockAhead ?? 0),
            aws: () => Promise.resolve(this.world.aws),
            outside: this.world.outside,
            stacks: this.factory,
            readStacks: () =>
                this.backendFails
                    ? Promise.reject(new Error("the backend does not answer"))
                    : Promise.resolve(this.topology),
            command: this.world.command,
            signal: options.signal ?? new AbortController().signal,
            operator: options.operator ?? { name: "kim", host: "laptop", pid: process.pid },
            ...(options.ask === undefined ? {} : { ask: options.ask }),
            ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
        });
        return { status, stdout: out.join(""), stderr: err.join("") };
    }

    /** Calls the command line, whose process dies at the first moment for which this is true. */
    async dieWhen(
        argv: readonly string[],
        isDue: (...at: Parameters<Checkpoint>) => boolean,
        options: CallOptions = {},
    ): Promise<void> {
        const checkpoint: Checkpoint = (...at) => {
            if (isDue(...at)) {
                throw new SimulatedDeath();
            }
        };
        const end: unknown = await this.call(argv, { ...options, checkpoint }).catch(
            (error: unknown) => error,
        );
        expect(end).to.be.instanceOf(SimulatedDeath);
    }

    /** Calls the command line, whose process dies before a step has its effect, or after that. */
    async dieAt(
        argv: readonly string[],
        step: string,
        moment: "effected" | "started" = "started",
        options: CallOptions = {},
    ): Promise<void> {
        await this.dieWhen(argv, (at, when) => at === step && when === moment, options);
    }

    /** The newest report. */
    report(): Report {
        const name = readdirSync(join(this.directory, "reports"))
            .filter((file) => file.endsWith(".json"))
            .sort((a, b) => (stamp(a) < stamp(b) ? -1 : 1))
            .at(-1);
        return JSON.parse(readFileSync(join(this.directory, "reports", name ?? ""), "utf8")) as Report;
    }

    /** The lines of all journals. */
    journals(): Record<string, unknown>[] {
        const directory = join(this.directory, "journal");
        return readdirSync(directory)
            .filter((file) => file.endsWith(".jsonl"))
            .sort((a, b) => (stamp(a) < stamp(b) ? -1 : 1))
            .flatMap((file) => readFileSync(join(directory, file), "utf8").trim().split("\n"))
            .map((line) => JSON.parse(line) as Record<string, unknown>);
    }

    /** Removes what is on the disk. */
    dispose(): void {
        rmSync(this.directory, { recursive: true, force: true });
    }

    private readonly factory: StackFactory = {
        up: ({ config, name }) => {
            this.stacks.set(name, config);
            if (this.stackFails) {
                return Promise.reject(new Error("the update failed: quota exceeded"));
            }
            return Promise.resolve({ region: "eu-central-1" });
        },
        destroy: ({ name }) => {
            this.stacks.delete(name);
            return Promise.resolve();
        },
    };
}

/** The clock of a machine that is off. */
function ahead(clock: Clock, milliseconds: number): Clock {
    return {
        now: () => clock.now() + milliseconds,
        sleep: (...args) => clock.sleep(...args),
    };
}

function stamp(file: string): string {
    return /\d{8}t\d{9}z(-\d+)?/.exec(file)?.[0] ?? file;
}

/** A report's phases as `id: state`. */
export function phases(report: Report): string[] {
    return report.phases.map(({ id, state }) => `${id}: ${state}`);
}

/** A world after a failover from us to eu, with the snapshot of what us had. */
export function afterFailover({ topology, world }: Bench, data: readonly FakeTable[] = []): void {
    const eu = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:reader";
    Object.assign(topology.missing, { signIns: { eu } });
    world.writer = "eu";
    world.at("eu").secrets.set("reader", "{}");
    world.at("us").snapshots.push({
        identifier: "rds:unplanned-global-failover-meridian-prod-us-2026-03-02-03-10",
        engine: "aurora-postgresql",
        engineVersion: "18.6",
        status: "available",
        createdAt: world.clock.now() - 3_600_000,
        data: [...data],
    });
}
