import {
    flag,
    ifKnown,
    list,
    type Member,
    object,
    type Props,
    type StackView,
    statementsOf,
    text,
} from "../../framework";
import { BALANCER_TYPES, CLASSIC_BALANCER_TYPES, isKind } from "./balancers";

/** Buckets, with the deprecated twin. */
export const BUCKET_TYPES = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/** A kind of resource that configures a bucket, with the deprecated twin of its type. */
export function companionTypes(kind: string): readonly string[] {
    const token = `aws:s3/b${kind.slice(1)}:${kind}`;
    return [token, token.replace(/:Bucket/, "V2:Bucket").concat("V2")];
}

/** The resources of a kind, such as `BucketVersioning`, that configure the bucket. */
export function companionsOf(stack: StackView, bucket: Member, kind: string): readonly Member[] {
    return companionTypes(kind).flatMap((type) => stack.referrersOf(bucket, type, "bucket"));
}

/**
 * What the bucket says inline about a topic that has its own resource. Empty where it is unknown: the provider
 * computes it then, from what the resource for it says.
 */
export function inlineOf(bucket: Member, property: string): Props {
    const value = ifKnown(() => bucket.props[property]);
    const first: unknown = Array.isArray(value) ? ifKnown(() => (value as unknown[])[0]) : value;
    return object(first);
}

/** The policies of a bucket: documents, or functions that throw where they are unknown. */
export function policiesOfBucket(stack: StackView, bucket: Member): readonly (() => unknown)[] {
    // Unknown without anything that it could come from, it is what the provider computes from the resource for it.
    const isInline =
        (bucket.propertyDependencies.policy ?? []).length > 0 ||
        ifKnown(() => bucket.props.policy) !== undefined;
    return [
        ...(isInline ? [() => bucket.props.policy] : []),
        ...companionsOf(stack, bucket, "BucketPolicy").map((policy) => () => policy.props.policy),
    ];
}

/** Services that write access logs, and to buckets that encrypt with S3's own keys alone. */
const LOG_WRITERS = ["logging.s3.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com"];

/** What a bucket receives access logs from. */
export type LogSource = "buckets" | "load balancers" | "network load balancers" | "its policy";

/** Where the access logs come from that a bucket receives; empty for a bucket that receives none. */
export function logSourcesOf(stack: StackView, bucket: Member): readonly LogSource[] {
    const found: LogSource[] = [];
    const fromBuckets =
        companionTypes("BucketLogging").some(
            (type) => stack.referrersOf(bucket, type, "targetBucket").length > 0,
        ) ||
        stack
            .ofType(...BUCKET_TYPES)
            .some((other) => names(other, "logging", inlineOf(other, "logging").targetBucket, bucket));
    if (fromBuckets) {
        found.push("buckets");
    }
    for (const balancer of stack.ofType(...BALANCER_TYPES, ...CLASSIC_BALANCER_TYPES)) {
        const sends = ["accessLogs", "connectionLogs"].some((property) =>
            names(
                balancer,
                property,
                ifKnown(() => object(balancer.props[property]).bucket),
                bucket,
            ),
        );
        if (sends) {
            const isNetwork = ifKnown(() => isKind(balancer.props, "network"), false);
            found.push(isNetwork ? "network load balancers" : "load balancers");
        }
    }
    if (policiesOfBucket(stack, bucket).some((policy) => ifKnown(() => letsLogsIn(policy()), false))) {
        found.push("its policy");
    }
    return found;
}

/** Whether a property refers to the bucket: it depends on it, or has its name. */
function names(member: Member, property: string, name: unknown, bucket: Member): boolean {
    const related = member.propertyDependencies[property] ?? [];
    return (
        related.some((other) => other.urn === bucket.urn) ||
        (typeof name === "string" && name !== "" && name === ifKnown(() => bucket.props.bucket))
    );
}

function letsLogsIn(policy: unknown): boolean {
    return (statementsOf(policy) ?? []).some(
        ({ effect, principals }) =>
            effect === "Allow" && (principals.Service ?? []).some((service) => LOG_WRITERS.includes(service)),
    );
}

/** Whether a replication of the stack brings the bucket's objects from another bucket. */
export function isReplica(stack: StackView, bucket: Member): boolean {
    return stack.ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig").some((replication) => {
        const isSource = stack
            .referencesOf(replication, "bucket", ...BUCKET_TYPES)
            .some((other) => other.urn === bucket.urn);
        return !isSource && destinationsOf(stack, replication).some((other) => other.urn === bucket.urn);
    });
}

/** The buckets of the stack that a replication writes to. */
export function destinationsOf(stack: StackView, replication: Member): readonly Member[] {
    const related = (replication.propertyDependencies.rules ?? []).filter((other) =>
        (BUCKET_TYPES as readonly string[]).includes(other.type),
    );
    const arns = list(ifKnown(() => replication.props.rules)).map((rule) =>
        ifKnown(() => text(object(object(rule).destination).bucket)),
    );
    const named = stack.ofType(...BUCKET_TYPES).filter((bucket) => {
        const name = ifKnown(() => text(bucket.props.bucket));
        return name !== undefined && arns.includes(`arn:aws:s3:::${name}`);
    });
    return [...new Set([...related, ...named])];
}

/** Whether a rule of a replication or lifecycle configuration is in force. */
export function isEnabled(rule: Props): boolean {
    return text(rule.status) === "Enabled" || flag(rule.enabled) === true;
}
