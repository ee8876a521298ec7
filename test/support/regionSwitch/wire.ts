/** Puts the stand-in of Region switch on the wire: Smithy RPC v2 CBOR. */
import { cbor, dateToTag } from "@smithy/core/cbor";
import { type Message, type RegionSwitchService, SwitchError } from "./service";

/** An answer on the wire. */
export interface WireAnswer {
    readonly status: number;
    readonly contentType: string;
    readonly bytes: Uint8Array;
}

/** The operation that a path names; undefined where it is none of Region switch's. */
export function operationOf(path: string): string | undefined {
    return /^\/service\/ArcRegionSwitch\/operation\/(\w+)$/.exec(path)?.[1];
}

/** Answers a request in a region. */
export function answerOnWire(
    service: RegionSwitchService,
    region: string,
    operation: string,
    body: Uint8Array,
): WireAnswer {
    try {
        const input = body.length === 0 ? {} : (cbor.deserialize(body) as Message);
        return inCbor(200, service.call(region, operation, input));
    } catch (error) {
        if (!(error instanceof SwitchError)) {
            throw error;
        }
        return switchRefusal(error);
    }
}

/** AWS's no on the wire. */
export function switchRefusal({ code, message, status }: SwitchError): WireAnswer {
    return inCbor(status, { __type: `com.amazonaws.arcregionswitch#${code}`, message });
}

function inCbor(status: number, value: Message): WireAnswer {
    return { status, contentType: "application/cbor", bytes: cbor.serialize(tagged(value)) };
}

/** A value with its dates as CBOR has them. */
function tagged(value: unknown): unknown {
    if (value instanceof Date) {
        return dateToTag(value);
    }
    if (Array.isArray(value)) {
        return value.map(tagged);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tagged(member)]))
        : value;
}
