/**
 * Sessions of browsers and apps. The session id is what its bearer shows, so the table knows only its hash.
 *
 * Environment: `SESSIONS_TABLE`, `SESSION_IDLE_SECONDS` (1800) after its last use a session ends, `SESSION_MAX_SECONDS` (43200)
 * after its beginning whatever is done, `ROTATION_GRACE_SECONDS` (30) for which an id that has been replaced still reads; what all
 * APIs have, see `shared/http.ts`.
 */
import * as v from "valibot";

import { nowSeconds } from "../shared/clock";
import { api, type Asked, empty, json } from "../shared/http";
import { observation } from "../shared/observation";
import { Problem } from "../shared/problems";
import { bodyOf, text } from "../shared/validation";
import { beginSession, endSession, findSession, replaceData, rotate, type Session } from "./store";

const COOKIE = "__Host-session";
const ENTRIES_MAX = 20;

const DATA = v.pipe(
    v.record(text(1, 50), text(0, 500)),
    v.check((data) => Object.keys(data).length <= ENTRIES_MAX, `must have ${ENTRIES_MAX} entries at most`),
);
const NEW_SESSION = v.strictObject({
    transport: v.optional(v.picklist(["cookie", "token"]), "token"),
    data: v.optional(DATA, {}),
});
const NEW_DATA = v.strictObject({ data: DATA });

const observed = observation("sessions");

/** Lambda's entry. */
export const handler = api(observed, (router) => {
    router.post("/sessions", async ({ req }) => {
        const { transport, data } = await bodyOf(req, NEW_SESSION);
        const session = await beginSession(transport, data);
        observed.count("SessionsBegun");
        return issued(201, session);
    });

    router.get("/sessions/current", async (asked) => json(200, shown(await findSession(idOf(asked)))));

    router.put("/sessions/current", async (asked) => {
        const { data } = await bodyOf(asked.req, NEW_DATA);
        return json(200, shown(await replaceData(idOf(asked), data)));
    });

    router.post("/sessions/current/rotation", async (asked) => {
        const session = await rotate(idOf(asked));
        observed.count("SessionsRotated");
        return issued(200, session);
    });

    router.delete("/sessions/current", async (asked) => {
        await endSession(idOf(asked));
        return empty({ "set-cookie": `${COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax` });
    });
});

function idOf({ req }: Asked): string {
    const cookies = (req.headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
    const id =
        req.headers.get("x-session-id") ??
        cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
    if (id === undefined || id === "") {
        throw new Problem(401, { code: "NoSession", detail: "A session id is needed." });
    }
    return id;
}

function shown({ data, createdAt, expiresAt }: Session): Record<string, unknown> {
    return { data, createdAt, expiresAt: new Date(expiresAt * 1000).toISOString() };
}

/** An answer that hands over the id: where a browser asked for a cookie, in that alone, which its scripts cannot read. */
function issued(status: number, session: Session & { id: string }): Response {
    const { id, transport, endsAt } = session;
    return transport === "cookie"
        ? json(status, shown(session), {
              "set-cookie": `${COOKIE}=${id}; Path=/; Max-Age=${endsAt - nowSeconds()}; Secure; HttpOnly; SameSite=Lax`,
          })
        : json(status, { sessionId: id, ...shown(session) });
}
