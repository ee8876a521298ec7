import { flag, object, stackRule, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { BUCKET_TYPES, companionsOf, inlineOf } from "../shared/s3";

export const rule = stackRule({
    id: "s3-bucket-versioning",
    severity: "high",
    description: "S3 buckets keep earlier versions of their objects.",
    fix: 'Add an aws.s3.BucketVersioning for the bucket with status "Enabled".',
    frameworks: { controls: ["59"], securityHub: ["S3.14"], checkov: ["CKV_AWS_21"] },
    types: BUCKET_TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...BUCKET_TYPES), (bucket) => {
            const versionings = companionsOf(stack, bucket, "BucketVersioning");
            const enabled = versionings.map(
                ({ props }) =>
                    () =>
                        text(object(props.versioningConfiguration).status) === "Enabled",
            );
            if (!anyOf(enabled) && flag(inlineOf(bucket, "versioning").enabled) !== true) {
                report(
                    versionings.length === 0 ? "has no versioning." : "has versioning that is not enabled.",
                    bucket,
                );
            }
        });
    },
});
