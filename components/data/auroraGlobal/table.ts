import {
    accountId,
    arnOf,
    flag,
    id,
    input,
    list,
    number,
    object,
    oneOf,
    region,
    required,
    subnetIds,
    tags,
    text,
    topicArns,
} from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import {
    type AuroraCapacity,
    type AuroraGlobalArgs,
    AuroraRole,
    type AuroraSecondary,
    type AuroraSecondaryMember,
    type AuroraSource,
} from "./args";

const CAPACITY: ArgumentTable<AuroraCapacity> = {
    minCapacity: required(number("a number of ACU from 0.5 to 256, or 0 in a standalone cluster")),
    maxCapacity: required(number("a number of ACU from 1 to 256")),
    standbyMinCapacity: number("a number of ACU from 0.5 to maxCapacity"),
    secondsUntilAutoPause: number("a number from 300 to 86400 in steps of 1"),
};

const SOURCE: ArgumentTable<AuroraSource> = {
    clusterArn: required(arnOf("rds", "the founding cluster")),
    engineVersion: required(text()),
    preparationFunctionName: required(text()),
};

const MEMBER: ArgumentTable<AuroraSecondaryMember> = {
    region: required(region()),
    clusterIdentifier: required(text()),
    subnetGroupName: required(text()),
    securityGroupId: required(id("sg-", "a security group")),
    clusterParameterGroupName: required(text()),
    instanceParameterGroupName: required(text()),
    // Of the member's region, which a Secondary has checked.
    kmsKeyArn: required(arnOf("kms", "a KMS key")),
    monitoringRoleArn: required(arnOf("iam", "a role")),
    port: required(number()),
    capacity: required(object(CAPACITY)),
    backupRetentionDays: required(number()),
    backupWindow: required(text()),
    maintenanceWindow: required(text()),
    performanceInsightsRetentionDays: required(number()),
    monitoringIntervalSeconds: required(number()),
    alarmTopicArns: required(list(arnOf("sns", "an SNS topic"))),
};

const ZONES = list(text("a zone of the region"), "at least 2 zones");

const SECONDARY: ArgumentTable<AuroraSecondary> = {
    region: required(region()),
    clusterIdentifier: required(text()),
    availabilityZones: required(ZONES),
    instanceCount: number("a whole number from 1 to 16"),
    member: required(input(object(MEMBER))),
};

/** The rules of AuroraGlobal's arguments. Which of them a role takes is for later checks. */
export const AURORA_ARGUMENTS: ArgumentTable<AuroraGlobalArgs> = {
    region: required(region()),
    accountId: required(input(accountId("an AWS account id: 12 digits"))),
    role: required(oneOf(AuroraRole)),
    globalClusterIdentifier: required(
        text("1 to 63 lower-case letters, digits and single hyphens, a letter first and no hyphen last"),
    ),
    parameterPrefix: required(
        text("parts of letters, digits and . _ - after a slash each, such as /shop/prod/database"),
    ),
    clusterIdentifier: text(
        "1 to 59 lower-case letters, digits and single hyphens, a letter first and no hyphen last",
    ),
    databaseName: required(text("1 to 63 lower-case letters, digits and underscores, a letter first")),
    engineVersion: text("a version of Aurora PostgreSQL, such as 18.6"),
    masterUsername: text("1 to 16 lower-case letters, digits and underscores, a letter first"),
    applicationUsername: text("1 to 63 lower-case letters, digits and underscores, a letter first"),
    port: number(),
    subnetIds: input(subnetIds("without a way out")),
    securityGroupId: input(id("sg-", "a security group")),
    availabilityZones: ZONES,
    instanceCount: number("a whole number from 1 to 16"),
    capacity: object(CAPACITY),
    standalone: flag(),
    isWriter: flag(),
    writerRegion: text("a region of the database"),
    replicaRegions: list(text("an AWS region code"), "a list of AWS region codes"),
    passwordRotationDays: number(),
    dataApi: flag(),
    backupRetentionDays: number(),
    backupWindow: text("hh:mm-hh:mm in UTC, such as 02:00-03:00"),
    maintenanceWindow: text("ddd:hh:mm-ddd:hh:mm in UTC and lower case, such as sun:04:00-sun:05:00"),
    performanceInsightsRetentionDays: number("7, a multiple of 31 up to 713, or 731"),
    monitoringIntervalSeconds: number("1, 5, 10, 15, 30 or 60"),
    logRetentionDays: number(),
    certificateBundlePath: text("an absolute path"),
    alarmTopicArns: input(topicArns()),
    source: input(object(SOURCE)),
    secondaries: list(object(SECONDARY), "a list of 1 to 10 regions"),
    deletionProtection: flag(),
    skipFinalSnapshot: flag(),
    backup: text("a tag's value: 1 to 256 letters, digits, spaces and _.:/=+-@"),
    tags: tags(),
};
