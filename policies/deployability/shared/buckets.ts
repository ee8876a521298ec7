import { type Member, type StackView } from "../../framework";

/** The types, old and new, of a resource that configures a bucket, such as `BucketPolicy`. */
export function companionTypes(kind: string): readonly string[] {
    const token = `aws:s3/b${kind.slice(1)}`;
    return [`${token}:${kind}`, `${token}V2:${kind}V2`];
}

/** The resources of a kind that configure the bucket. */
export function companionsOf(stack: StackView, bucket: Member, kind: string): readonly Member[] {
    return companionTypes(kind).flatMap((type) => stack.referrersOf(bucket, type, "bucket"));
}
