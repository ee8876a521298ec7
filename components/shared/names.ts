import { type Problems } from "./validation";

/** Characters that Pulumi's auto-naming adds to a logical name: a hyphen and seven hexadecimal digits. */
export const AUTO_NAME_SUFFIX = 8;

/**
 * The longest physical name that AWS takes, by resource type.
 * Sources: the `max` of the name's shape in each service's API reference.
 */
export const NAME_LIMITS = {
    "aws:lb/loadBalancer:LoadBalancer": 32,
    "aws:lb/targetGroup:TargetGroup": 32,
    "aws:iam/role:Role": 64,
    "aws:iam/instanceProfile:InstanceProfile": 128,
    "aws:scheduler/schedule:Schedule": 64,
    "aws:lambda/function:Function": 64,
    "aws:cloudfront/originAccessControl:OriginAccessControl": 64,
    "aws:cloudfront/function:Function": 64,
    "aws:cloudwatch/eventRule:EventRule": 64,
    "aws:cloudwatch/eventArchive:EventArchive": 48,
    "aws:kinesis/stream:Stream": 128,
    "aws:sfn/stateMachine:StateMachine": 80,
    "aws:s3/bucket:Bucket": 63,
    "aws:rds/cluster:Cluster": 63,
    "aws:rds/clusterInstance:ClusterInstance": 63,
    "aws:arcregionswitch/plan:Plan": 32,
    "aws:backup/vault:Vault": 50,
    "aws:backup/plan:Plan": 50,
    "aws:backup/selection:Selection": 50,
    "aws:wafv2/webAcl:WebAcl": 128,
    "aws:sqs/queue:Queue": 80,
    "aws:sns/topic:Topic": 256,
    "aws:dynamodb/table:Table": 255,
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": 64,
    "aws:cloudtrail/trail:Trail": 128,
    "aws:elasticache/replicationGroup:ReplicationGroup": 40,
    "aws-native:personalize:Schema": 63,
} as const satisfies Record<string, number>;

export type NamedType = keyof typeof NAME_LIMITS;

/**
 * Notes a problem when a child's logical name would make a physical name longer than AWS takes.
 *
 * @param propertyPath The argument to blame; `name` for the component's own name.
 * @param logicalName The child's logical name.
 * @param type The child's type.
 */
export function checkNameLength(
    problems: Problems,
    propertyPath: string,
    logicalName: string,
    type: NamedType,
): void {
    const limit = NAME_LIMITS[type] - AUTO_NAME_SUFFIX;
    problems.check(
        logicalName.length <= limit,
        propertyPath,
        logicalName,
        `at most ${limit} characters, because ${type} names end at ${NAME_LIMITS[type]} and auto-naming adds ${AUTO_NAME_SUFFIX}`,
        `Shorten the component's name by ${logicalName.length - limit}`,
    );
}

/** Checks a component's name, where names of AWS's that take few characters are made from it. */
export function checkComponentName(problems: Problems, name: string): void {
    problems.check(
        /^[A-Za-z][A-Za-z0-9-]*$/.test(name),
        "name",
        name,
        "letters, digits and hyphens, a letter first",
    );
}
