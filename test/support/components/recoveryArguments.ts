/** Arguments of what watches regions and moves work between them, with everything that goes together. */
import { type FaultExperimentsArgs } from "../../../components/operations/faultExperiments/faultExperiments";
import { type RegionSwitchPlanArgs } from "../../../components/operations/regionSwitchPlan/regionSwitchPlan";
import { type SyntheticCanaryArgs } from "../../../components/operations/syntheticCanary/syntheticCanary";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";

export const [US, EU] = ["us-east-1", "eu-central-1"] as const;

/** An ARN in the test's account. */
export const arnIn = (region: string, service: string, rest: string): string =>
    `arn:aws:${service}:${region}:${TEST_ACCOUNT}:${rest}`;

const KEY = "key/00000000-1111-2222-3333-444444444444";
const GROUP = "autoScalingGroup:00000000-0000-0000-0000-000000000001:autoScalingGroupName/web";

export const clusterIn = (region: string): string => arnIn(region, "rds", "cluster:shop");
export const groupIn = (region: string): string => arnIn(region, "autoscaling", GROUP);
export const alarmIn = (region: string): string => arnIn(region, "cloudwatch", "alarm:world");

/** A plan with nothing that may be left out. */
export const goodPlan: RegionSwitchPlanArgs = {
    accountId: TEST_ACCOUNT,
    regions: [US, EU],
    database: {
        globalClusterIdentifier: "shop",
        clusterArns: { [EU]: clusterIn(EU), [US]: clusterIn(US) },
    },
    autoScalingGroups: [{ key: "web", arns: { [US]: groupIn(US), [EU]: groupIn(EU) } }],
};

export const fullPlan: RegionSwitchPlanArgs = {
    ...goodPlan,
    description: "Activates a region of the shop",
    trafficRecord: {
        hostedZoneId: "Z0123456789EXAMPLE0AB",
        recordName: "origin.shop.example.com",
        setIdentifiers: { [US]: "us", [EU]: "eu" },
    },
    alarms: [
        { key: "world-us", arn: alarmIn(US) },
        { key: "world-eu", arn: alarmIn(EU), activates: EU },
    ],
    minDelayMinutesBetweenExecutions: 30,
    recoveryTimeObjectiveMinutes: 15,
    reportBucketName: "shop-reports",
    reportKmsKeyArn: arnIn(EU, "kms", KEY),
};

export const fullCanary: SyntheticCanaryArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    host: "shop.example.com",
    paths: ["/", "/healthz"],
    intervalMinutes: 5,
    failuresToAlarm: 2,
    alarmTopicArn: arnIn(TEST_REGION, "sns", "alarms"),
    kmsKeyArn: arnIn(TEST_REGION, "kms", KEY),
    retentionDays: 31,
    runtimeVersion: "syn-nodejs-3.1",
    accessLogBucket: "shop-logs",
    deletionProtection: true,
};

const SUBNETS = ["1", "2"].map((id) => arnIn(TEST_REGION, "ec2", `subnet/subnet-${id}`));
const instanceTags = { stack: "prod-eu" };

export const fullFaults = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    stopAlarmArns: [arnIn(TEST_REGION, "cloudwatch", "alarm:unbearable")],
    kmsKeyArn: arnIn(TEST_REGION, "kms", KEY),
    logRetentionDays: 365,
    crossRegion: { peerRegion: "us-east-1", subnetArns: SUBNETS, durationMinutes: 10 },
    spotInterruption: { instanceTags, count: 2 },
    zonePower: {
        availabilityZone: `${TEST_REGION}a`,
        instanceTags,
        autoScalingGroupArns: [groupIn(TEST_REGION)],
        subnetArns: SUBNETS,
        databaseClusterArn: clusterIn(TEST_REGION),
        durationMinutes: 20,
    },
} satisfies FaultExperimentsArgs;
