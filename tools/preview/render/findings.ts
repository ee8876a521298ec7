import { type FindingStatus, type PolicyFinding } from "../policies/findings";
import { type PreviewDocument, type PreviewError } from "../types";
import { plural } from "./text";

/** What the policies found at several places that is one thing: a rule and what became of it. */
export interface FindingGroup {
    /** One of them, for what they have in common. */
    readonly first: PolicyFinding;
    readonly findings: readonly PolicyFinding[];
}

/** The policy violations of a document, mandatory ones first, then by severity; waived ones are none. */
export function violationsOf(document: PreviewDocument): PolicyFinding[] {
    return sorted(document.policies.filter(({ status }) => status === "violation"));
}

/** Whether a violation fails the preview. */
export function isMandatory(violation: PolicyFinding): boolean {
    return violation.level === "mandatory";
}

/** The findings of a status by rule, the gravest first. */
export function groupsOf(document: PreviewDocument, status: FindingStatus): FindingGroup[] {
    const groups = new Map<string, PolicyFinding[]>();
    for (const finding of sorted(document.policies.filter((each) => each.status === status))) {
        const key = `${finding.pack} ${finding.rule}`;
        groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
    return [...groups.values()].flatMap((findings) =>
        findings[0] === undefined ? [] : [{ first: findings[0], findings }],
    );
}

const SEVERITIES = ["critical", "high", "medium", "low"];

function sorted(findings: readonly PolicyFinding[]): PolicyFinding[] {
    const rank = (finding: PolicyFinding): number => {
        const severity = SEVERITIES.indexOf(finding.severity ?? "");
        return (isMandatory(finding) ? 0 : 10) + (severity < 0 ? SEVERITIES.length : severity);
    };
    return [...findings].sort((a, b) => rank(a) - rank(b));
}

/** What the policies came to, in one line: how many rules there were, and what became of them. Empty without packs. */
export function policySummary(document: PreviewDocument): string {
    const packs = document.policyPacks ?? [];
    if (packs.length === 0) {
        return "";
    }
    const rules = packs.reduce((sum, pack) => sum + pack.rules, 0);
    const violations = violationsOf(document);
    const mandatory = violations.filter(isMandatory).length;
    const count = (status: FindingStatus): number =>
        document.policies.filter((finding) => finding.status === status).length;
    const parts = [
        violations.length === 0 ? "no violation" : plural(mandatory, "mandatory violation"),
        ...(violations.length > mandatory ? [`${violations.length - mandatory} advisory`] : []),
        ...(count("waived") > 0 ? [`${count("waived")} waived`] : []),
        ...(count("remediated") > 0 ? [`${count("remediated")} remediated`] : []),
        ...(count("undecided") > 0 ? [`${count("undecided")} undecided until pulumi up`] : []),
    ];
    return `${plural(rules, "rule")} in ${plural(packs.length, "pack")}: ${parts.join(", ")}`;
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
