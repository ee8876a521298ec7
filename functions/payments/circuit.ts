import { nowSeconds } from "../shared/clock";
import { isConditionFailure, tables } from "../shared/dynamo";
import { optionalNumber, required } from "../shared/environment";
import { errorForLog, type Observation } from "../shared/observation";

/** Keeps calls from somebody who does not answer: they would take time, and hinder it from coming back. */
export interface Circuit {
    /** Whether a call may be made. */
    allows(): Promise<boolean>;
    succeeded(): Promise<void>;
    failed(): Promise<void>;
}

/** What the table holds of it, which all of the function's environments share. Times are milliseconds since 1970. */
interface State {
    failures?: number;
    /** When the first of them was. */
    since?: number;
    /** Until when nobody calls; 0 or none while all is well. */
    openUntil?: number;
}

const WINDOW_MILLISECONDS = 60_000;
/** How long others wait for the one that is trying whether all is well again. */
const TRIAL_MILLISECONDS = 15_000;
/** For how long the state is taken from memory. */
const KEPT_MILLISECONDS = 1000;
const DAY_SECONDS = 86_400;

const KEY = { pk: "CIRCUIT#provider" };

/** The circuit of the payment provider. Where its own table fails it lets calls through: it is there to help. */
export function circuitOf(observed: Observation): Circuit {
    const TableName = (): string => required("PAYMENTS_TABLE");
    const failuresMax = optionalNumber("PAYMENT_CIRCUIT_FAILURES", 5);
    const openMilliseconds = optionalNumber("PAYMENT_CIRCUIT_OPEN_MS", 30_000);
    let kept: { state: State; until: number } | undefined;

    async function read(): Promise<State> {
        if (kept === undefined || kept.until < Date.now()) {
            const { Item } = await tables().get({ TableName: TableName(), Key: KEY });
            kept = { state: (Item ?? {}) as State, until: Date.now() + KEPT_MILLISECONDS };
        }
        return kept.state;
    }

    async function write(expression: string, condition: string | undefined, values: object): Promise<State> {
        kept = undefined;
        const { Attributes } = await tables().update({
            TableName: TableName(),
            Key: KEY,
            UpdateExpression: `${expression}, expiresAt = :expiresAt`,
            ...(condition !== undefined && { ConditionExpression: condition }),
            ExpressionAttributeValues: {
                ...values,
                ":expiresAt": nowSeconds() + DAY_SECONDS,
            },
            ReturnValues: "ALL_NEW",
        });
        return (Attributes ?? {}) as State;
    }

    /** One of all environments tries; false for the others. */
    async function mayTry(openUntil: number): Promise<boolean> {
        try {
            await write("SET openUntil = :next", "openUntil = :seen", {
                ":next": Date.now() + TRIAL_MILLISECONDS,
                ":seen": openUntil,
            });
            return true;
        } catch (error) {
            if (isConditionFailure(error)) {
                return false;
            }
            throw error;
        }
    }

    async function countFailure(): Promise<State> {
        const now = Date.now();
        try {
            return await write("SET failures = failures + :one", "since > :windowStart", {
                ":one": 1,
                ":windowStart": now - WINDOW_MILLISECONDS,
            });
        } catch (error) {
            if (!isConditionFailure(error)) {
                throw error;
            }
            return write("SET failures = :one, since = :now", undefined, { ":one": 1, ":now": now });
        }
    }

    async function harmless<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
        try {
            return await work();
        } catch (error) {
            observed.logger.warn("the circuit's state is not known", { error: errorForLog(error) });
            return otherwise;
        }
    }

    return {
        allows: () =>
            harmless(true, async () => {
                const { openUntil = 0 } = await read();
                if (openUntil === 0) {
                    return true;
                }
                return openUntil <= Date.now() && (await mayTry(openUntil));
            }),
        succeeded: () =>
            harmless(undefined, async () => {
                const { failures = 0, openUntil = 0 } = await read();
                // Success is the rule, and a rule needs no write.
                if (failures > 0 || openUntil > 0) {
                    await write("SET failures = :zero, since = :zero, openUntil = :zero", undefined, {
                        ":zero": 0,
                    });
                }
            }),
        failed: () =>
            harmless(undefined, async () => {
                const { failures = 0, openUntil = 0 } = await countFailure();
                if (openUntil > 0 || failures >= failuresMax) {
                    await write("SET openUntil = :until", undefined, {
                        ":until": Date.now() + openMilliseconds,
                    });
                    observed.count("CircuitOpened");
                }
            }),
    };
}
