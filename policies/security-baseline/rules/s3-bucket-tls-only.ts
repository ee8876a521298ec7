import { type Statement, stackRule, statementsOf } from "../../framework";
import { anyOf } from "../../framework/items";
import { BUCKET_TYPES, policiesOfBucket } from "../shared/s3";
import { isAboutTlsAlone } from "../shared/transport";

export const rule = stackRule({
    id: "s3-bucket-tls-only",
    severity: "high",
    description: "Policies of S3 buckets deny requests without TLS.",
    fix: 'Deny "s3:*" to everybody on the bucket and its objects where aws:SecureTransport is false.',
    frameworks: {
        controls: ["57"],
        securityHub: ["S3.5"],
        cisV3: ["2.1.1"],
        cisV5: ["2.1.1"],
        checkov: ["CKV_AWS_379"],
    },
    types: BUCKET_TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...BUCKET_TYPES), (bucket) => {
            const policies = policiesOfBucket(stack, bucket);
            const denies = policies.map((policy) => () => deniesPlainHttp(statementsOf(policy()) ?? []));
            if (!anyOf(denies)) {
                report(
                    policies.length === 0
                        ? "has no bucket policy, so requests without TLS are let in."
                        : "has a bucket policy that does not deny requests without TLS.",
                    bucket,
                );
            }
        });
    },
});

/** Whether statements deny everybody everything on bucket and objects that comes without TLS. */
function deniesPlainHttp(statements: readonly Statement[]): boolean {
    const denying = statements.filter(
        (statement) =>
            statement.effect === "Deny" &&
            (statement.principals.AWS ?? []).includes("*") &&
            statement.actions.some((action) => action === "*" || action.toLowerCase() === "s3:*") &&
            isAboutTlsAlone(statement),
    );
    const resources = denying.flatMap((statement) => statement.resources);
    return (
        resources.includes("*") ||
        (resources.some((resource) => resource.endsWith("/*")) &&
            resources.some((resource) => !resource.includes("/")))
    );
}
