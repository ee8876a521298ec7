/** What a run of a program is given, and what it leaves. */
import { type PlannedState } from "./deployment";
import { type Diagnostic, type Properties, type StackPreview } from "./types";

/** Where and with what a program runs. */
export interface RunOptions {
    /** The stack's name. Left out: `test`. */
    readonly stack?: string;
    /** The project's name. Left out: `meridian`. */
    readonly project?: string;
    /** The organization's name. Left out: `organization`, as with a self-managed backend. */
    readonly organization?: string;
    /** The folder that relative paths of the program's files begin in, as with Pulumi. Left out: that of the process. */
    readonly folder?: string;
    /** Configuration, `project:key` → text, where objects are JSON. */
    readonly config?: Readonly<Record<string, string>>;
    /** Keys of the configuration that are secret. */
    readonly secretKeys?: readonly string[];
    /**
     * Outputs of another stack by its full name, such as `organization/meridian/prod-us`, with secrets marked.
     * Left out, or where it answers nothing, references to other stacks fail.
     */
    readonly stackOutputs?: (name: string) => Properties | undefined;
    /**
     * Whether the program is somebody else's: what the preview does not know is then left unknown or made up, and said
     * in a note, where it else is an error. Left out: an error.
     */
    readonly lenient?: boolean;
    /** What is to be said of the run before anything that happens in it. */
    readonly notes?: readonly Diagnostic[];
    /** Told of every registration. */
    readonly onResource?: (urn: string) => void;
}

/** What a program's run left. */
export interface RunResult {
    /** All that may be shown. */
    readonly preview: StackPreview;
    /** The resources' states, in the order of the steps. */
    readonly states: readonly PlannedState[];
    /** The stack's outputs with their secrets marked, for other stacks' references. */
    readonly rawOutputs: Properties;
    /** The stack's outputs with secrets in clear. Never print them. */
    readonly plainOutputs: Properties;
    /** What was thrown first, as it was thrown. */
    readonly cause?: unknown;
}
