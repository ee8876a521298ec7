import {
    accountId,
    allOf,
    arnOf,
    bucketName,
    byDefault,
    flag,
    hostedZoneId,
    id,
    input,
    keyArn,
    logRetention,
    map,
    numberOf,
    numberWhere,
    object,
    port,
    region,
    required,
    securityGroupIds,
    subnetIds,
    tags,
    text,
    textOf,
    textWhere,
    topicArns,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge, refusalsOf } from "../../shared/argumentTable";
import { certificateArn } from "../certificateArn";
import { variables } from "../environment";
import { pinnedImage } from "../imageReference";
import { isPort, show } from "../../shared/validation";
import { type TierArgs } from "./args";
import { CAPACITY } from "./capacityTable";
import { DEFAULT_PORTS } from "./settings";
import { HEALTH_CHECK_PATH_FORM, isHealthCheckPath } from "./healthCheckPath";

// What the CloudWatch agent listens on for traces, and the ports that an instance has in use besides.
export const TAKEN_PORTS: readonly number[] = [2000, 4317, 4318];

// Below these a program needs a capability that the container is not given.
export const FIRST_UNPRIVILEGED_PORT = 1024;

const instancePortOf = (args: Given): number => numberOf(args.instancePort, DEFAULT_PORTS.instancePort);

const isTagValue = unless(
    (value) => /^[\p{L}\p{N}\p{Z}_.:/=+\-@]{0,256}$/u.test(textOf(value)),
    "at most 256 letters, digits, spaces and _ . : / = + - @",
);

const isTagKey = allOf(
    // Amazon EC2 User Guide, "View tags for your EC2 instances using instance metadata": launches fail otherwise.
    unless(
        (key) =>
            /^[A-Za-z0-9+\-=.,_:@]{1,128}$/.test(textOf(key)) && ![".", "..", "_index"].includes(textOf(key)),
        "a key of 1 to 128 letters, digits and + - = . , _ : @",
    ),
    unless((key) => !/^aws:/i.test(textOf(key)), "a key that does not begin with aws:"),
);

/** The keys, and the values as far as they are known. */
const areInstanceTags: Judge = (given, ...around) =>
    Object.entries(given as Given).flatMap(([key, value]) => {
        const at = `[${show(key)}]`;
        return [
            ...refusalsOf(isTagKey(key, ...around)).map((refusal) => ({ ...refusal, at, shown: key })),
            ...refusalsOf(isTagValue(value, ...around)).map((refusal) => ({ ...refusal, at, shown: value })),
        ];
    });

/** Tags that an instance can read about itself. */
function instanceTags() {
    return {
        ...input(map({ ...input(text()), judgeLater: isTagValue }, tags().allowed, areInstanceTags)),
        judgeLater: areInstanceTags,
    };
}

/** The rules of the arguments that WebTier and ApiTier both take. */
export const TIER_ARGUMENTS: ArgumentTable<TierArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    vpcId: required(input(id("vpc-", "a VPC"))),
    balancerSubnetIds: required(input(subnetIds("for the balancer"))),
    balancerSecurityGroupIds: required(input(securityGroupIds())),
    instanceSubnetIds: required(input(subnetIds("for the instances"))),
    instanceSecurityGroupId: required(input(id("sg-", "a security group"))),
    instancePort: port("a TCP port from 1 to 65535"),
    image: pinnedImage(),
    containerPort: byDefault(
        DEFAULT_PORTS.containerPort,
        numberWhere(
            (value, args) =>
                isPort(value) &&
                value >= FIRST_UNPRIVILEGED_PORT &&
                value !== instancePortOf(args) &&
                !TAKEN_PORTS.includes(value),
            (args) =>
                `a TCP port from ${FIRST_UNPRIVILEGED_PORT} to 65535 other than instancePort (${instancePortOf(args)}), ${TAKEN_PORTS.join(", ")}`,
            { kind: `a TCP port from ${FIRST_UNPRIVILEGED_PORT} to 65535` },
        ),
    ),
    environment: variables(),
    healthCheckPath: textWhere(isHealthCheckPath, HEALTH_CHECK_PATH_FORM),
    hostedZoneId: required(input(hostedZoneId())),
    certificateArn: input(certificateArn()),
    capacity: object(CAPACITY),
    imageId: input(id("ami-", "a machine image")),
    kmsKeyArn: required(input(keyArn())),
    volumeKmsKeyArn: input(keyArn()),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    accessLogBucket: input(bucketName()),
    deletionProtection: flag(),
    permissionsBoundaryArn: input(arnOf("iam", "an IAM policy")),
    tags: instanceTags(),
};
