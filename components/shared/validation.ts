import * as pulumi from "@pulumi/pulumi";

const NAME = "a text, which the names of all children begin with";

/** Collects everything that is wrong with a component's arguments, so that one error names it all. */
export class Problems {
    readonly #found: pulumi.InputPropertyErrorDetails[] = [];
    readonly #refused = new Set<string>();
    /** The component's name; empty where an untyped program gave none, which is noted. */
    readonly name: string;

    /**
     * @param type The component's type token, such as `meridian:index:Vpc3Tier`.
     * @param name The component's name.
     */
    constructor(
        readonly type: string,
        name: string,
    ) {
        const given: unknown = name;
        this.name = typeof given === "string" ? given : "";
        if (typeof given !== "string") {
            this.refuse("name", given, NAME);
        }
    }

    /**
     * Notes one problem, unless its path, or what the path leads through, was refused already.
     *
     * @param propertyPath Path of the argument, such as `capacity.minSize` or `availabilityZones[1]`.
     * @param value The value given.
     * @param allowed What would have been accepted.
     * @param remedy What to change, when `allowed` alone does not say it.
     */
    add(propertyPath: string, value: unknown, allowed: string, remedy?: string): void {
        if (this.isRefused(propertyPath)) {
            return;
        }
        const reason = `is ${show(value)}; allowed: ${allowed}${remedy === undefined ? "" : `. ${remedy}`}`;
        this.#found.push({ propertyPath, reason });
    }

    /**
     * Notes that a value is not what it must be at all. Later checks, which need not expect such values, note nothing
     * more about the path and what is below it.
     */
    refuse(propertyPath: string, value: unknown, allowed: string, remedy?: string): void {
        this.add(propertyPath, value, allowed, remedy);
        this.close(propertyPath);
    }

    /** Has later checks note nothing more about the path and what is below it. */
    close(propertyPath: string): void {
        this.#refused.add(propertyPath);
    }

    /** Whether the value at the path, or one that the path leads through, was refused. */
    isRefused(propertyPath: string): boolean {
        const steps = propertyPath.matchAll(/[.[]/g);
        const above = [...steps].map((step) => propertyPath.slice(0, step.index));
        return [propertyPath, ...above].some((path) => this.#refused.has(path));
    }

    /** Notes a problem when `ok` is false. Returns `ok`. */
    check(ok: boolean, propertyPath: string, value: unknown, allowed: string, remedy?: string): boolean {
        if (!ok) {
            this.add(propertyPath, value, allowed, remedy);
        }
        return ok;
    }

    /**
     * Checks an input: at once where its value is known, so that nothing is registered with a bad one, and otherwise
     * when the deployment knows it, with the same message.
     *
     * @param check Notes what is wrong with the value.
     * @returns What to use in the input's place: nothing is made of a value that the check refuses.
     */
    checkInput<T>(
        input: pulumi.Input<T>,
        check: (problems: Problems, value: T) => void,
    ): T | pulumi.Output<T> {
        if (isKnown(input)) {
            check(this, input);
            return input;
        }
        return outputOf(input).apply((value) => {
            const later = new Problems(this.type, this.name);
            check(later, value);
            later.throwIfAny();
            return value as pulumi.Unwrap<T>;
        }) as unknown as pulumi.Output<T>;
    }

    /** True while nothing has been noted. */
    get none(): boolean {
        return this.#found.length === 0;
    }

    /**
     * Throws one error that lists every problem noted.
     *
     * @throws pulumi.InputPropertiesError, whose message repeats the list, because a program that is run
     * directly shows the message alone.
     */
    throwIfAny(): void {
        if (this.name === "" && !this.#found.some(({ propertyPath }) => propertyPath === "name")) {
            this.add("name", this.name, NAME);
        }
        if (this.none) {
            return;
        }
        const lines = this.#found.map((problem) => `  - ${problem.propertyPath} ${problem.reason}`);
        const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
        throw new pulumi.InputPropertiesError({
            message: `${this.type} "${this.name}" has ${count} in its arguments:\n${lines.join("\n")}`,
            errors: [...this.#found],
        });
    }
}

/** Whether an input is a value that is there now, rather than one that the deployment will know. */
export function isKnown<T>(input: pulumi.Input<T>): input is T {
    return !pulumi.Output.isInstance(input) && !(input instanceof Promise);
}

/** What follows from an input: at once where its value is known, and otherwise when it is. */
export function mapInput<T, U>(input: pulumi.Input<T>, map: (value: T) => U): U | pulumi.Output<U> {
    return isKnown(input) ? map(input) : outputOf(input).apply(map);
}

function outputOf<T>(input: pulumi.Input<T>): pulumi.Output<T> {
    return pulumi.output(input) as unknown as pulumi.Output<T>;
}

/** Shows a value in an error message, short and on one line. */
export function show(value: unknown): string {
    if (value === undefined) {
        return "not given";
    }
    const text = inJson(value);
    return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** The value as JSON; what JSON has no form for as JavaScript writes it, or by its type. */
function inJson(value: unknown): string {
    if (typeof value === "number" || typeof value === "bigint") {
        return String(value);
    }
    try {
        const text: unknown = JSON.stringify(
            value,
            function (this: Record<string, unknown>, key, inner: unknown) {
                // By the holder: JSON asks an output for its own form first, which is a long complaint.
                return pulumi.Output.isInstance(this[key]) ? "an output" : inner;
            },
        );
        return typeof text === "string" ? text : `a ${typeof value}`;
    } catch {
        return `an ${typeof value} that is no plain data`;
    }
}

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** Whether the text has the form of an AWS region code, such as `eu-central-1`. */
export function isRegion(text: string): boolean {
    return REGION.test(text);
}

/** Whether the text has the form of a zone's name in that region, such as `eu-central-1a`. */
export function isZoneOf(region: string, zone: string): boolean {
    return zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length));
}

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** Whether the text is a DNS host name in lower case with at least two labels (RFC 1123; 253 characters at most). */
export function isDomainName(text: string): boolean {
    const labels = text.split(".");
    return text.length <= 253 && labels.length >= 2 && labels.every((label) => LABEL.test(label));
}

/** Whether the value is a TCP port that a service may listen on. */
export function isPort(value: number): boolean {
    return Number.isInteger(value) && value >= 1 && value <= 65535;
}

/**
 * The retention periods that CloudWatch Logs takes, in days.
 * Source: Amazon CloudWatch Logs API Reference, PutRetentionPolicy.
 */
export const LOG_RETENTION_DAYS: readonly number[] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
