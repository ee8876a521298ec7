/** Reads a variable that the function cannot do without. */
export function required(name: string): string {
    const value = process.env[name];
    if (value === undefined || value === "") {
        throw new Error(`the environment variable ${name} is not set`);
    }
    return value;
}

/** Reads a variable that holds a number. */
export function requiredNumber(name: string): number {
    const text = required(name);
    const value = Number(text);
    if (!Number.isFinite(value)) {
        throw new Error(`the environment variable ${name} is "${text}" and not a number`);
    }
    return value;
}
