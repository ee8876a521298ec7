/**
 * Takes events of browsers and apps and puts them onto a bus or a stream. Each event of a batch is taken or refused by itself.
 *
 * Environment: `EVENT_BUS_NAME` or `STREAM_NAME`, where they go; what all APIs have, see `shared/http.ts`.
 *
 * Properties are what the page's makers say, and never what a person has typed: the limits leave no room for more than that.
 */
import * as v from "valibot";

import { nowText } from "../shared/clock";
import { api, json } from "../shared/http";
import { randomId } from "../shared/ids";
import { observation } from "../shared/observation";
import { unavailable } from "../shared/problems";
import { bodyOf, detailOf, text, wrongParts } from "../shared/validation";
import { type ClientEvent, sinkOf } from "./sink";

const EVENTS_MAX = 50;
const PROPERTIES_MAX = 20;

const BATCH = v.strictObject({
    events: v.pipe(
        v.array(v.unknown()),
        v.minLength(1, "must have an entry"),
        v.maxLength(EVENTS_MAX, `must have ${EVENTS_MAX} entries at most`),
    ),
});

const NAME = v.pipe(
    v.string(),
    v.regex(/^[a-z][a-z0-9_.-]{0,63}$/, "must be 1 to 64 lower-case letters, digits and ._-"),
);

const EVENT = v.strictObject({
    name: NAME,
    occurredAt: v.pipe(v.string(), v.isoTimestamp("must be a time such as 2026-01-31T12:00:00.000Z")),
    /** A retry of a client's brings the same id. */
    eventId: v.optional(v.pipe(v.string(), v.uuid("must be a UUID"))),
    sessionId: v.optional(text(1, 64)),
    properties: v.optional(
        v.pipe(
            v.record(
                NAME,
                v.union([text(0, 200), v.number(), v.boolean()], "must be a text, a number or a boolean"),
            ),
            v.check(
                (all) => Object.keys(all).length <= PROPERTIES_MAX,
                `must have ${PROPERTIES_MAX} entries at most`,
            ),
        ),
        {},
    ),
});

/** What became of an event of the batch. */
interface Outcome {
    index: number;
    status: "accepted" | "rejected" | "failed";
    detail?: string;
}

const observed = observation("collect-events");
const sink = sinkOf(observed);

/** Lambda's entry. */
export const handler = api(observed, (router) => {
    router.post("/events/batch", async ({ req }) => {
        const { events } = await bodyOf(req, BATCH);
        const receivedAt = nowText();
        const outcomes: Outcome[] = [];
        const good: { index: number; event: ClientEvent }[] = [];
        for (const [index, value] of events.entries()) {
            const result = v.safeParse(EVENT, value);
            if (result.success) {
                const { eventId = randomId(), ...event } = result.output;
                good.push({ index, event: { eventId, ...event, receivedAt } });
            } else {
                outcomes.push({ index, status: "rejected", detail: wrongWith(result.issues[0]) });
            }
        }
        const failed = await sink(good.map(({ event }) => event));
        for (const [position, { index }] of good.entries()) {
            outcomes.push({ index, status: failed.has(position) ? "failed" : "accepted" });
        }
        observed.count("EventsAccepted", good.length - failed.size);
        observed.count("EventsRejected", events.length - good.length);
        observed.count("EventsFailed", failed.size);
        if (good.length > 0 && failed.size === good.length) {
            throw unavailable("No event could be taken just now.", 5);
        }
        outcomes.sort((a, b) => a.index - b.index);
        return json(outcomes.every(({ status }) => status === "accepted") ? 202 : 207, { outcomes });
    });
});

function wrongWith(issue: v.BaseIssue<unknown>): string {
    const path = wrongParts([issue]);
    return `${path === "" ? "the event" : path} ${detailOf(issue)}`;
}
