import { unmarshall } from "@aws-sdk/util-dynamodb";

/** An item of a table's stream as plain values. */
export function itemOf(image: unknown): Record<string, unknown> {
    if (typeof image !== "object" || image === null) {
        throw new Error("a change has no new image; the table's stream must show new images");
    }
    // Lambda's type of attribute values and the SDK's are the same but for bytes, which are Base64 here and which no table of ours has.
    return unmarshall(image as Parameters<typeof unmarshall>[0]);
}
