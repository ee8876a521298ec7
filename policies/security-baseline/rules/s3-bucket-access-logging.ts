import { stackRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { BUCKET_TYPES, companionsOf, inlineOf, logSourcesOf } from "../shared/s3";

interface Config {
    readonly logTargets: boolean;
}

export const rule = stackRule<Config>({
    id: "s3-bucket-access-logging",
    severity: "medium",
    description: "S3 buckets log who reads and writes them.",
    fix: "Add an aws.s3.BucketLogging for the bucket, to a log bucket of the same region and account.",
    frameworks: {
        controls: ["60"],
        securityHub: ["S3.9"],
        cisV3: ["3.4"],
        cisV5: ["3.4"],
        checkov: ["CKV_AWS_18"],
    },
    types: BUCKET_TYPES,
    config: {
        logTargets: {
            type: "boolean",
            default: true,
            description: "Whether buckets that receive access logs need none of their own.",
        },
    },
    checkStack: (stack, report, { logTargets }) => {
        stack.each(stack.ofType(...BUCKET_TYPES), (bucket) => {
            const logs =
                companionsOf(stack, bucket, "BucketLogging").length > 0 ||
                isGiven(inlineOf(bucket, "logging"), "targetBucket");
            if (!logs && !(logTargets && logSourcesOf(stack, bucket).length > 0)) {
                report("has no access log.", bucket);
            }
        });
    },
});
