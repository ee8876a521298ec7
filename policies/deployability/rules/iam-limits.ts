import { resourceRule, text } from "../../framework";
import { isPending } from "../shared/pending";
import { judge, judgeRanges } from "../shared/values";

/** Characters without white space that a policy may have. */
const SIZES: Readonly<Record<string, readonly [property: string, limit: number]>> = {
    "aws:iam/policy:Policy": ["policy", 6144],
    "aws:iam/rolePolicy:RolePolicy": ["policy", 10240],
    "aws:iam/userPolicy:UserPolicy": ["policy", 2048],
    "aws:iam/groupPolicy:GroupPolicy": ["policy", 5120],
    "aws:iam/role:Role": ["assumeRolePolicy", 4096],
};
const REFUSED = /[^\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]/u;
const LONGEST_DESCRIPTION = 1000;

export const rule = resourceRule({
    id: "iam-limits",
    severity: "high",
    description:
        "Policies fit into the size that IAM takes, and roles have descriptions and sessions that it takes.",
    fix: "Split the policy, keep descriptions to 1000 Latin letters, and sessions to 3600 to 43200 seconds.",
    frameworks: { controls: ["F17.11"] },
    types: Object.keys(SIZES),
    check: ({ type, props }, report) => {
        const [property, limit] = SIZES[type] ?? ["policy", 0];
        judge(
            () => {
                const policy = isPending(props, property) ? "" : (text(props[property]) ?? "");
                const size = policy.replace(/\s+/g, "").length;
                if (size > limit) {
                    report(`has ${property} of ${size} characters; allowed: ${limit}.`);
                }
            },
            () => {
                const description = text(props.description) ?? "";
                if (description.length > LONGEST_DESCRIPTION) {
                    report(
                        `has a description of ${description.length} characters; allowed: ${LONGEST_DESCRIPTION}.`,
                    );
                }
                const bad = REFUSED.exec(description)?.[0];
                if (bad !== undefined) {
                    report(
                        `has a description with the character ${named(bad)}; allowed: printable ones of Latin-1, tabs and line breaks.`,
                    );
                }
            },
            () => {
                judgeRanges(props, { maxSessionDuration: { min: 3600, max: 43200 } }, report);
            },
        );
    },
});

/** A character with its code, for those that look like others or like nothing. */
function named(character: string): string {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `${JSON.stringify(character)} (U+${code})`;
}
