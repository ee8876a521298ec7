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
import { put } from "../../framework/relations";
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
    const writers = stack.once(logWriters);
    const fromBuckets =
        companionTypes("BucketLogging").some(
            (type) => stack.referrersOf(bucket, type, "targetBucket").length > 0,
        ) || writers.to(bucket).some(({ type }) => isBucket(type));
    if (fromBuckets) {
        found.push("buckets");
    }
    for (const balancer of writers.to(bucket).filter(({ type }) => !isBucket(type))) {
        const isNetwork = ifKnown(() => isKind(balancer.props, "network"), false);
        found.push(isNetwork ? "network load balancers" : "load balancers");
    }
    if (policiesOfBucket(stack, bucket).some((policy) => ifKnown(() => letsLogsIn(policy()), false))) {
        found.push("its policy");
    }
    return found;
}

function isBucket(type: string): boolean {
    return (BUCKET_TYPES as readonly string[]).includes(type);
}

/** What refers to a bucket: what depends on it, or has its name. */
class Writers {
    readonly #byBucket = new Map<Member, Member[]>();
    readonly #byName = new Map<string, Member[]>();

    add(writer: Member, property: string, name: unknown): void {
        for (const bucket of writer.propertyDependencies[property] ?? []) {
            put(this.#byBucket, bucket, writer);
        }
        if (typeof name === "string" && name !== "") {
            put(this.#byName, name, writer);
        }
    }

    to(bucket: Member): readonly Member[] {
        const name = ifKnown(() => text(bucket.props.bucket)) ?? "";
        return [...new Set([...(this.#byBucket.get(bucket) ?? []), ...(this.#byName.get(name) ?? [])])];
    }
}

/** Buckets and load balancers that write access logs, by where to. */
function logWriters(stack: StackView): Writers {
    const writers = new Writers();
    for (const bucket of stack.ofType(...BUCKET_TYPES)) {
        writers.add(bucket, "logging", inlineOf(bucket, "logging").targetBucket);
    }
    for (const balancer of stack.ofType(...BALANCER_TYPES, ...CLASSIC_BALANCER_TYPES)) {
        for (const property of ["accessLogs", "connectionLogs"]) {
            writers.add(
                balancer,
                property,
                ifKnown(() => object(balancer.props[property]).bucket),
            );
        }
    }
    return writers;
}

function letsLogsIn(policy: unknown): boolean {
    return (statementsOf(policy) ?? []).some(
        ({ effect, principals }) =>
            effect === "Allow" && (principals.Service ?? []).some((service) => LOG_WRITERS.includes(service)),
    );
}

/** Whether a replication of the stack brings the bucket's objects from another bucket. */
export function isReplica(stack: StackView, bucket: Member): boolean {
    return stack.once(replicas).has(bucket);
}

function replicas(stack: StackView): ReadonlySet<Member> {
    return new Set(
        stack.ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig").flatMap((replication) => {
            const sources = stack.referencesOf(replication, "bucket", ...BUCKET_TYPES);
            return destinationsOf(stack, replication).filter((bucket) => !sources.includes(bucket));
        }),
    );
}

/** The buckets of the stack that a replication writes to. */
export function destinationsOf(stack: StackView, replication: Member): readonly Member[] {
    const related = (replication.propertyDependencies.rules ?? []).filter(({ type }) => isBucket(type));
    const arns = list(ifKnown(() => replication.props.rules)).map((rule) =>
        ifKnown(() => text(object(object(rule).destination).bucket)),
    );
    const byArn = stack.once(bucketsByArn);
    return [...new Set([...related, ...arns.flatMap((arn) => byArn.get(arn ?? "") ?? [])])];
}

function bucketsByArn(stack: StackView): ReadonlyMap<string, readonly Member[]> {
    const byArn = new Map<string, Member[]>();
    for (const bucket of stack.ofType(...BUCKET_TYPES)) {
        const name = ifKnown(() => text(bucket.props.bucket));
        if (name !== undefined) {
            put(byArn, `arn:aws:s3:::${name}`, bucket);
        }
    }
    return byArn;
}

/** Whether a rule of a replication or lifecycle configuration is in force. */
export function isEnabled(rule: Props): boolean {
    return text(rule.status) === "Enabled" || flag(rule.enabled) === true;
}
