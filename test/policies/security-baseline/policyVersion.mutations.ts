/** Policies in an older version of the language. */
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const POLICY = "aws:iam/policy:Policy";

const document = (resource: string, version?: string): string =>
    JSON.stringify({
        ...(version === undefined ? {} : { Version: version }),
        Statement: [{ Effect: "Deny", Action: "s3:GetObject", Resource: resource }],
    });
const PLAIN = "arn:aws:s3:::wares/*";
const VARIABLE = "arn:aws:s3:::wares/${aws:username}/*";

const fixture: readonly FixtureResource[] = [
    { type: POLICY, name: "lone", inputs: { policy: document(PLAIN, "2012-10-17") } },
];

function changed(rule: string, title: string, policy: string): Accepted {
    return {
        rule,
        title,
        fixture,
        change: (stack) => {
            stack.set(stack.find(POLICY, "lone"), "policy", policy);
        },
    };
}

export const mutants: readonly Mutant[] = [
    {
        ...changed("iam-policy-version", "the version before", document(PLAIN, "2008-10-17")),
        message: 'has policy with Version "2008-10-17".',
    },
    {
        ...changed("iam-policy-version", "no version", document(PLAIN)),
        message: "has policy with no Version.",
    },
    {
        ...changed(
            "iam-policy-variables",
            "a variable in the version before",
            document(VARIABLE, "2008-10-17"),
        ),
        message: 'has policy with ${aws:username} and Version "2008-10-17", in which it is plain text.',
    },
    {
        ...changed("iam-policy-variables", "a variable without a version", document(VARIABLE)),
        message: "has policy with ${aws:username} and no Version",
    },
];

export const accepted: readonly Accepted[] = [
    changed("iam-policy-version", "the current version", document(VARIABLE, "2012-10-17")),
    changed("iam-policy-variables", "a variable in the current version", document(VARIABLE, "2012-10-17")),
    changed("iam-policy-variables", "a placeholder of a template", document("arn:aws:s3:::${bucket}/*")),
];
