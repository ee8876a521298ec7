import { ifKnown, type Member, number, object, type StackView, stackRule } from "../../framework";
import { anyOf } from "../../framework/items";
import { tagOf } from "../../framework/tags";
import { BUCKET_TYPES, companionsOf, inlineOf } from "../shared/s3";

interface Config {
    readonly tag: string;
    readonly classifications: readonly string[];
}

export const rule = stackRule<Config>({
    id: "s3-bucket-object-lock",
    severity: "medium",
    level: "advisory",
    description:
        "S3 buckets with audit trails or backups keep what is written from being deleted for a time.",
    fix: "Make the bucket with objectLockEnabled, and add an aws.s3.BucketObjectLockConfiguration with a default retention.",
    frameworks: { controls: ["64"], securityHub: ["S3.15"], checkov: ["CKV_AWS_143"] },
    types: BUCKET_TYPES,
    config: {
        tag: {
            type: "string",
            default: "purpose",
            description: "The tag that says what a bucket is for.",
        },
        classifications: {
            type: "array",
            items: { type: "string" },
            default: ["audit", "backup"],
            description:
                "Values of the tag that ask for a lock. Buckets of a CloudTrail trail need one anyway.",
        },
    },
    checkStack: (stack, report, { tag, classifications }) => {
        stack.each(stack.ofType(...BUCKET_TYPES), (bucket) => {
            const isWanted =
                isTrailStore(stack, bucket) || classifications.includes(tagOf(bucket, tag) ?? "");
            if (!isWanted) {
                return;
            }
            const locks = companionsOf(stack, bucket, "BucketObjectLockConfiguration");
            const retains = [
                ...locks.map(
                    ({ props }) =>
                        () =>
                            isRetention(object(props.rule).defaultRetention),
                ),
                () => isRetention(object(inlineOf(bucket, "objectLockConfiguration").rule).defaultRetention),
            ];
            if (!anyOf(retains)) {
                report(
                    locks.length === 0
                        ? "has no object lock."
                        : "has an object lock without a default retention, which keeps nothing.",
                    bucket,
                );
            }
        });
    },
});

function isTrailStore(stack: StackView, bucket: Member): boolean {
    return stack.once(trailStores).has(bucket);
}

function trailStores(stack: StackView): ReadonlySet<Member> {
    return new Set(
        stack
            .ofType("aws:cloudtrail/trail:Trail")
            .flatMap((trail) =>
                ifKnown(() => stack.referencesOf(trail, "s3BucketName", ...BUCKET_TYPES), []),
            ),
    );
}

function isRetention(value: unknown): boolean {
    const { days, years } = object(value);
    return (number(days) ?? 0) > 0 || (number(years) ?? 0) > 0;
}
