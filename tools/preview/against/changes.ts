/**
 * What a branch changes, as plain data: renderers, the picture, the cost and other tools read it.
 * `compareDocuments` in `compare.ts` makes it, and does nothing else: no file, no process, no clock.
 *
 * Everything is sorted and holds only what JSON holds, so that the same two sides give the same text.
 */
import { type PolicyFinding } from "../policies/findings";
import { type PreviewDocument } from "../types";

/**
 * What becomes of a resource:
 * - `create`, `delete`: as in Pulumi. What goes first is in `ResourceChange.consequences`.
 * - `update`: in place.
 * - `mayReplace`: one source says that it is made anew, or it depends on something that is not known before `pulumi up`.
 * - `replace`: made anew.
 * - `read`: the program looks up something new, or looks up something else; nothing is made.
 * - `forget`: leaves the stack's state and stays at AWS (retainOnDelete), or was only looked up.
 */
export const CHANGE_OPS = [
    "delete",
    "replace",
    "mayReplace",
    "update",
    "create",
    "forget",
    "read",
    "ignore",
] as const;
export type ChangeOp = (typeof CHANGE_OPS)[number];

/** What the change of a property does to its resource. */
export type Verdict = "replaces" | "mayReplace" | "updates" | /* by ignoreChanges */ "ignored";

/** Who says so. `engine`: what Pulumi itself does, such as `replaceOnChanges`; `table`: nobody, the type is unknown. */
export interface VerdictSource {
    readonly source: "cloudformation" | "aws-native" | "provider" | "engine" | "table";
    /** Where to read it: `AWS::RDS::DBCluster.KmsKeyId is createOnly`. */
    readonly text: string;
}

/** What differs in one property, at the deepest place where that can be said. */
export interface PropertyChange {
    /** `engineVersion`, `tags.Owner`, `ingress[tcp 443 from 10.0.0.0/16].description`, `policy`. */
    readonly path: string;
    /** The input's own name, `tags` of `tags.Owner`. */
    readonly property: string;
    readonly op: "add" | "remove" | "change";
    /** Left out where there was nothing. Secrets read `[secret]`; what is not known before `pulumi up` reads `[unknown]`. */
    readonly before?: unknown;
    readonly after?: unknown;
    /** What is compared: a JSON text by its meaning, a policy by its statements, code by its digest. */
    readonly kind: "value" | "json" | "policy" | "code" | "secret" | "unknown";
    /** A sentence for what before and after do not show: `allows s3:GetObject on … to …, which it did not`. */
    readonly meaning?: readonly string[];
    readonly verdict: Verdict;
    readonly sources: readonly VerdictSource[];
    /** URN of the resource whose replacement changes this property: then before and after are left out. */
    readonly because?: string;
}

/** What follows for others, or stands in the way. */
export interface Consequence {
    readonly kind:
        /** The new one is made before the old one goes (Pulumi's default). */
        | "createBeforeDelete"
        /** The old one goes first: an interruption. */
        | "deleteBeforeCreate"
        /** The physical name is fixed, so the new one cannot be made while the old one is there: `pulumi up` fails. */
        | "nameBlocks"
        /** `protect`: `pulumi up` refuses. */
        | "protected"
        /** Instances are replaced some at a time, since what they are started from changes. */
        | "rolls";
    readonly text: string;
}

/** What happens to one resource. */
export interface ResourceChange {
    readonly urn: string;
    /** Its URN before, where an alias says that it was renamed. */
    readonly renamedFrom?: string;
    readonly type: string;
    readonly name: string;
    /** False for components. */
    readonly custom: boolean;
    /** URN of the component directly in the stack that it belongs to, or its own. */
    readonly part: string;
    readonly op: ChangeOp;
    /** Why, in one sentence: `cidrBlock changes`, `its subnet is replaced`. Empty for create. */
    readonly reason: string;
    /** For updates and replacements; of created and deleted ones the document has all properties. */
    readonly properties: readonly PropertyChange[];
    readonly consequences: readonly Consequence[];
    /** URNs of those whose replacement leads to this one's. */
    readonly because: readonly string[];
    /** URNs of those that change because this one does. */
    readonly dependents: readonly string[];
    /** Set for what holds data, where it is deleted, replaced or may be. */
    readonly loss?: Loss;
}

/** What would be lost with a resource, and what holds against it. */
export interface Loss {
    /** `every row of the cluster since its last snapshot`. */
    readonly what: string;
    readonly holds: readonly {
        readonly guard:
            | "protect"
            | "deletionProtection"
            | "notEmpty"
            | "finalSnapshot"
            | "backup"
            | "replica"
            | "retained"
            | "recoveryWindow";
        readonly holds: boolean;
        readonly text: string;
    }[];
    /** `refused`: the update stops before; `recoverable`: a copy is left; `lost`: nothing holds. */
    readonly outcome: "refused" | "recoverable" | "lost";
}

export type ChangeCounts = Readonly<Record<ChangeOp, number>>;

/** A stack's output that differs. */
export interface OutputChange {
    readonly path: string;
    readonly op: "add" | "remove" | "change";
    readonly before?: unknown;
    readonly after?: unknown;
}

/** What changes in one stack. */
export interface StackChanges {
    readonly stack: string;
    /** `new`: it has no file on the other side; `gone`: it has none any more. */
    readonly presence: "both" | "new" | "gone";
    /** Set where one of the sides failed: then nothing is said of its resources. */
    readonly error?: { readonly side: "before" | "after"; readonly message: string };
    readonly counts: ChangeCounts;
    /** How many resources stay as they are. */
    readonly same: number;
    /** The gravest first within the order of the program. */
    readonly resources: readonly ResourceChange[];
    readonly outputs: readonly OutputChange[];
    readonly config: readonly OutputChange[];
}

/** Whether nothing at all is to be said of a stack. */
export function isUntouched({ resources, outputs, config, presence, error }: StackChanges): boolean {
    return (
        resources.length + outputs.length + config.length === 0 && presence === "both" && error === undefined
    );
}

/** A change of how, how fast or with how much data the system comes back. */
export interface RecoveryChange {
    readonly stack: string;
    readonly urn?: string;
    readonly topic:
        "backups" | "replicas" | "standby" | "healthChecks" | "failoverRecords" | "protection" | "objectives";
    readonly what: string;
    readonly before: string;
    readonly after: string;
    readonly direction: "worse" | "better" | "different";
}

export interface PolicyChanges {
    /** Violations that only the new side has. */
    readonly added: readonly PolicyFinding[];
    readonly fixed: readonly PolicyFinding[];
    readonly still: readonly PolicyFinding[];
    /** False where the packs did not run on both sides: then all are in `still`. */
    readonly compared: boolean;
}

/** What something costs on both sides. */
export interface CostPair {
    readonly before: number;
    readonly after: number;
    /** Sides on which a part has no price that has one, or is not there, on the other: that amount is the least. */
    readonly partly?: readonly ("before" | "after")[];
    /** How many things have no price on each side; left out where all have one. */
    readonly gaps?: Readonly<Record<"before" | "after", number>>;
}

/** What both sides cost because they exist, US dollars a month. */
export interface CostChange extends CostPair {
    readonly currency: "USD";
    readonly stacks: Readonly<Record<string, CostPair>>;
    /** The largest first: a component or a resource whose cost differs. */
    readonly items: readonly (CostPair & { readonly stack: string; readonly name: string })[];
    /** What has no price, so that the sums leave it out. */
    readonly unpriced: readonly { readonly name: string; readonly reason: string }[];
}

export interface Changes {
    /** What each side is called: `main (518f870)`, `state.json (exported 2026-11-30)`; `after` is `this branch`. */
    readonly before: string;
    readonly after: string;
    readonly stacks: readonly StackChanges[];
    readonly counts: ChangeCounts;
    readonly policies: PolicyChanges;
    readonly recovery: readonly RecoveryChange[];
    /** Left out where a side was not estimated, or a program stopped half-way. */
    readonly cost?: CostChange;
    /** What could not be compared, in a sentence each. */
    readonly notes: readonly string[];
    /** True where nothing at all differs. */
    readonly empty: boolean;
}

/** Both sides. */
export interface Comparison {
    /** This side's preview. */
    readonly document: PreviewDocument;
    readonly changes: Changes;
}
