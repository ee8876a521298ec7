/** What lies in the lock: who holds it, and how far the run has come that it is for. */
import { type Operator, type StepState } from "./entries";

/** What another machine needs to go on with a run. */
export interface Head {
    /** When the run began. */
    readonly began: string;
    readonly params: Readonly<Record<string, unknown>>;
    /** Points of no return that were begun, by the ids of their steps. */
    readonly passed: readonly string[];
    /** What became of the steps so far. */
    readonly steps: Readonly<Record<string, StepState>>;
    /** What the run has learnt. */
    readonly facts: Readonly<Record<string, unknown>>;
    /** What the report is to warn of; left out where it is too long. */
    readonly warnings?: unknown;
}

/** Who holds the lock. */
export interface Holder {
    readonly journal: string;
    readonly verb: string;
    readonly operator: Operator;
    readonly since: string;
    /** Tells this taking of the lock from any other; locks of earlier versions have none. */
    readonly token?: string;
    /** Left out where it is too long for a parameter. */
    readonly head?: Head;
}

/** A standard parameter of SSM takes 4 KB; what this tool puts around the holder needs some of it. */
const MOST_BYTES = 4000;

/** A holder as the lock keeps it: with as much of the head as there is room for. */
export function heldValue({ head, ...holder }: Holder): Record<string, unknown> {
    const { warnings: _, ...needed } = head ?? { warnings: undefined };
    const forms = [
        { ...holder, head },
        { ...holder, head: needed },
    ];
    return forms.find((form) => Buffer.byteLength(JSON.stringify(form)) <= MOST_BYTES) ?? holder;
}

/** A lock that nobody holds, and who was the last. */
export function freeValue({ journal, operator, verb }: Holder, at: string): Record<string, unknown> {
    return { freedBy: { journal, operator, verb }, at };
}

/** The holder, as far as the value is one; undefined where nobody holds the lock. */
export function readHolder(value: Readonly<Record<string, unknown>> | undefined): Holder | undefined {
    if (
        value === undefined ||
        !isText(value["journal"]) ||
        !isText(value["verb"]) ||
        !isText(value["since"]) ||
        !isOperator(value["operator"])
    ) {
        return undefined;
    }
    const { head, journal, operator, since, token, verb } = value;
    return {
        journal,
        verb,
        operator,
        since,
        ...(isText(token) ? { token } : {}),
        ...(isHead(head) ? { head } : {}),
    };
}

function isText(value: unknown): value is string {
    return typeof value === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOperator(value: unknown): value is Operator {
    return (
        isRecord(value) && isText(value["name"]) && isText(value["host"]) && typeof value["pid"] === "number"
    );
}

function isHead(value: unknown): value is Head {
    return (
        isRecord(value) &&
        isText(value["began"]) &&
        !Number.isNaN(Date.parse(value["began"])) &&
        isRecord(value["params"]) &&
        Array.isArray(value["passed"]) &&
        isRecord(value["steps"]) &&
        Object.values(value["steps"]).every(isText) &&
        isRecord(value["facts"])
    );
}
