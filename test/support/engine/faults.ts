/**
 * Faults that stand-in plugins have, by a file `faults.json` in the world's folder: a list of {@link Fault}s, of which the
 * first that fits an operation and is not used up takes effect. A plugin reads it at every operation, so that a test may
 * write another one between two runs.
 *
 * | kind              | what happens                                                                                    |
 * | ----------------- | ----------------------------------------------------------------------------------------------- |
 * | `refuse`          | AWS refuses, and nothing is done                                                                |
 * | `timeOut`         | it is done, and the answer gets lost: of what was created nobody knows the id                   |
 * | `halfMade`        | it is done, and something after it fails: an error that has the id and what is known            |
 * | `throttle`        | AWS wants to be asked later; as the provider does, the plugin asks again, 25 times              |
 * | `slow`            | it takes three seconds                                                                          |
 * | `interruptEngine` | the engine gets SIGINT, as by Ctrl-C, and then it is done                                       |
 * | `killEngine`      | it is done, and the engine gets SIGKILL before it has the answer; with it the plugin ends       |
 * | `killEngineFirst` | the same before anything is done                                                                |
 */
import * as fs from "node:fs";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { type Properties } from "../../../tools/preview/types";
import { nameOf, typeOf } from "../../../tools/preview/urn";
import { struct } from "./structs";
import { type World } from "./world";

/** What an engine asks a plugin to do. */
export type Operation = "create" | "read" | "update" | "delete";

/** A fault of the account, or of who works on it. */
export interface Fault {
    readonly operation: Operation;
    /** The resource's type; left out, any. */
    readonly type?: string;
    /** The resource's logical name; left out, any. */
    readonly name?: string;
    readonly kind:
        | "refuse"
        | "timeOut"
        | "halfMade"
        | "throttle"
        | "slow"
        | "interruptEngine"
        | "killEngine"
        | "killEngineFirst";
    /** How often; left out, once. */
    readonly times?: number | "always";
}

const FILE = "faults.json";

/** As often as the provider asks again, where `maxRetries` says nothing else. */
const ATTEMPTS = 25;
const PAUSE_MILLISECONDS = 20;
/** In which somebody sees that it is going on, and does something about it. */
const SLOW_MILLISECONDS = 3000;
/** In which the engine takes notice of a signal. */
const NOTICE_MILLISECONDS = 500;

/** Says which faults there are from now on. */
export function writeFaults(world: World, faults: readonly Fault[]): void {
    for (const name of fs.readdirSync(world.folder)) {
        if (name.startsWith(`${FILE}.`)) {
            fs.rmSync(path.join(world.folder, name));
        }
    }
    fs.writeFileSync(path.join(world.folder, FILE), JSON.stringify(faults));
}

/** How often the faults of the file took effect. */
export function faultsHad(world: World): number {
    return fs.readdirSync(world.folder).filter((name) => name.startsWith(`${FILE}.`)).length;
}

/** An error with what the engine is to keep of a resource that was made and is not as it should be. */
export class InitFailed extends Error {
    readonly metadata = new grpc.Metadata();

    constructor(message: string, id: string, outputs: Properties, inputs: Properties) {
        super(message);
        const detail = new ErrorResourceInitFailed();
        detail.setId(id);
        detail.setProperties(struct(outputs));
        detail.setInputs(struct(inputs));
        detail.setReasonsList([message]);
        const any = new Any();
        any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
        const status = new Status();
        status.setCode(grpc.status.UNKNOWN);
        status.setMessage(message);
        status.addDetails(any);
        this.metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    }
}

/** What an operation leaves behind. */
export interface Done<Response> {
    readonly response: Response;
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/** Does an operation, with the fault that it is to have. */
export async function withFaults<Response>(
    world: World,
    operation: Operation,
    urn: string,
    work: () => Done<Response>,
): Promise<Response> {
    const verb = `${operation === "read" ? "reading" : operation.replace(/e$/, "ing")} ${typeOf(urn)} ${nameOf(urn)}`;
    for (let attempt = 0; ; attempt += 1) {
        const kind = nextFault(world, operation, urn);
        if (kind === "throttle") {
            if (attempt === ATTEMPTS) {
                throw new Error(`${verb}: ThrottlingException: Rate exceeded (${ATTEMPTS} attempts)`);
            }
            await pause(PAUSE_MILLISECONDS);
            continue;
        }
        if (kind === "refuse") {
            throw new Error(`${verb}: AccessDenied: not authorized to perform this action`);
        }
        if (kind === "killEngineFirst") {
            killEngine();
        }
        if (kind === "slow") {
            await pause(SLOW_MILLISECONDS);
        }
        if (kind === "interruptEngine") {
            process.kill(process.ppid, "SIGINT");
            await pause(NOTICE_MILLISECONDS);
        }
        const { response, id, inputs, outputs } = work();
        switch (kind) {
            case "timeOut":
                throw new Error(`${verb}: RequestError: send request failed: i/o timeout`);
            case "halfMade":
                throw new InitFailed(`${verb}: made, and not usable yet: timeout`, id, outputs, inputs);
            case "killEngine":
                return killEngine();
            default:
                return response;
        }
    }
}

function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The engine has started this process, so it is its parent. */
function killEngine(): never {
    process.kill(process.ppid, "SIGKILL");
    process.exit(1);
}

/** The kind of fault that an operation has, which is one less from now on. */
function nextFault(world: World, operation: Operation, urn: string): Fault["kind"] | undefined {
    const file = path.join(world.folder, FILE);
    if (!fs.existsSync(file)) {
        return undefined;
    }
    const faults = JSON.parse(fs.readFileSync(file, "utf8")) as readonly Fault[];
    const [type, name] = [typeOf(urn), nameOf(urn)];
    const index = faults.findIndex(
        (fault, at) =>
            fault.operation === operation &&
            (fault.type ?? type) === type &&
            (fault.name ?? name) === name &&
            isTaken(`${file}.${at}`, fault.times ?? 1),
    );
    return faults[index]?.kind;
}

/** Takes one of a fault's times, of which no two processes get the same. */
function isTaken(file: string, times: number | "always"): boolean {
    for (let time = 0; times === "always" || time < times; time += 1) {
        try {
            fs.writeFileSync(`${file}.${time}`, "", { flag: "wx" });
            return true;
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
                throw error;
            }
        }
    }
    return false;
}
