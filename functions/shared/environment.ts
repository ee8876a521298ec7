/** Reads a variable that the function cannot do without. */
export function required(name: string): string {
    const value = optional(name);
    if (value === undefined) {
        throw new Error(`the environment variable ${name} is not set`);
    }
    return value;
}

/** Reads a variable that the function can do without; undefined where it is not set or empty. */
export function optional(name: string): string | undefined {
    const value = process.env[name];
    return value === "" ? undefined : value;
}

/** Reads a variable that holds a number. */
export function requiredNumber(name: string): number {
    return numberOf(name, required(name));
}

/** Reads a variable that holds a number, where it is set. */
export function optionalNumber(name: string, otherwise: number): number {
    const text = optional(name);
    return text === undefined ? otherwise : numberOf(name, text);
}

function numberOf(name: string, text: string): number {
    const value = Number(text);
    if (!Number.isFinite(value)) {
        throw new Error(`the environment variable ${name} is "${text}" and not a number`);
    }
    return value;
}

/** Reads two variables of which exactly one is to be set. */
export function oneOf(first: string, second: string): [string, undefined] | [undefined, string] {
    const one = optional(first);
    const other = optional(second);
    if (one !== undefined && other === undefined) {
        return [one, undefined];
    }
    if (one === undefined && other !== undefined) {
        return [undefined, other];
    }
    throw new Error(`exactly one of the environment variables ${first} and ${second} is to be set`);
}
