import { ifKnown, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { isNarrowing } from "../../framework/narrowing";

export const rule = resourceRule({
    id: "lambda-permission-public",
    severity: "critical",
    description:
        "Functions can be called by those alone who are named, and by services only for the customer.",
    fix: "Name the principal; for a service set sourceArn or sourceAccount, for Amazon S3 sourceAccount.",
    frameworks: {
        controls: ["98"],
        securityHub: ["Lambda.1"],
        checkov: ["CKV_AWS_301", "CKV_AWS_364"],
    },
    types: ["aws:lambda/permission:Permission"],
    check: ({ props }, report) => {
        const principal = text(props.principal) ?? "";
        // What is not known yet is of a resource, and so is fixed.
        const has = (property: keyof typeof CONDITIONS): boolean =>
            isGiven(props, property) &&
            isNarrowing({
                StringLike: { [CONDITIONS[property]]: [ifKnown(() => text(props[property])) ?? "known"] },
            });
        if (principal === "*") {
            if (!has("principalOrgId") && !has("sourceAccount") && !has("sourceArn")) {
                report('lets anybody call the function: principal is "*".');
            }
        } else if (/\.amazonaws\.com(?:\.cn)?$/.test(principal)) {
            if (principal.startsWith("s3.")) {
                // The ARN of a bucket names no account, and a deleted bucket's name is anybody's.
                if (!has("sourceAccount")) {
                    report(`lets buckets of any account call the function: sourceAccount is not given.`);
                }
            } else if (!has("sourceArn") && !has("sourceAccount") && !has("principalOrgId")) {
                report(
                    `lets ${principal} call the function for any customer: neither sourceArn nor sourceAccount is given.`,
                );
            }
        }
    },
});

/** Arguments that limit who may call, with the condition keys that they become. */
const CONDITIONS = {
    principalOrgId: "aws:PrincipalOrgID",
    sourceAccount: "aws:SourceAccount",
    sourceArn: "aws:SourceArn",
} as const;
