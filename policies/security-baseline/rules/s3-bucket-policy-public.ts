import { isPublic, resourceRule, type Statement, statementsOf } from "../../framework";
import { BUCKET_TYPES, companionTypes } from "../shared/s3";

export const rule = resourceRule({
    id: "s3-bucket-policy-public",
    severity: "critical",
    description: "Policies of S3 buckets let nobody in whom they do not name.",
    fix: "Name the accounts, roles or services that need the bucket, or narrow the statement by a condition on account, organisation, source or VPC.",
    frameworks: {
        controls: ["65"],
        securityHub: ["S3.2", "S3.3", "S3.6"],
        checkov: ["CKV_AWS_70"],
    },
    types: [...BUCKET_TYPES, ...companionTypes("BucketPolicy")],
    check: ({ props }, report) => {
        (statementsOf(props.policy) ?? []).forEach((statement, index) => {
            if (isPublic(statement)) {
                report(
                    `lets anybody in: ${nameOf(statement, index)} allows ${actionsOf(statement)} to everyone.`,
                );
            }
        });
    },
});

function nameOf({ sid }: Statement, index: number): string {
    return sid === undefined ? `statement ${index}` : `statement "${sid}"`;
}

function actionsOf({ actions, notActions }: Statement): string {
    return actions.length > 0 ? actions.join(", ") : `everything but ${notActions.join(", ")}`;
}
