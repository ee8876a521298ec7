import * as pulumi from "@pulumi/pulumi";
import { show } from "../components/validation";

/** Collects everything that is wrong with a stack's configuration, so that one error names it all. */
export class ConfigProblems {
    readonly #lines: string[] = [];

    /**
     * @param project The project's name, which is the namespace of its keys.
     * @param stack The stack's name, which is in its file's.
     */
    constructor(
        readonly project: string,
        readonly stack: string,
    ) {}

    /** True while nothing has been noted. */
    get none(): boolean {
        return this.#lines.length === 0;
    }

    /** The key as it is written in the stack's file. */
    fileKey(key: string): string {
        return `${this.project}:${key}`;
    }

    /**
     * Notes what is wrong with one key of the stack's file.
     *
     * @param key The key, without its namespace.
     * @param value The value given.
     * @param allowed What would have been accepted.
     * @param remedy What to change, when `allowed` alone does not say it.
     */
    add(key: string, value: unknown, allowed: string, remedy?: string): void {
        this.addLine(
            `${this.fileKey(key)} in Pulumi.${this.stack}.yaml is ${show(value)}`,
            `allowed: ${allowed}`,
            remedy,
        );
    }

    /** Notes a problem when `ok` is false. Returns `ok`. */
    check(ok: boolean, key: string, value: unknown, allowed: string, remedy?: string): boolean {
        if (!ok) {
            this.add(key, value, allowed, remedy);
        }
        return ok;
    }

    /** Notes a problem that is not one of a key's value. */
    addLine(subject: string, allowed: string, remedy?: string): void {
        this.addText(`${subject}; ${allowed}${remedy === undefined ? "" : `. ${remedy}`}`);
    }

    /** Notes a problem that is in words already. */
    addText(text: string): void {
        this.#lines.push(text);
    }

    /**
     * Throws one error that lists every problem noted.
     *
     * @throws pulumi.RunError, of which Pulumi shows the message alone, and exits with status 1.
     */
    throwIfAny(): void {
        if (this.none) {
            return;
        }
        const count = this.#lines.length === 1 ? "1 problem" : `${this.#lines.length} problems`;
        const list = this.#lines.map((line) => `  - ${line}`).join("\n");
        throw new pulumi.RunError(`The configuration of stack ${this.stack} has ${count}:\n${list}`);
    }
}
