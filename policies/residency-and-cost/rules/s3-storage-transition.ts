import { stackRule } from "../../framework";
import { eachObject } from "../../framework/items";
import { list, number, object, text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";

interface Config {
    readonly shortLivedDays: number;
    readonly classificationTag: string;
    readonly exemptClassifications: readonly string[];
}

const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const LIFECYCLES = [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];
const TIERING = "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration";

export const rule = stackRule<Config>({
    id: "s3-storage-transition",
    severity: "low",
    description: "Objects that nobody reads any more move to cheaper storage, or go.",
    fix: "Add a lifecycle rule with a transition, to INTELLIGENT_TIERING if nothing is known of how objects are read.",
    frameworks: { controls: ["P32"] },
    level: "advisory",
    config: {
        shortLivedDays: {
            type: "integer",
            minimum: 0,
            default: 60,
            description: "Objects that expire within so many days need not move before.",
        },
        classificationTag: {
            type: "string",
            default: "data-classification",
            description: "The tag that says what kind of data a bucket holds.",
        },
        exemptClassifications: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Its values for buckets whose objects are read all the time.",
        },
    },
    types: BUCKETS,
    checkStack: (stack, report, config) => {
        stack.each(stack.ofType(...BUCKETS), (bucket) => {
            const classification = tagOf(bucket, config.classificationTag);
            if (classification !== undefined && config.exemptClassifications.includes(classification)) {
                return;
            }
            let moves = stack.referrersOf(bucket, TIERING, "bucket").length > 0;
            for (const type of LIFECYCLES) {
                for (const { props } of stack.referrersOf(bucket, type, "bucket")) {
                    eachObject(props.rules, (each) => {
                        const expires = number(object(each.expiration).days) ?? Infinity;
                        moves ||=
                            text(each.status) === "Enabled" &&
                            (list(each.transitions).length > 0 || expires <= config.shortLivedDays);
                    });
                }
            }
            if (!moves) {
                report("has no lifecycle rule that moves objects to cheaper storage.", bucket);
            }
        });
    },
});
