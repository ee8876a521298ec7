import {
    AuroraGlobal,
    type AuroraGlobalArgs,
    AuroraRole,
    type AuroraSecondaryMember,
    type AuroraSource,
} from "../../../components/data/auroraGlobal/auroraGlobal";
import {
    AuroraReplication,
    type AuroraReplicationArgs,
    type AuroraSecondary,
} from "../../../components/data/auroraReplication/auroraReplication";
import { previewProgram, type ProgramPreview, TEST_ACCOUNT, testProvider } from "../preview";

export const HOME = "us-east-1";
export const ABROAD = "eu-central-1";
export const THIRD = "ap-southeast-2";
export const NAME = "shop-db";

const SHARED = {
    globalClusterIdentifier: "meridian-prod",
    databaseName: "shop",
    parameterPrefix: "/meridian/prod/database",
};

/** Arguments of a founding region that are fine. */
export const PRIMARY: AuroraGlobalArgs = {
    ...SHARED,
    region: HOME,
    accountId: TEST_ACCOUNT,
    role: AuroraRole.Primary,
    clusterIdentifier: "meridian-prod-us",
    subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
    securityGroupId: "sg-0data",
    availabilityZones: [`${HOME}a`, `${HOME}b`, `${HOME}c`],
    capacity: { minCapacity: 8, maxCapacity: 32, standbyMinCapacity: 2 },
    replicaRegions: [ABROAD],
    alarmTopicArns: [`arn:aws:sns:${HOME}:${TEST_ACCOUNT}:alarms`],
};

/** Arguments of another region that are fine. */
export const SECONDARY: AuroraGlobalArgs = {
    ...SHARED,
    region: ABROAD,
    accountId: TEST_ACCOUNT,
    role: AuroraRole.Secondary,
    clusterIdentifier: "meridian-prod-eu",
    subnetIds: ["subnet-1a", "subnet-1b", "subnet-1c"],
    securityGroupId: "sg-1data",
    capacity: { minCapacity: 8, maxCapacity: 32, standbyMinCapacity: 2 },
    alarmTopicArns: [`arn:aws:sns:${ABROAD}:${TEST_ACCOUNT}:alarms`],
};

/** What a founding region's stack gives out. */
export const SOURCE: AuroraSource = {
    clusterArn: `arn:aws:rds:${HOME}:${TEST_ACCOUNT}:cluster:meridian-prod-us`,
    engineVersion: "18.6",
    preparationFunctionName: "shop-db-preparation-0a1b2c3",
};

/** What another region's stack gives out. */
export function memberOf(region: string, clusterIdentifier: string): AuroraSecondaryMember {
    return {
        region,
        clusterIdentifier,
        subnetGroupName: "shop-db-subnets-0a1b2c3",
        securityGroupId: "sg-1data",
        clusterParameterGroupName: "shop-db-cluster-parameters-0a1b2c3",
        instanceParameterGroupName: "shop-db-instance-parameters-0a1b2c3",
        kmsKeyArn: `arn:aws:kms:${region}:${TEST_ACCOUNT}:key/11111111-2222-3333-4444-555555555555`,
        monitoringRoleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/shop-db-monitoring-role-0a1b2c3`,
        port: 5432,
        capacity: { minCapacity: 8, maxCapacity: 32, standbyMinCapacity: 2 },
        backupRetentionDays: 35,
        backupWindow: "02:00-03:00",
        maintenanceWindow: "sun:04:00-sun:05:00",
        performanceInsightsRetentionDays: 7,
        monitoringIntervalSeconds: 60,
        alarmTopicArns: [`arn:aws:sns:${region}:${TEST_ACCOUNT}:alarms`],
    };
}

/** A region that the database is replicated to. */
export function secondaryOf(region: string, clusterIdentifier: string): AuroraSecondary {
    return {
        region,
        clusterIdentifier,
        availabilityZones: [`${region}a`, `${region}b`, `${region}c`],
        member: memberOf(region, clusterIdentifier),
    };
}

/** Arguments of the global stack that are fine. */
export const REPLICATION: AuroraReplicationArgs = {
    ...SHARED,
    region: HOME,
    source: SOURCE,
    secondaries: [secondaryOf(ABROAD, "meridian-prod-eu")],
};

/** Runs a program with a region's member alone. What `outputs` picks of it become the stack's outputs. */
export async function previewDatabase(
    args: AuroraGlobalArgs,
    outputs: (database: AuroraGlobal) => Record<string, unknown> = () => ({}),
    name: string = NAME,
): Promise<ProgramPreview> {
    return previewProgram(() =>
        outputs(new AuroraGlobal(name, args, { providers: [testProvider(args.region)] })),
    );
}

/** Runs a program with the replication alone. What `outputs` picks of it become the stack's outputs. */
export async function previewReplication(
    args: AuroraReplicationArgs,
    outputs: (database: AuroraReplication) => Record<string, unknown> = () => ({}),
    name: string = NAME,
): Promise<ProgramPreview> {
    return previewProgram(() =>
        outputs(new AuroraReplication(name, args, { providers: [testProvider(args.region)] })),
    );
}

/** Runs a program with the component that the arguments are for. */
export async function previewEither(
    args: AuroraGlobalArgs | AuroraReplicationArgs,
    name: string = NAME,
): Promise<ProgramPreview> {
    return "role" in args
        ? previewDatabase(args, undefined, name)
        : previewReplication(args, undefined, name);
}
