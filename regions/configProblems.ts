import * as pulumi from "@pulumi/pulumi";
import { show } from "../components/shared/validation";
import { listOfProblems } from "./problemList";

/** One thing that is wrong with a stack's configuration. */
export interface ConfigProblem {
    /** The key that is wrong, with its namespace and without a position in a list; left out where none is alone to blame. */
    readonly key?: string;
    /** What is wrong, what is allowed and what to change, on one line. */
    readonly text: string;
}

/**
 * Where values came from when not from the stack's file, by the key with its namespace: `from --config`, for instance.
 */
export type ConfigOrigins = Readonly<Record<string, string>>;

/** Collects everything that is wrong with a stack's configuration, so that one error names it all. */
export class ConfigProblems {
    readonly #found: ConfigProblem[] = [];
    readonly #warnings: string[] = [];

    /**
     * @param project The project's name, which is the namespace of its keys.
     * @param stack The stack's name, which is in its file's.
     * @param origins Where values came from that are not the file's.
     */
    constructor(
        readonly project: string,
        readonly stack: string,
        readonly origins: ConfigOrigins = {},
    ) {}

    /** True while nothing has been noted. */
    get none(): boolean {
        return this.#found.length === 0;
    }

    /** What has been noted, in its order. */
    get found(): readonly ConfigProblem[] {
        return this.#found;
    }

    /** What looks wrong and may be right. */
    get warnings(): readonly string[] {
        return this.#warnings;
    }

    /** The key as it is written in the stack's file. */
    fileKey(key: string): string {
        return `${this.project}:${key}`;
    }

    /** A key and where its value came from: `meridian:webMinSize in Pulumi.prod-us.yaml`. */
    subject(key: string): string {
        const fileKey = this.fileKey(key);
        return `${fileKey} ${this.origins[keyOf(fileKey)] ?? this.inFile()}`;
    }

    /** Where a stack's values are, unless an origin says otherwise. */
    inFile(): string {
        return `in Pulumi.${this.stack}.yaml`;
    }

    /**
     * Notes what is wrong with the value of one key.
     *
     * @param key The key, without its namespace; an entry of a list with its position, as in `availabilityZones[0]`.
     * @param value The value given.
     * @param allowed What would have been accepted.
     * @param remedy What to change, when `allowed` alone does not say it.
     */
    add(key: string, value: unknown, allowed: string, remedy?: string): void {
        this.addOf(
            key,
            `${this.subject(key)} is ${show(value)}; allowed: ${allowed}${remedy === undefined ? "" : `. ${remedy}`}`,
        );
    }

    /** Notes a problem when `ok` is false. Returns `ok`. */
    check(ok: boolean, key: string, value: unknown, allowed: string, remedy?: string): boolean {
        if (!ok) {
            this.add(key, value, allowed, remedy);
        }
        return ok;
    }

    /** Notes a problem of a key that is in words already. */
    addOf(key: string, text: string): void {
        this.#found.push({ key: keyOf(this.fileKey(key)), text });
    }

    /** Notes a problem that is not one of a key's value. */
    addLine(subject: string, allowed: string, remedy?: string): void {
        this.addText(`${subject}; ${allowed}${remedy === undefined ? "" : `. ${remedy}`}`);
    }

    /** Notes a problem that is in words already. */
    addText(text: string): void {
        this.#found.push({ text });
    }

    /** Notes what looks wrong and may be right, such as a service that AWS may offer by now. */
    warn(text: string): void {
        this.#warnings.push(text);
    }

    /**
     * Throws one error that lists every problem noted.
     *
     * @throws pulumi.RunError, of which Pulumi shows the message alone, and exits with status 1.
     */
    throwIfAny(): void {
        if (!this.none) {
            throw new pulumi.RunError(listOfProblems(this.stack, this.#found));
        }
    }
}

function keyOf(path: string): string {
    return path.replace(/\[\d+\]$/, "");
}
