/** What went wrong in a program, and how to tell it. */
import * as pulumi from "@pulumi/pulumi";
import { RegistrationError } from "./deployment";
import { type PreviewError } from "./types";

/** Collects a run's errors: the first is its cause, and others often only follow from it. */
export class Failures {
    readonly #all: unknown[] = [];
    #tell: (() => void) | undefined;
    /** Resolves at the first error. */
    readonly happened = new Promise<void>((resolve) => {
        this.#tell = resolve;
    });

    add(error: unknown): void {
        this.#tell?.();
        if (!this.#all.includes(error)) {
            this.#all.push(error);
        }
    }

    get first(): unknown {
        return this.#all[0];
    }

    /** Resources that were refused, each for a reason of its own. */
    get refused(): readonly RegistrationError[] {
        return this.#all.filter((error) => error instanceof RegistrationError);
    }
}

/**
 * Hands rejections that nobody handles to the run, and to nobody else meanwhile. The SDK reports a failed
 * registration in this way alone.
 *
 * @returns What gives them back to whoever listened before.
 */
export function captureRejections(report: (error: unknown) => void): () => void {
    const event = "unhandledRejection";
    const others = process.listeners(event);
    process.removeAllListeners(event);
    process.on(event, report);
    return () => {
        process.removeListener(event, report);
        for (const listener of others) {
            process.on(event, listener);
        }
    };
}

/** An error as the preview reports it: what is meant for readers comes without the place that threw it. */
export function describeError(cause: unknown): PreviewError {
    if (cause instanceof RegistrationError) {
        // A function call is refused by its token.
        return cause.urn.startsWith("urn:")
            ? { message: cause.message, urn: cause.urn }
            : { message: cause.message };
    }
    if (!(cause instanceof Error)) {
        return { message: String(cause) };
    }
    // SDKs have this error since 3.142.
    if ("InputPropertiesError" in pulumi && pulumi.InputPropertiesError.isInstance(cause)) {
        return { message: cause.message, problems: cause.errors };
    }
    const { message, stack } = cause;
    if (isUnreadTypeScript(cause)) {
        return { message: `${message}. ${READS_TYPESCRIPT}` };
    }
    if (isForReaders(cause)) {
        return { message: message.replace(WRAPPED, "") };
    }
    return stack === undefined ? { message } : { message, stack };
}

const READS_TYPESCRIPT =
    "Nothing here reads TypeScript in ES modules. Pulumi's own runner needs ts-node 10 or newer and typescript among " +
    "the project's packages for it; or install tsx there, and set `nodeargs: --import tsx` below runtime.options in " +
    "Pulumi.yaml";

/** Whether Node met an ES module in TypeScript with nothing that reads it, or with syntax that it does not strip. */
function isUnreadTypeScript({ code, message }: Error & { readonly code?: unknown }): boolean {
    return code === "ERR_UNKNOWN_FILE_EXTENSION"
        ? /^Unknown file extension "\.[cm]?tsx?"/.test(message)
        : code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX";
}

/** What the SDK says in front of an error for each property that the value was on its way into. */
const WRAPPED = /^(?:error serializing property "[^"]*": )+/;

function isForReaders(error: object): boolean {
    return (
        pulumi.RunError.isInstance(error) ||
        (pulumi.ResourceError.isInstance(error) && error.hideStack === true)
    );
}
