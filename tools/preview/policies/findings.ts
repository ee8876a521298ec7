/** What policies found, as plain data for renderers and readers of JSON. */

/** What became of a rule at a resource. */
export type FindingStatus =
    /** The rule is broken. */
    | "violation"
    /** The rule is broken, and a waiver covers it. */
    | "waived"
    /** A value that the rule has to know is not known before `pulumi up`. */
    | "undecided"
    /** The rule was broken, and mended the resource. */
    | "remediated";

/** One finding of a policy. */
export interface PolicyFinding {
    readonly status: FindingStatus;
    readonly pack: string;
    readonly rule: string;
    /** Only `mandatory` violations fail a preview. */
    readonly level: string;
    readonly severity?: string;
    /** Left out where several stacks together break the rule. */
    readonly stack?: string;
    /** The resource. Left out where it is about a stack, or stacks, as a whole. */
    readonly urn?: string;
    readonly description: string;
    /** What is wrong. */
    readonly message: string;
    readonly fix?: string;
    /**
     * Whether only values that the preview has made up show it, such as the ARN of a bucket that does not exist yet: the
     * engine says it once they are there. Left out: what is known today shows it.
     */
    readonly assumed?: true;
    /** Identifiers of frameworks that the rule covers, such as `security-hub:S3.8`. */
    readonly frameworks: readonly string[];
}

/** A pack that ran. */
export interface PackSummary {
    readonly name: string;
    readonly version: string;
    /** How many rules are enabled for one of the stacks, or for several. */
    readonly rules: number;
}
