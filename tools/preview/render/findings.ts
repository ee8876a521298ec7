import { type PreviewDocument, type PreviewError } from "../types";

/** A violation of a policy, with the property names of Pulumi's own policy events. */
export interface PolicyViolation {
    readonly policyPackName: string;
    readonly policyName: string;
    /** Only `mandatory` fails a preview. */
    readonly enforcementLevel: string;
    readonly message: string;
    readonly resourceUrn?: string;
}

/** Estimated cost: of all stacks, and of each. */
export interface CostSummary {
    /** ISO 4217, such as `USD`. */
    readonly currency: string;
    readonly monthly: number;
    readonly stacks: Readonly<Record<string, { readonly monthly: number }>>;
}

/** The policy violations of a document, mandatory ones first. Whatever is no violation is left out. */
export function violationsOf(document: PreviewDocument): PolicyViolation[] {
    const violations = document.policies.filter(isViolation);
    const rank = (violation: PolicyViolation): number => (isMandatory(violation) ? 0 : 1);
    return violations.sort((a, b) => rank(a) - rank(b));
}

/** Whether a violation fails the preview. */
export function isMandatory(violation: PolicyViolation): boolean {
    return violation.enforcementLevel === "mandatory";
}

/** The cost part of a document, where it has been estimated. */
export function costOf(document: PreviewDocument): CostSummary | undefined {
    const cost: Record<string, unknown> = document.cost;
    const { currency, monthly, stacks } = cost;
    if (typeof currency !== "string" || typeof monthly !== "number" || !isRecord(stacks)) {
        return undefined;
    }
    const byStack: Record<string, { monthly: number }> = {};
    for (const [stack, entry] of Object.entries(stacks)) {
        if (isRecord(entry) && typeof entry["monthly"] === "number") {
            byStack[stack] = { monthly: entry["monthly"] };
        }
    }
    return { currency, monthly, stacks: byStack };
}

/**
 * What to tell of a failure: its message, then the problems that the message does not tell already. Never a stack
 * trace.
 */
export function errorLines(error: PreviewError): string[] {
    const lines = error.message.trimEnd().split(/\r?\n/);
    for (const { propertyPath, reason } of error.problems ?? []) {
        if (!error.message.includes(reason)) {
            lines.push(`${propertyPath}: ${reason}`);
        }
    }
    return lines;
}

function isViolation(value: unknown): value is PolicyViolation {
    return (
        isRecord(value) &&
        ["policyPackName", "policyName", "enforcementLevel", "message"].every(
            (property) => typeof value[property] === "string",
        )
    );
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
