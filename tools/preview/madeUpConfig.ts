/**
 * Configuration that a program asks for and that no file has, because its stack has none or takes it from an environment
 * of Pulumi ESC: made up, and said to be.
 */
import { type Diagnostic } from "./types";

const MISSING = /^Missing required configuration variable '([^']+)'/;
const WRONG_TYPE = /^Configuration '([^']+)' value '[^']*' is not a valid (\w+)/;
/** How many keys are filled before the program is taken to ask for ever. */
const MOST = 100;

/** Values of the types that the SDK's `Config` asks for. */
const OF_TYPE: Readonly<Record<string, string>> = { number: "1", boolean: "true", JSON: "{}" };

/** Makes up what is missing, key by key, as one run after the other fails for want of it. */
export class MadeUpConfig {
    readonly #values = new Map<string, string>();
    #filled = 0;

    get values(): Readonly<Record<string, string>> {
        return Object.fromEntries(this.#values);
    }

    /** Fills in what a run failed for. False where that was something else. */
    fills(cause: unknown): boolean {
        const message = cause instanceof Error ? cause.message : "";
        const missing = MISSING.exec(message)?.[1];
        const [, wrong, type = ""] = WRONG_TYPE.exec(message) ?? [];
        const key = missing ?? wrong;
        const value = missing === undefined ? OF_TYPE[type] : `made-up-${missing.split(":").pop() ?? ""}`;
        if (key === undefined || value === undefined || this.#values.get(key) === value) {
            return false;
        }
        this.#filled += 1;
        this.#values.set(key, value);
        return this.#filled < MOST;
    }

    /** One sentence for each key. */
    notes(): Diagnostic[] {
        return [...this.#values].map(([key, value]) => ({
            severity: "info",
            message: `The configuration ${key} is in no file, and made up (${value}): --config ${key}=… sets it`,
        }));
    }
}
