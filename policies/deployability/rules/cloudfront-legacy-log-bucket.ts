import { ifKnown, type Member, object, stackRule, type StackView, text } from "../../framework";
import { isInput } from "../../framework/items";
import { BUCKETS, DISTRIBUTION } from "../shared/types";

const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";

export const rule = stackRule({
    id: "cloudfront-legacy-log-bucket",
    severity: "high",
    description: "Standard logs of the old kind go to a bucket by its domain name, and the bucket has ACLs.",
    fix: 'Deliver logs by LogDeliverySource and LogDelivery, or give the bucket objectOwnership "BucketOwnerPreferred".',
    frameworks: { controls: ["F5.15"] },
    types: [DISTRIBUTION],
    checkStack: (stack, report) => {
        const logging = stack.ofType(DISTRIBUTION).filter((each) => isInput(each, "loggingConfig"));
        stack.each(logging, (distribution) => {
            const [bucket] = stack.referencesOf(distribution, "loggingConfig", ...BUCKETS);
            const name = ifKnown(() => text(object(distribution.props.loggingConfig).bucket));
            if (
                name !== undefined &&
                name !== "" &&
                !/\.s3[.-].*amazonaws\.com$|\.s3\.amazonaws\.com$/.test(name)
            ) {
                report(
                    `has loggingConfig.bucket "${name}", which is not the domain name of a bucket.`,
                    distribution,
                );
            }
            if (bucket === undefined) {
                // Buckets of elsewhere are judged there; an unknown one throws.
                text(object(distribution.props.loggingConfig).bucket);
            } else if (!hasAcls(stack, bucket)) {
                report(`writes logs to ${bucket.name}, which has no ACLs.`, distribution);
            }
        });
    },
});

/** Whether the bucket has access control lists: by default they are off. */
function hasAcls(stack: StackView, bucket: Member): boolean {
    return stack
        .referrersOf(bucket, OWNERSHIP, "bucket")
        .some(
            ({ props }) =>
                text(object(props.rule).objectOwnership)?.startsWith("BucketOwnerEnforced") === false,
        );
}
