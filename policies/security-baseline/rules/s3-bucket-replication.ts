import { type Member, objects, regionOf, type StackView, stackRule } from "../../framework";
import { tagOf } from "../../framework/tags";
import { anyOf, isGiven } from "../../framework/items";
import {
    BUCKET_TYPES,
    companionsOf,
    destinationsOf,
    inlineOf,
    isEnabled,
    isReplica,
    logSourcesOf,
} from "../shared/s3";

interface Config {
    readonly tag: string;
    readonly classifications: readonly string[];
    readonly exempt: readonly string[];
    readonly origins: boolean;
}

export const rule = stackRule<Config>({
    id: "s3-bucket-replication",
    severity: "medium",
    description:
        "S3 buckets that viewers are served from, or whose classification asks for it, replicate to another region; personal data and access logs stay where they are.",
    fix: "Add an aws.s3.BucketReplicationConfig with an enabled rule to a bucket of another region.",
    frameworks: { controls: ["63"], securityHub: ["S3.7"], checkov: ["CKV_AWS_144"] },
    types: BUCKET_TYPES,
    config: {
        tag: {
            type: "string",
            default: "data-classification",
            description: "The tag that says what a bucket holds.",
        },
        classifications: {
            type: "array",
            items: { type: "string" },
            default: ["public"],
            description: "Values of the tag that ask for replication.",
        },
        exempt: {
            type: "array",
            items: { type: "string" },
            default: ["confidential", "pii"],
            description: "Values of the tag that keep a bucket where it is, even as an origin.",
        },
        origins: {
            type: "boolean",
            default: true,
            description: "Whether origins of a distribution replicate.",
        },
    },
    checkStack: (stack, report, config) => {
        const { tag, classifications, exempt } = config;
        stack.each(stack.ofType(...BUCKET_TYPES), (bucket) => {
            // What replication brings here need not be sent on, and access logs are worth little elsewhere.
            if (isReplica(stack, bucket) || logSourcesOf(stack, bucket).length > 0) {
                return;
            }
            const classification = tagOf(bucket, tag) ?? "";
            const wanted =
                classifications.includes(classification) ||
                (config.origins && isOrigin(stack, bucket) && !exempt.includes(classification));
            if (wanted) {
                judgeReplication(stack, bucket, report);
            }
        });
    },
});

function judgeReplication(
    stack: StackView,
    bucket: Member,
    report: (reason: string, resource: Member) => void,
): void {
    const replications = companionsOf(stack, bucket, "BucketReplicationConfig");
    if (replications.length === 0) {
        if (!isGiven(inlineOf(bucket, "replicationConfiguration"), "rules")) {
            report("does not replicate.", bucket);
        }
        return;
    }
    if (
        !anyOf(
            replications.map(
                ({ props }) =>
                    () =>
                        objects(props.rules).some(isEnabled),
            ),
        )
    ) {
        report("has no replication rule in force.", bucket);
        return;
    }
    const region = regionOf(bucket);
    const near = replications
        .flatMap((replication) => destinationsOf(stack, replication))
        .filter((destination) => destination.urn !== bucket.urn && regionOf(destination) === region);
    for (const destination of near) {
        report(`replicates to "${destination.name}", which is in the same region.`, bucket);
    }
}

function isOrigin(stack: StackView, bucket: Member): boolean {
    return stack.once(origins).has(bucket);
}

function origins(stack: StackView): ReadonlySet<Member> {
    return new Set(
        stack
            .ofType("aws:cloudfront/distribution:Distribution")
            .flatMap(({ propertyDependencies }) => propertyDependencies.origins ?? []),
    );
}
