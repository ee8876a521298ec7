import {
    flag,
    type Member,
    object,
    objects,
    type Props,
    type StackView,
    stackRule,
    text,
} from "../../framework";
import { isGiven } from "../../framework/items";
import { shown } from "../shared/judging";
import { BUCKET_TYPES, companionsOf, inlineOf, logSourcesOf } from "../shared/s3";

interface Config {
    readonly customerKey: boolean;
    readonly logTargets: boolean;
}

export const rule = stackRule<Config>({
    id: "s3-bucket-encryption",
    severity: "medium",
    description: "S3 buckets encrypt with KMS by default, and use a bucket key.",
    fix: 'Add an aws.s3.BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms" and bucketKeyEnabled.',
    frameworks: { controls: ["58"], securityHub: ["S3.17"], checkov: ["CKV_AWS_145"] },
    types: BUCKET_TYPES,
    config: {
        customerKey: {
            type: "boolean",
            default: false,
            description: "Whether the key must be the customer's; otherwise AWS's own for S3 will do.",
        },
        logTargets: {
            type: "boolean",
            default: true,
            description:
                "Whether buckets that receive access logs of buckets or application load balancers, which cannot write to a KMS-encrypted one, may use S3's own keys.",
        },
    },
    checkStack: (stack, report, config) => {
        stack.each(stack.ofType(...BUCKET_TYPES), (bucket) => {
            const rules = rulesOf(stack, bucket);
            const usesKms = rules.some(({ defaults }) => text(defaults.sseAlgorithm)?.startsWith("aws:kms"));
            if (!usesKms) {
                if (config.logTargets && needsOwnKeysOfS3(stack, bucket)) {
                    return;
                }
                // Without a configuration AWS encrypts with keys of S3's own.
                const algorithm = text(rules[0]?.defaults.sseAlgorithm) ?? "AES256";
                report(`does not encrypt with KMS: sseAlgorithm is ${shown(algorithm)}.`, bucket);
                return;
            }
            for (const { rule, defaults } of rules) {
                // Two layers of encryption know no bucket keys.
                if (text(defaults.sseAlgorithm) === "aws:kms" && flag(rule.bucketKeyEnabled) !== true) {
                    report(
                        `asks KMS for each object: bucketKeyEnabled is ${shown(rule.bucketKeyEnabled)}.`,
                        bucket,
                    );
                }
                if (config.customerKey && !isGiven(defaults, "kmsMasterKeyId")) {
                    report("has no key of the customer's: kmsMasterKeyId is not given.", bucket);
                }
            }
        });
    },
});

function rulesOf(stack: StackView, bucket: Member): readonly { rule: Props; defaults: Props }[] {
    const standalone = companionsOf(stack, bucket, "BucketServerSideEncryptionConfiguration");
    const rules =
        standalone.length > 0
            ? standalone.flatMap(({ props }) => objects(props.rules))
            : [object(inlineOf(bucket, "serverSideEncryptionConfiguration").rule)];
    return rules.map((rule) => ({ rule, defaults: object(rule.applyServerSideEncryptionByDefault) }));
}

function needsOwnKeysOfS3(stack: StackView, bucket: Member): boolean {
    return logSourcesOf(stack, bucket).some((source) => source !== "network load balancers");
}
