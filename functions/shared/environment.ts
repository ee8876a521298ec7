/** Reads a variable that the function cannot do without. */
export function required(name: string): string {
    const value = process.env[name];
    if (value === undefined || value === "") {
        throw new Error(`the environment variable ${name} is not set`);
    }
    return value;
}
