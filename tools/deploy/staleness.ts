/** Whether what a stack read of others is still what they say. */
import { isDeepStrictEqual } from "node:util";
import { type StateResource } from "./stackRunner";

/** What a stack read that is no longer so. */
export interface Stale {
    /** The stack that was read. */
    readonly stack: string;
    /** Paths of its outputs that have changed, such as `origin.dnsName`; empty when it was never read. */
    readonly outputs: readonly string[];
}

const REFERENCE = "pulumi:pulumi:StackReference";

// How Pulumi marks special values in a state: Pulumi source, sdk/go/common/resource/sig.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

type Outputs = Readonly<Record<string, unknown>>;

/**
 * Compares what a stack's state says that it read with what those stacks say now.
 *
 * @param resources The reader's state.
 * @param current Outputs now, by the name of each stack that it is to read.
 */
export function staleReferences(
    resources: readonly StateResource[],
    current: ReadonlyMap<string, Outputs>,
): readonly Stale[] {
    const read = new Map(resources.filter(({ type }) => type === REFERENCE).map(referenceOf));
    return [...current].flatMap(([stack, now]) => {
        const then = read.get(stack);
        if (then === undefined) {
            return [{ stack, outputs: [] }];
        }
        const outputs = differences(then, now, "");
        return outputs.length === 0 ? [] : [{ stack, outputs }];
    });
}

/** A stale reference in words. Values are not shown, since some are secret. */
export function describeStale({ outputs, stack }: Stale): string {
    if (outputs.length === 0) {
        return `${stack} was not read yet`;
    }
    const shown = outputs.slice(0, 5).join(", ");
    const more = outputs.length > 5 ? ` and ${outputs.length - 5} more` : "";
    return `${stack} has changed: ${shown}${more}`;
}

function referenceOf({ inputs, outputs }: StateResource): [string, Outputs] {
    const given = inputs["name"] ?? outputs["name"];
    const name = typeof given === "string" ? given : "";
    const values = unwrapSecrets(outputs["outputs"]);
    // Fully qualified: organization, project, stack.
    return [name.split("/").at(-1) ?? name, isMap(values) ? values : {}];
}

/** A value of an exported state, with secrets in clear. */
export function unwrapSecrets(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(unwrapSecrets);
    }
    if (!isMap(value)) {
        return value;
    }
    if (value[SIGNATURE] === SECRET) {
        const { plaintext } = value;
        return typeof plaintext === "string" ? unwrapSecrets(JSON.parse(plaintext)) : value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapSecrets(item)]));
}

function differences(then: unknown, now: unknown, path: string): string[] {
    if (isMap(then) && isMap(now)) {
        return [...new Set([...Object.keys(then), ...Object.keys(now)])]
            .sort()
            .flatMap((key) => differences(then[key], now[key], path === "" ? key : `${path}.${key}`));
    }
    return isDeepStrictEqual(then, now) ? [] : [path];
}

function isMap(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
