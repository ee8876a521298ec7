/** The form of what rules say, for those who read it back. */
import { type Waiver } from "./waivers";

/** What separates the reason from the fix in the message of a violation. */
export const FIX_SEPARATOR = "\nFix: ";

/** Begins the tags that name the types of resource that a policy speaks of; one without such a tag speaks of all. */
export const APPLIES_TO = "applies-to:";

/** Tags of policies that say still more closely what they speak of: resources with the option `ignoreChanges` alone. */
export const APPLIES_TO_IGNORED_CHANGES = "applies-to-option:ignoreChanges";

/** The same: the types that the property `types` of their configuration names. */
export const APPLIES_TO_CONFIGURED = "applies-to-configured:types";

/** Tag the policies that run rules which their configuration names; what those say they tell by {@link saidBy}. */
export const RUNS_RESOURCE_RULES = "runs-rules:resource";
export const RUNS_STACK_RULES = "runs-rules:stack";

/** What one of several rules says. */
export interface Said {
    readonly rule: string;
    readonly message: string;
    /** Whether it says why it could not judge. */
    readonly undecided?: true;
}

/** Writes what one of several rules says. */
export function saidBy(said: Said): string {
    return JSON.stringify(said);
}

/** Reads what {@link saidBy} has written. */
export function readSaid(text: string): Said {
    return JSON.parse(text) as Said;
}

/** Names of the policies that every pack has besides its rules. */
export const SETTINGS_POLICY = "settings";
export const WAIVED_POLICY = "waived-violations";
export const WAIVERS_POLICY = "waivers-in-order";
/** The two that run rules together. */
export const RESOURCE_RULES_POLICY = "resource-rules";
export const STACK_RULES_POLICY = "stack-rules";

/** What is said about a violation that is waived. */
export function waivedMessage({ rule, owner, reason, expires }: Waiver, message: string): string {
    return `${rule} is waived until ${expires} by ${owner} (${reason}): ${message}`;
}

/** Takes the rule out of what {@link waivedMessage} says. */
export function waivedRule(message: string): string | undefined {
    return /^([\w-]+) is waived until /.exec(message)?.[1];
}

/** What is said about a resource that a stack rule could not judge; the policy SDK puts its own words before it. */
export function undecidedLine(reason: string, urn: string | undefined): string {
    return urn === undefined ? reason : `${reason} (${urn})`;
}

/** Takes apart what the policy SDK says about a rule that met an unknown value. */
export function undecidedParts(message: string): { reason: string; urn: string | undefined }[] | undefined {
    const found = /^can't run policy '[^']*' from policy pack '[^']*' during preview: (.*)$/s.exec(message);
    return found?.[1] === undefined ? undefined : undecidedLines(found[1]);
}

/** Takes apart lines of {@link undecidedLine}. */
export function undecidedLines(lines: string): { reason: string; urn: string | undefined }[] {
    return lines.split("\n").map((line) => {
        const [, reason = line, urn] = /^(.*) \((urn:pulumi:.*)\)$/.exec(line) ?? [];
        return { reason, urn };
    });
}
