import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from "@aws-sdk/client-sfn";

import { answeredWithin } from "../shared/answeredWithin";
import { type ShipmentAnswer } from "./shipments";

/** What the workflow knows of a carrier's no. */
export const SHIPMENT_REFUSED = "ShipmentRefused";

/** Nobody waits any more: the time was over, or the answer was given before. */
const OVER = new Set(["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"]);

let client: SFNClient | undefined;

function workflows(): SFNClient {
    return (client ??= new SFNClient({
        maxAttempts: 4,
        requestHandler: answeredWithin(5000),
    }));
}

/** Lets the workflow go on. False where it no longer waits. */
export function succeed(taskToken: string, answer: ShipmentAnswer): Promise<boolean> {
    return unlessOver(() =>
        workflows().send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer) })),
    );
}

/** Lets the workflow turn back. False where it no longer waits. */
export function fail(taskToken: string, cause: string): Promise<boolean> {
    return unlessOver(() =>
        workflows().send(new SendTaskFailureCommand({ taskToken, error: SHIPMENT_REFUSED, cause })),
    );
}

async function unlessOver(work: () => Promise<unknown>): Promise<boolean> {
    try {
        await work();
        return true;
    } catch (error) {
        if (error instanceof Error && OVER.has(error.name)) {
            return false;
        }
        throw error;
    }
}
