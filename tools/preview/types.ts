/** What the offline preview found: plain data that renderers, tests, cost and policies share. */

import { type CostEstimate } from "../../policies/residency-and-cost/shared/cost/types";
import { type PackSummary, type PolicyFinding } from "./policies/findings";

/** Resource properties by name. */
export type Properties = Record<string, unknown>;

/** What would happen to a resource. Nothing exists before an offline preview, so nothing is ever changed. */
export type StepOp = "create" | "read";

/**
 * A resource as it would be recorded in the stack's state. `inputs` and `outputs` are safe to print: what is
 * secret reads `[secret]`.
 */
export interface ResourceState {
    readonly urn: string;
    readonly type: string;
    /** True for what a provider makes, false for a component. */
    readonly custom: boolean;
    /** The physical id, for resources that are read. What is created has none before `pulumi up`. */
    readonly id?: string;
    /** URN of the parent; the stack itself has none. */
    readonly parent?: string;
    /** `<URN>::<id>` of the provider of a custom resource. */
    readonly provider?: string;
    /** URNs of everything that the resource waits for. */
    readonly dependencies: readonly string[];
    /** The same by input property. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly protect: boolean;
    readonly retainOnDelete?: boolean;
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges?: readonly string[];
    readonly additionalSecretOutputs?: readonly string[];
    readonly deletedWith?: string;
    readonly deleteBeforeReplace?: boolean;
    readonly aliases?: readonly string[];
    readonly customTimeouts?: Readonly<Record<string, string>>;
    readonly importID?: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/** One line of the plan. */
export interface Step {
    readonly op: StepOp;
    readonly urn: string;
    readonly newState: ResourceState;
}

/** A function of a provider that the program called. */
export interface InvokeRecord {
    readonly token: string;
    readonly args: Properties;
    /** `<URN>::<id>` of the provider that was called. */
    readonly provider?: string;
    /** The region that the answer is about, for AWS functions. */
    readonly region?: string;
    readonly result: Properties;
}

/** A message that the program or the engine wrote. */
export interface Diagnostic {
    readonly severity: "info" | "warning" | "error";
    readonly message: string;
    readonly urn?: string;
}

/** Why a stack has no complete preview. */
export interface PreviewError {
    /** What to tell the reader; never holds a stack trace. */
    readonly message: string;
    /** Where the program failed, for errors that are not meant for the reader alone. */
    readonly stack?: string;
    /** The resource that failed, when one did. */
    readonly urn?: string;
    /** The problems of a pulumi.InputPropertiesError, one by one. */
    readonly problems?: readonly { readonly propertyPath: string; readonly reason: string }[];
}

/** One stack's preview, in the shape of `pulumi preview --json`. */
export interface StackPreview {
    readonly stack: string;
    /** The configuration that the program saw, `project:key` → value, with secrets masked. */
    readonly config: Readonly<Record<string, string>>;
    readonly steps: readonly Step[];
    /** The stack's outputs, with secrets masked. */
    readonly outputs: Properties;
    /** How many steps there are of each kind. */
    readonly changeSummary: Readonly<Partial<Record<StepOp, number>>>;
    readonly diagnostics: readonly Diagnostic[];
    readonly invokes: readonly InvokeRecord[];
    readonly error?: PreviewError;
}

/** What `npm run preview -- --json` prints. */
export interface PreviewDocument {
    readonly stacks: Readonly<Record<string, StackPreview>>;
    /** What the policies found: violations, waived ones, and what is undecided. */
    readonly policies: readonly PolicyFinding[];
    /** The policy packs that ran. Left out: none did. */
    readonly policyPacks?: readonly PackSummary[];
    /**
     * What the stacks cost by the month because they exist: the fixed part of docs/cost.md, by stack, component, tier and
     * resource, with a line for each price. Empty where nothing has estimated it.
     */
    readonly cost: Partial<CostEstimate>;
}
