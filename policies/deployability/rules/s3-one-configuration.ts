import { stackRule, text } from "../../framework";
import { companionTypes } from "../shared/buckets";
import { BUCKETS } from "../shared/types";

const KINDS = [
    ...["BucketLifecycleConfiguration", "BucketNotification", "BucketPolicy", "BucketReplicationConfig"],
    ...[
        "BucketServerSideEncryptionConfiguration",
        "BucketVersioning",
        "BucketLogging",
        "BucketCorsConfiguration",
    ],
    ...["BucketPublicAccessBlock", "BucketOwnershipControls", "BucketWebsiteConfiguration", "BucketAcl"],
    ...["BucketAccelerateConfiguration", "BucketObjectLockConfiguration"],
];

export const rule = stackRule({
    id: "s3-one-configuration",
    severity: "high",
    description: "A bucket has one resource for each part of its configuration, because the last one wins.",
    fix: "Put all rules, statements or targets into one resource.",
    frameworks: { controls: ["F9.7"] },
    types: KINDS.flatMap((kind) => companionTypes(kind)),
    checkStack: (stack, report) => {
        for (const kind of KINDS) {
            const owners = new Map<string, string>();
            stack.each(stack.ofType(...companionTypes(kind)), (part) => {
                const [bucket] = stack.referencesOf(part, "bucket", ...BUCKETS);
                const key = bucket?.urn ?? text(part.props.bucket) ?? "";
                const owner = owners.get(key);
                if (owner !== undefined) {
                    report(`configures the same bucket as ${owner}.`, part);
                }
                owners.set(key, owner ?? part.name);
            });
        }
    },
});
