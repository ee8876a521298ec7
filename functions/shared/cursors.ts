import * as v from "valibot";

import { badRequest } from "./problems";

/** The place after a page, as callers hand it back. They are not to read it: what is in it may change. */
export function cursorOf(place: Record<string, unknown>): string {
    return Buffer.from(JSON.stringify(place), "utf8").toString("base64url");
}

/** The place that a cursor stands for, as a schema has it: anybody can make one up. */
export function placeOf<S extends v.GenericSchema>(cursor: string, schema: S): v.InferOutput<S> {
    let value: unknown;
    try {
        value = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    } catch {
        value = undefined;
    }
    const result = v.safeParse(schema, value);
    if (!result.success) {
        throw badRequest("The cursor is none of this list's.", [
            { pointer: "?cursor", detail: "must be the nextCursor of an earlier answer" },
        ]);
    }
    return result.output;
}
