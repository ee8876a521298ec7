/** Puts the stand-in of Region switch on the wire: AWS JSON 1.0. */
import { type Message, type RegionSwitchService, SwitchError } from "./service";

/** An answer on the wire. */
export interface WireAnswer {
    readonly status: number;
    readonly contentType: string;
    readonly body: string;
}

/** Answers a request in a region. */
export function answerOnWire(
    service: RegionSwitchService,
    region: string,
    operation: string,
    body: string,
): WireAnswer {
    try {
        return inJson(200, service.call(region, operation, JSON.parse(body) as Message));
    } catch (error) {
        if (!(error instanceof SwitchError)) {
            throw error;
        }
        return switchRefusal(error);
    }
}

/** AWS's no on the wire. */
export function switchRefusal({ code, message, status }: SwitchError): WireAnswer {
    return inJson(status, { __type: `com.amazonaws.arcregionswitch#${code}`, message });
}

function inJson(status: number, value: Message): WireAnswer {
    return { status, contentType: "application/x-amz-json-1.0", body: JSON.stringify(timed(value)) };
}

/** A value with its times as the protocol has them: seconds since 1970. */
function timed(value: unknown): unknown {
    if (value instanceof Date) {
        return value.getTime() / 1000;
    }
    if (Array.isArray(value)) {
        return value.map(timed);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, timed(member)]))
        : value;
}
