/** Made-up values that look like a provider's, and are the same in every run. */
import { createHash } from "node:crypto";
import { type ProviderAnswer } from "./deployment";
import { type Properties } from "./types";

/** A resource that a provider is asked about. */
export interface SynthesisRequest {
    readonly urn: string;
    readonly type: string;
    /** The logical name. */
    readonly name: string;
    /** Inputs without marks; unknown ones hold the unknown sentinel. */
    readonly inputs: Properties;
    /** Inputs of the resource's provider. */
    readonly provider: Properties;
    /** Names of all properties, inputs and outputs, of the resource's class. */
    readonly properties: readonly string[];
    /** The id of a resource that is read instead of made. */
    readonly id?: string;
}

/** Stands in for a provider's plugin. */
export type Synthesizer = (request: SynthesisRequest) => ProviderAnswer;

/** Hexadecimal digits that depend on the text alone. */
export function hex(text: string, digits: number): string {
    return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

/** Characters of an alphabet that depend on the text alone. */
export function pick(text: string, count: number, alphabet: string): string {
    let result = "";
    for (let block = 0; result.length < count; block++) {
        for (const byte of createHash("sha256").update(`${text}#${block}`).digest()) {
            result += alphabet.charAt(byte % alphabet.length);
        }
    }
    return result.slice(0, count);
}

/** A UUID that depends on the text alone. */
export function uuid(text: string): string {
    const digits = hex(text, 32);
    const parts = [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `8${digits.slice(17, 20)}`,
    ];
    return `${parts.join("-")}-${digits.slice(20)}`;
}

/** A whole number from `min` up to, not including, `max`, that depends on the text alone. */
export function integer(text: string, min: number, max: number): number {
    return min + (Number.parseInt(hex(text, 12), 16) % (max - min));
}
