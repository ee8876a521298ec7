import { resourceRule, text } from "../../framework";
import { isPending } from "../shared/pending";
import { isWithin, judge, judgeRanges } from "../shared/values";

/** Characters without white space that a policy may have. */
const SIZES: Readonly<Record<string, readonly [property: string, limit: number]>> = {
    "aws:iam/policy:Policy": ["policy", 6144],
    "aws:iam/rolePolicy:RolePolicy": ["policy", 10240],
    "aws:iam/userPolicy:UserPolicy": ["policy", 2048],
    "aws:iam/groupPolicy:GroupPolicy": ["policy", 5120],
    "aws:iam/role:Role": ["assumeRolePolicy", 4096],
};
const DESCRIPTION = /^[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*$/;
const DESCRIPTION_LENGTH = { min: 0, max: 1000 };

export const rule = resourceRule({
    id: "iam-limits",
    severity: "high",
    description:
        "Policies fit into the size that IAM takes, and roles have descriptions and sessions that it takes.",
    fix: "Split the policy, keep descriptions to Latin letters, and sessions to 3600 to 43200 seconds.",
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
                if (!DESCRIPTION.test(description) || !isWithin(description.length, DESCRIPTION_LENGTH)) {
                    report(`has description "${description.slice(0, 80)}".`);
                }
            },
            () => {
                judgeRanges(props, { maxSessionDuration: { min: 3600, max: 43200 } }, report);
            },
        );
    },
});
