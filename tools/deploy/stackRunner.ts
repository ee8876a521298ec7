/** What a deployment asks of Pulumi. The Automation API answers it; tests have a stand-in. */

/** How many resources an operation created, updated and so on, by Pulumi's names. */
export type Changes = Readonly<Record<string, number>>;

/** A resource as the state has it, without what nobody here needs. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly custom: boolean;
    /** AWS's id; empty for components. */
    readonly id: string;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** What an update that was killed had begun, and nobody noted the end of. */
export interface PendingOperation {
    readonly urn: string;
    /** In Pulumi's words, such as `creating`. */
    readonly kind: string;
    /** URN of what it belongs to. */
    readonly parent: string;
    /** URN of its provider. */
    readonly provider: string;
}

/** How a running operation is followed and stopped. */
export interface Watch {
    /** What Pulumi prints, piece by piece. */
    readonly onOutput: (text: string) => void;
    /** Asks Pulumi to stop after what it is doing. */
    readonly signal: AbortSignal;
}

/** Runs Pulumi on stacks. Failures are {@link StackFailure}s. */
export interface StackRunner {
    /** Finds a stack in the backend, or makes it where `create` says so. */
    open(stack: string, create: boolean): Promise<"found" | "made" | "missing">;
    preview(stack: string, watch: Watch): Promise<Changes>;
    up(stack: string, watch: Watch): Promise<Changes>;
    /** `refresh` asks AWS first what there is. */
    destroy(stack: string, refresh: boolean, watch: Watch): Promise<Changes>;
    /** The stack's outputs, secrets in clear. */
    outputs(stack: string): Promise<Readonly<Record<string, unknown>>>;
    /** The resources in the stack's state, secrets in clear. */
    resources(stack: string): Promise<readonly StateResource[]>;
    /** What the stack's state says was begun and not ended. */
    pending(stack: string): Promise<readonly PendingOperation[]>;
}
