import { createHash, randomBytes, randomUUID } from "node:crypto";

/** What ids that `timeOrderedId` makes look like. */
export const ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID of version 7: later ones sort after earlier ones, to the millisecond. */
export function timeOrderedId(milliseconds: number = Date.now()): string {
    const bytes = randomBytes(16);
    bytes.writeUIntBE(milliseconds, 0, 6);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** An id without meaning or order. */
export function randomId(): string {
    return randomUUID();
}

/** SHA-256 of a text, as base64url. */
export function hashOf(text: string): string {
    return createHash("sha256").update(text, "utf8").digest("base64url");
}
