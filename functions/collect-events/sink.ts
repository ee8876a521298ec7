import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";

import { answeredWithin } from "../shared/answeredWithin";
import { oneOf } from "../shared/environment";
import { errorForLog, type Observation } from "../shared/observation";

/** An event, as those get it who work with events. */
export interface ClientEvent {
    eventId: string;
    name: string;
    occurredAt: string;
    receivedAt: string;
    sessionId?: string | undefined;
    properties: Record<string, string | number | boolean>;
}

/** Takes events. Returns the positions of those that were not taken. */
export type Sink = (events: readonly ClientEvent[]) => Promise<ReadonlySet<number>>;

const SOURCE = "meridian.clients";
const DETAIL_TYPE = "ClientEvent";
/** EventBridge takes ten in a call; a stream takes all that a request may bring. */
const BUS_CHUNK = 10;

const TIMES = answeredWithin(3000);

/** Where the function's environment says that events go. */
export function sinkOf(observed: Observation): Sink {
    const [busName, streamName] = oneOf("EVENT_BUS_NAME", "STREAM_NAME");
    return busName === undefined ? streamSink(streamName, observed) : busSink(busName, observed);
}

function busSink(EventBusName: string, observed: Observation): Sink {
    const bus = new EventBridgeClient({ maxAttempts: 3, requestHandler: TIMES });
    return async (events) => {
        const failed = new Set<number>();
        for (let first = 0; first < events.length; first += BUS_CHUNK) {
            const chunk = events.slice(first, first + BUS_CHUNK);
            const entries = await resultsOf(chunk.length, observed, async () => {
                const { Entries } = await bus.send(
                    new PutEventsCommand({
                        Entries: chunk.map((event) => ({
                            EventBusName,
                            Source: SOURCE,
                            DetailType: DETAIL_TYPE,
                            Detail: JSON.stringify(event),
                        })),
                    }),
                );
                return Entries;
            });
            addFailed(failed, entries, first);
        }
        return failed;
    };
}

function streamSink(StreamName: string, observed: Observation): Sink {
    const stream = new KinesisClient({
        maxAttempts: 3,
        // The client's own handler speaks HTTP/2, which nothing here needs, and knows other limits of time.
        requestHandler: new NodeHttpHandler(TIMES),
    });
    return async (events) => {
        const failed = new Set<number>();
        if (events.length > 0) {
            const records = await resultsOf(events.length, observed, async () => {
                const { Records } = await stream.send(
                    new PutRecordsCommand({
                        StreamName,
                        Records: events.map((event) => ({
                            // Events of one session stay in order.
                            PartitionKey: event.sessionId ?? event.eventId,
                            Data: Buffer.from(
                                JSON.stringify({ source: SOURCE, "detail-type": DETAIL_TYPE, detail: event }),
                            ),
                        })),
                    }),
                );
                return Records;
            });
            addFailed(failed, records, 0);
        }
        return failed;
    };
}

interface Result {
    ErrorCode?: string | undefined;
}

/** What became of each; where the whole call fails, all have. */
async function resultsOf(
    count: number,
    { logger }: Observation,
    call: () => Promise<Result[] | undefined>,
): Promise<Result[]> {
    try {
        return (await call()) ?? [];
    } catch (error) {
        logger.warn("a call failed", { error: errorForLog(error) });
        const ErrorCode = error instanceof Error ? error.name : "unknown";
        return Array.from({ length: count }, () => ({ ErrorCode }));
    }
}

function addFailed(failed: Set<number>, results: readonly Result[], first: number): void {
    for (const [position, { ErrorCode }] of results.entries()) {
        if (ErrorCode !== undefined) {
            failed.add(first + position);
        }
    }
}
