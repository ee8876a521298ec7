import { type PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { type StacksView, type Where } from "./stacksView";
import { type StackView } from "./stackView";
import { type Subject } from "./subject";

/** How strictly a rule is enforced where the configuration does not say otherwise. */
export type Level = "advisory" | "mandatory" | "disabled";

/** Where a rule comes from: the identifiers of the controls that it covers. */
export interface Frameworks {
    /** Rows of the control list that the rule covers, such as `58` or `P13`. */
    readonly controls: readonly string[];
    /** AWS Security Hub control identifiers, such as `S3.8`. */
    readonly securityHub?: readonly string[];
    /** Recommendations of the CIS AWS Foundations Benchmark v3.0.0. */
    readonly cisV3?: readonly string[];
    /** Recommendations of the CIS AWS Foundations Benchmark v5.0.0. */
    readonly cisV5?: readonly string[];
    /** Checkov identifiers, such as `CKV_AWS_18`. */
    readonly checkov?: readonly string[];
}

/** A property of a rule's configuration: a JSON schema with a default. */
export type ConfigProperty = PolicyConfigJSONSchema & {
    readonly description: string;
    readonly default: unknown;
};

interface RuleBase<C extends object> {
    /** The rule's name, unique within its pack, in kebab-case; its file has the same name. */
    readonly id: string;
    readonly severity: "low" | "medium" | "high" | "critical";
    /** What must hold, as one sentence. */
    readonly description: string;
    /** What to change when it does not hold, as one sentence in the imperative. */
    readonly fix: string;
    readonly frameworks: Frameworks;
    /** Enforcement where the configuration does not say otherwise. Left out: mandatory. */
    readonly level?: Level;
    /** Configuration besides `enforcementLevel` and `unknowns`, each property with its default. */
    readonly config?: { readonly [K in keyof C]: ConfigProperty };
    /** Types that the rule speaks of, by token. Left out: every type (the check decides). */
    readonly types?: readonly string[];
}

/** Reports that the resource at hand breaks the rule; the message says what is wrong and with which value. */
export type ReportResource = (reason: string) => void;

/** Reports that a resource of the stack breaks the rule; without a URN the whole stack does. */
export type ReportStack = (reason: string, resource?: Subject) => void;

/** A rule that a resource's own inputs decide. */
export interface ResourceRule<C extends object = object> extends RuleBase<C> {
    /** The resource option that the rule judges: resources without it are passed over. Left out: none are. */
    readonly option?: "ignoreChanges";
    /** Whether the rule speaks of the types that its configuration's `types` names. Left out: `types` of the rule do. */
    readonly configuredTypes?: true;
    /**
     * Looks at one resource. Reading a property whose value is unknown at preview throws, which the framework
     * turns into what the configuration asks for (`unknowns`).
     */
    readonly check: (resource: Subject, report: ReportResource, config: C) => void;
    /**
     * Mends the resource: returns the new properties (see `mended`), or nothing where there is nothing to mend. What
     * it does must be safe: in place, at no cost, and nothing that worked stops working.
     */
    readonly remediate?: (resource: Subject, config: C) => Record<string, unknown> | undefined;
}

/** A rule that takes several resources of one stack to decide. */
export interface StackRule<C extends object = object> extends RuleBase<C> {
    readonly checkStack: (stack: StackView, report: ReportStack, config: C) => void;
}

/** Reports that stacks together break the rule, and where; without a place they all do. */
export type ReportStacks = (reason: string, where?: Where) => void;

/** A rule that takes several stacks to decide. No engine sees them together, so only the offline preview runs it. */
export interface StacksRule<C extends object = object> extends RuleBase<C> {
    readonly checkStacks: (stacks: StacksView, report: ReportStacks, config: C) => void;
}

/** A rule that a policy pack can hold. */
export type Rule<C extends object = object> = ResourceRule<C> | StackRule<C>;

/** Gives a resource rule its configuration's type. */
export function resourceRule<C extends object = object>(rule: ResourceRule<C>): ResourceRule<C> {
    return rule;
}

/** Gives a stack rule its configuration's type. */
export function stackRule<C extends object = object>(rule: StackRule<C>): StackRule<C> {
    return rule;
}

/** Gives a rule about several stacks its configuration's type. */
export function stacksRule<C extends object = object>(rule: StacksRule<C>): StacksRule<C> {
    return rule;
}
