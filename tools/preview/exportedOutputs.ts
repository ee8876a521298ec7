/** A stack's outputs as Pulumi writes them to a file. */
import { type Properties } from "./types";
import { STACK_TYPE } from "./urn";
import { isRecord, secret, SECRET, SIGNATURE } from "./values";

/**
 * The outputs in what `pulumi stack output --json` prints, or in a deployment that `pulumi stack export` wrote. What is
 * encrypted in the latter stays a secret, with a value that nobody knows.
 *
 * @throws Error that says what the file lacks.
 */
export function exportedOutputs(content: unknown): Properties {
    if (!isRecord(content)) {
        throw new Error("it holds no map from outputs to values");
    }
    const { deployment } = content;
    if (!isRecord(deployment)) {
        return content;
    }
    const resources = Array.isArray(deployment["resources"]) ? deployment["resources"].filter(isRecord) : [];
    const stack = resources.find(({ type }) => type === STACK_TYPE);
    if (stack === undefined) {
        throw new Error("its deployment has no stack");
    }
    return opened(isRecord(stack["outputs"]) ? stack["outputs"] : {}) as Properties;
}

function opened(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(opened);
    }
    if (!isRecord(value)) {
        return value;
    }
    if (value[SIGNATURE] === SECRET) {
        const { plaintext } = value;
        return secret(typeof plaintext === "string" ? (JSON.parse(plaintext) as unknown) : "encrypted");
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, opened(item)]));
}
