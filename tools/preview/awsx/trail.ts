/** The children of `awsx.cloudtrail.Trail`. Names and inputs are the plugin's (pulumi/pulumi-awsx, awsx/cloudtrail). */
import { type Resource } from "../deployment";
import { type Properties } from "../types";
import { derived, plainValue } from "../values";
import { type Children, type Expansion, expansion, ofClass, onlyOneOf, outputOf, record } from "./children";

const TRAIL = "aws:cloudtrail/trail:Trail";

interface TrailBucket {
    readonly bucket?: Resource;
    readonly name: unknown;
    readonly arn: unknown;
}

async function bucketOf(children: Children, given: Properties): Promise<TrailBucket> {
    onlyOneOf(given, ["existing", "args"]);
    const existing = given["existing"] === undefined ? undefined : record(given["existing"]);
    if (existing !== undefined) {
        const { arn, name } = existing;
        return {
            name: name ?? derived([arn], (text) => String(text).split(":").at(-1)),
            arn: arn ?? derived([name], (text) => `arn:aws:s3:::${String(text)}`),
        };
    }
    const bucket = await children.make("aws:s3/bucket:Bucket", children.goal.name, {
        forceDestroy: true,
        ...record(given["args"]),
    });
    return { bucket, name: outputOf(bucket, "bucket"), arn: outputOf(bucket, "arn") };
}

function policyOf(arn: unknown): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "AWSCloudTrailAclCheck",
                Effect: "Allow",
                Principal: { Service: "cloudtrail.amazonaws.com" },
                Action: ["s3:GetBucketAcl"],
                Resource: [arn],
            },
            {
                Sid: "AWSCloudTrailWrite",
                Effect: "Allow",
                Principal: { Service: "cloudtrail.amazonaws.com" },
                Action: ["s3:PutObject"],
                Resource: [`${String(arn)}/*`],
                Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
            },
        ],
    });
}

/** Makes what an `awsx.cloudtrail.Trail` is made of. It is not told of its log group: awsx hands on a name that the trail does not have. */
export async function expandTrail(children: Children): Promise<Expansion> {
    const { goal } = children;
    const { bucket, name, arn } = await bucketOf(children, record(goal.inputs["s3Bucket"]));
    const policy = await children.make(
        "aws:s3/bucketPolicy:BucketPolicy",
        goal.name,
        { bucket: name, policy: derived([arn], policyOf) },
        { dependsOn: bucket === undefined ? [] : [bucket] },
    );
    const logs = record(goal.inputs["cloudWatchLogsGroup"]);
    const logGroup =
        plainValue(logs["enable"]) === true && logs["existing"] === undefined
            ? await children.make("aws:cloudwatch/logGroup:LogGroup", goal.name, record(logs["args"]))
            : undefined;
    const trail = await children.make(
        TRAIL,
        goal.name,
        { ...ofClass(TRAIL, goal.inputs), s3BucketName: name },
        { dependsOn: [policy] },
    );
    return expansion({ bucket, logGroup, trail }, {}, children);
}
