import {
    ifKnown,
    list,
    type Member,
    number,
    object,
    type Props,
    type StackView,
    stackRule,
    text,
} from "../../framework";
import { anyOf } from "../../framework/items";
import { BUCKET_TYPES, companionsOf, isEnabled } from "../shared/s3";

interface Config {
    readonly maxDays: number;
}

export const rule = stackRule<Config>({
    id: "s3-bucket-lifecycle",
    severity: "low",
    description:
        "S3 buckets have lifecycle rules, one of which clears away uploads that were never finished.",
    fix: "Add an aws.s3.BucketLifecycleConfiguration with an enabled rule for all objects that has abortIncompleteMultipartUpload.",
    frameworks: {
        controls: ["62"],
        securityHub: ["S3.13", "S3.10"],
        checkov: ["CKV2_AWS_61", "CKV_AWS_300"],
    },
    types: BUCKET_TYPES,
    config: {
        maxDays: {
            type: "integer",
            minimum: 1,
            default: 7,
            description: "After how many days unfinished uploads must be gone.",
        },
    },
    checkStack: (stack, report, { maxDays }) => {
        stack.each(stack.ofType(...BUCKET_TYPES), (bucket) => {
            const rules = rulesOf(stack, bucket);
            if (!anyOf(rules.map((rule) => () => isEnabled(rule())))) {
                report("has no lifecycle rule in force.", bucket);
            } else if (!anyOf(rules.map((rule) => () => clearsUploads(rule(), maxDays)))) {
                report(
                    `has no lifecycle rule that clears unfinished uploads of all objects after ${maxDays} days.`,
                    bucket,
                );
            }
        });
    },
});

function rulesOf(stack: StackView, bucket: Member): readonly (() => Props)[] {
    const standalone = companionsOf(stack, bucket, "BucketLifecycleConfiguration");
    const lists =
        standalone.length > 0
            ? standalone.map(({ props }) => list(props.rules))
            : [list(ifKnown(() => bucket.props.lifecycleRules))];
    return lists.flatMap((rules) =>
        Array.from({ length: rules.length }, (_, index) => () => object(rules[index])),
    );
}

function clearsUploads(rule: Props, maxDays: number): boolean {
    const { daysAfterInitiation } = object(rule.abortIncompleteMultipartUpload);
    const days = number(daysAfterInitiation) ?? number(rule.abortIncompleteMultipartUploadDays);
    return isEnabled(rule) && days !== undefined && days > 0 && days <= maxDays && isForAllObjects(rule);
}

function isForAllObjects(rule: Props): boolean {
    const filter = object(rule.filter);
    const narrow = ["and", "tag", "objectSizeGreaterThan", "objectSizeLessThan"].some(
        (key) => filter[key] !== undefined && filter[key] !== null,
    );
    return (
        !narrow &&
        (text(filter.prefix) ?? "") === "" &&
        (text(rule.prefix) ?? "") === "" &&
        Object.keys(object(rule.tags)).length === 0
    );
}
