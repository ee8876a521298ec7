/**
 * A value in SSM that is exchanged atomically.
 *
 * SSM knows no conditional write, but it numbers the versions of a parameter one by one, whoever writes. So every value
 * says which version it was written after. Of two who write after the same one, the first gets the next number, and the
 * other's value counts for nothing, because its number does not follow. A parameter is never deleted: SSM asks for 30
 * seconds before one of the same name is made again, and the numbers would begin anew.
 */
import { type ParameterPort } from "../aws/ports";
import { AwsCallError } from "../errors";

/** What is in the register. */
export interface Seen {
    /** The newest version, whether its value counts or not; 0 where there is no parameter. */
    readonly version: number;
    /** The value that counts; undefined where there is none, or where it is not of this tool. */
    readonly value?: Readonly<Record<string, unknown>>;
}

/** Values in a row that may count for nothing: as many as write at the same moment. */
const MOST_IN_VAIN = 20;

/** Looks into the register. */
export async function look(parameters: ParameterPort, name: string): Promise<Seen> {
    const newest = await parameters.read(name);
    if (newest === undefined) {
        return { version: 0 };
    }
    let current: typeof newest | undefined = newest;
    for (let count = 0; current !== undefined && count < MOST_IN_VAIN; count += 1) {
        const value = parse(current.value);
        if (value === undefined) {
            return { version: newest.version };
        }
        if (!("after" in value) || value["after"] === current.version - 1) {
            return { version: newest.version, value };
        }
        current = current.version > 1 ? await parameters.read(name, current.version - 1) : undefined;
    }
    return { version: newest.version };
}

/** Puts a value into the register after the version that was seen. False when somebody else was first. */
export async function exchange(
    parameters: ParameterPort,
    name: string,
    { version }: Seen,
    value: Readonly<Record<string, unknown>>,
): Promise<boolean> {
    const text = JSON.stringify({ ...value, after: version });
    if (version === 0) {
        return parameters.create(name, text);
    }
    try {
        return (await parameters.replace(name, text)) === version + 1;
    } catch (error) {
        if (error instanceof AwsCallError && error.code === "TooManyUpdates") {
            return false;
        }
        throw error;
    }
}

function parse(text: string): Record<string, unknown> | undefined {
    try {
        const value = JSON.parse(text) as unknown;
        return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
    } catch {
        // Not written by this tool, so no run stands behind it.
        return undefined;
    }
}
