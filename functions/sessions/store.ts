import { randomBytes } from "node:crypto";

import { nowSeconds, nowText } from "../shared/clock";
import { isConditionFailure, tables, writeTogether } from "../shared/dynamo";
import { optionalNumber, required } from "../shared/environment";
import { hashOf } from "../shared/ids";
import { conflict, Problem, unavailable } from "../shared/problems";
import { jittered, sleep } from "../shared/waiting";

/** How a session's id travels. */
export type Transport = "cookie" | "token";

/** What a session holds, by names that the application chooses. */
export type Data = Readonly<Record<string, string>>;

/** A session, as the table has it beside the hash of its id. */
export interface Session {
    transport: Transport;
    data: Data;
    createdAt: string;
    version: number;
    /** When it ends unless it is used, in seconds since 1970. */
    expiresAt: number;
    /** When it ends whatever is done. */
    endsAt: number;
    /** Whether another id has taken the place of this one. */
    rotated?: boolean;
}

// As many as AES has: nobody guesses one.
const ID_BYTES = 32;
const ATTEMPTS = 5;

const table = (): string => required("SESSIONS_TABLE");
const idleSeconds = (): number => optionalNumber("SESSION_IDLE_SECONDS", 1800);

function newId(): string {
    return randomBytes(ID_BYTES).toString("base64url");
}

const gone = (): Problem =>
    new Problem(401, { code: "NoSession", detail: "There is no such session, or it has ended." });

const rotated = (): Problem => conflict("SessionRotated", "Another id has taken the place of this one.");

export async function beginSession(transport: Transport, data: Data): Promise<Session & { id: string }> {
    const now = nowSeconds();
    const endsAt = now + optionalNumber("SESSION_MAX_SECONDS", 43_200);
    const session: Session = {
        transport,
        data,
        createdAt: nowText(),
        version: 1,
        expiresAt: Math.min(now + idleSeconds(), endsAt),
        endsAt,
    };
    const id = newId();
    await tables().put({
        TableName: table(),
        Item: { tokenHash: hashOf(id), ...session },
        ConditionExpression: "attribute_not_exists(tokenHash)",
    });
    return { id, ...session };
}

async function read(id: string): Promise<Session> {
    const { Item } = await tables().get({
        TableName: table(),
        Key: { tokenHash: hashOf(id) },
        // What has been ended must be over at once.
        ConsistentRead: true,
    });
    const session = Item as Session | undefined;
    if (session === undefined || session.expiresAt <= nowSeconds()) {
        throw gone();
    }
    return session;
}

/** A session, which lives on by being looked for. */
export async function findSession(id: string): Promise<Session> {
    const session = await read(id);
    const now = nowSeconds();
    const expiresAt = Math.min(now + idleSeconds(), session.endsAt);
    // Half of the time is worth a write, not every request.
    if (session.rotated === true || expiresAt - session.expiresAt < idleSeconds() / 2) {
        return session;
    }
    try {
        await tables().update({
            TableName: table(),
            Key: { tokenHash: hashOf(id) },
            UpdateExpression: "SET expiresAt = :expiresAt",
            ConditionExpression: "attribute_exists(tokenHash) AND attribute_not_exists(rotated)",
            ExpressionAttributeValues: { ":expiresAt": expiresAt },
        });
    } catch (error) {
        if (!isConditionFailure(error)) {
            throw error;
        }
        // It has been ended or replaced since.
        return read(id);
    }
    return { ...session, expiresAt };
}

export async function replaceData(id: string, data: Data): Promise<Session> {
    const now = nowSeconds();
    const { endsAt } = await read(id);
    try {
        const { Attributes } = await tables().update({
            TableName: table(),
            Key: { tokenHash: hashOf(id) },
            UpdateExpression: "SET #data = :data, #version = #version + :one, expiresAt = :expiresAt",
            ConditionExpression: "attribute_exists(tokenHash) AND attribute_not_exists(rotated)",
            ExpressionAttributeNames: { "#data": "data", "#version": "version" },
            ExpressionAttributeValues: {
                ":data": data,
                ":one": 1,
                ":expiresAt": Math.min(now + idleSeconds(), endsAt),
            },
            ReturnValues: "ALL_NEW",
        });
        return Attributes as Session;
    } catch (error) {
        if (!isConditionFailure(error)) {
            throw error;
        }
        await read(id);
        throw rotated();
    }
}

/**
 * Gives a session another id, as after signing in. The old one reads for a short while longer, for requests that are under way, and
 * can do nothing else.
 */
export async function rotate(id: string): Promise<Session & { id: string }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const old = await read(id);
        if (old.rotated === true) {
            throw rotated();
        }
        const made = await replace(id, old);
        if (made !== undefined) {
            return made;
        }
        await sleep(jittered(attempt, 20, 200));
    }
    throw unavailable("The session is being changed too often.");
}

/** Both or none: there is never a moment with two ids that may write, or with none. Undefined where it has changed since. */
async function replace(id: string, old: Session): Promise<(Session & { id: string }) | undefined> {
    const now = nowSeconds();
    const next = { ...old, version: old.version + 1, expiresAt: Math.min(now + idleSeconds(), old.endsAt) };
    const nextId = newId();
    const isReplaced = await writeTogether([
        {
            Put: {
                TableName: table(),
                Item: { ...next, tokenHash: hashOf(nextId) },
                ConditionExpression: "attribute_not_exists(tokenHash)",
            },
        },
        {
            Update: {
                TableName: table(),
                Key: { tokenHash: hashOf(id) },
                UpdateExpression: "SET rotated = :true, expiresAt = :grace",
                ConditionExpression: "#version = :version AND attribute_not_exists(rotated)",
                ExpressionAttributeNames: { "#version": "version" },
                ExpressionAttributeValues: {
                    ":true": true,
                    ":version": old.version,
                    ":grace": Math.min(now + optionalNumber("ROTATION_GRACE_SECONDS", 30), old.expiresAt),
                },
            },
        },
    ]);
    return isReplaced ? { id: nextId, ...next } : undefined;
}

export async function endSession(id: string): Promise<void> {
    await tables().delete({ TableName: table(), Key: { tokenHash: hashOf(id) } });
}
