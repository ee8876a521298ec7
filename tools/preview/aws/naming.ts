/** Names of AWS resources: given, or made by Pulumi from the logical name. */
import { RegistrationError } from "../deployment";
import { hex, type SynthesisRequest } from "../synthetic";
import { UNKNOWN } from "../values";
import { type Model } from "./model";

/** Hexadecimal digits that Pulumi's AWS provider adds to a logical name. */
const SUFFIX_DIGITS = 7;

/** A physical name. */
export interface PhysicalName {
    /** The input that holds it. */
    readonly property: string;
    readonly value: string;
    /** True when Pulumi makes it, so that it becomes an input. */
    readonly automatic: boolean;
}

/**
 * The name that a resource gets.
 *
 * @throws RegistrationError when AWS would not take it for its length.
 */
export function nameFor(request: SynthesisRequest, model: Model): PhysicalName {
    const property = model.nameProperty ?? "name";
    const given = request.inputs[property];
    if (typeof given === "string" && given !== "") {
        checkLength(request, model, property, given, undefined);
        return { property, value: given, automatic: false };
    }
    const prefix = request.inputs[`${property}Prefix`];
    const stem = typeof prefix === "string" ? prefix : `${request.name}-`;
    const plain = `${stem}${hex(`${request.urn}#name`, SUFFIX_DIGITS)}`;
    const value = model.shapeName?.(plain, request.inputs) ?? plain;
    const automatic = (model.autoName ?? request.properties.includes(property)) && typeof prefix !== "string";
    if (automatic) {
        checkLength(request, model, property, value, request.name);
    }
    return { property, value, automatic };
}

function checkLength(
    request: SynthesisRequest,
    model: Model,
    property: string,
    value: string,
    logicalName: string | undefined,
): void {
    const limit = model.nameLength;
    if (limit === undefined || value.length <= limit || value === UNKNOWN) {
        return;
    }
    const origin = logicalName === undefined ? "" : `, made from the logical name "${logicalName}",`;
    throw new RegistrationError(
        request.urn,
        `"${property}" cannot be longer than ${limit} characters: "${value}"${origin} has ${value.length}`,
    );
}
