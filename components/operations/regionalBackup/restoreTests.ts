import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { functionErrorAlarm } from "../functionErrorAlarm";
import { createFunction, type FunctionPlace } from "../lambdaFunction";
import { type PolicyStatement } from "../../security/policyDocument";
import { BackupResourceType, type RegionalBackupArgs } from "./args";
import {
    alarmCommon,
    alarmOnEvent,
    alarmOnSilence,
    callFunction,
    type EventPlace,
    tellTopic,
    watch,
} from "../events";
import { createServiceRole } from "./plans";
import { copyRestoreSchedule, restoreSchedule } from "./schedule";
import { backupNames, type Settings } from "./settings";
import { type Vaults } from "./vaults";

/** Tests are four days apart at most; this leaves one for the restore. */
export const RESTORE_SILENCE_HOURS = 120;

/** What AWS Backup calls everything that it restores for a test. */
const RESTORED = "awsbackup-restore-test-*";

const RESTORE_POLICIES = {
    restores: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    "s3-restores": "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
};

/** What restore tests need. */
export interface RestoreTestPlace {
    readonly place: EventPlace & FunctionPlace;
    readonly vaults: Vaults;
    readonly deadLetterQueue: aws.sqs.Queue;
}

/** What others use of restore tests. */
export interface RestoreTests {
    readonly planName: pulumi.Output<string>;
    /** The role that AWS Backup restores with. */
    readonly roleArn: pulumi.Output<string>;
}

/**
 * Restores backups of each type on a schedule, has a function look into what was restored, and lets AWS Backup delete
 * it again. Personal data is restored in its own region too.
 */
export function createRestoreTests(
    parent: pulumi.Resource,
    name: string,
    args: RegionalBackupArgs,
    settings: Settings,
    made: RestoreTestPlace,
): RestoreTests {
    const { region } = args;
    const { place, vaults, deadLetterQueue } = made;
    const role = createServiceRole(
        parent,
        `${name}-restore`,
        { description: `Restores backups of ${region} to test them`, policies: RESTORE_POLICIES },
        args,
        settings,
    );
    const names = backupNames(args.namePrefix);
    const own: TestedVaults = {
        plan: createPlan(parent, `${name}-restore-tests`, args, settings, {
            planName: names.restoreTests,
            schedule: restoreSchedule(settings.startHour),
            vaultArns: [vaults.home.arn, vaults.personal.arn],
            // Not the latest: that would be a continuous backup every time, and snapshots are what is copied.
            pointTypes: ["CONTINUOUS", "SNAPSHOT"],
        }),
        prefix: `${name}-restored`,
        selection: "",
        types: [...new Set([...settings.standardTypes, ...settings.personalDataTypes])],
        of: "backup",
        days: "Tuesdays and Fridays",
    };
    const tested =
        settings.copyVaultArns.length === 0
            ? [own]
            : [own, testedCopies(parent, name, args, settings, vaults)];
    const planArns = tested.map(({ plan }) => plan.arn);
    const validation = createValidation(parent, name, args, planArns, made);
    for (const { days, of, plan, prefix, selection, types } of tested) {
        for (const type of types) {
            const typeName = `${prefix}-${type.toLowerCase()}`;
            new aws.backup.RestoreTestingSelection(
                typeName,
                {
                    region,
                    name: `${selection}${type.toLowerCase()}`,
                    restoreTestingPlanName: plan.name,
                    protectedResourceType: type,
                    // Everything of the type that the vaults hold: only what is tagged for it gets there.
                    protectedResourceArns: ["*"],
                    iamRoleArn: role,
                    validationWindowHours: 4,
                    ...overridesOf(type, args, vaults),
                },
                // AWS Backup takes no second selection of a name in a plan.
                { parent, deleteBeforeReplace: true },
            );
            watchType(parent, typeName, type, { ...place, plan, validation, deadLetterQueue, of, days });
        }
    }
    watchFailures(parent, name, place, planArns);
    return { planName: own.plan.name, roleArn: role };
}

/** Vaults whose backups are restored by a plan of their own. */
interface TestedVaults {
    readonly plan: aws.backup.RestoreTestingPlan;
    /** Begins the names of what looks after a type. */
    readonly prefix: string;
    /** Begins the name of a type's selection. */
    readonly selection: string;
    readonly types: readonly BackupResourceType[];
    /** What is restored, in words. */
    readonly of: string;
    readonly days: string;
}

/**
 * Copies of other regions' backups are what is left when such a region is lost. They have a plan of their own: in one
 * with the region's own backups nobody would hear that they are never restored.
 */
function testedCopies(
    parent: pulumi.Resource,
    name: string,
    args: RegionalBackupArgs,
    settings: Settings,
    vaults: Vaults,
): TestedVaults {
    return {
        plan: createPlan(parent, `${name}-restore-tests-of-copies`, args, settings, {
            planName: backupNames(args.namePrefix).copyRestoreTests,
            schedule: copyRestoreSchedule(settings.startHour),
            vaultArns: settings.copyVaultArns,
            // A pattern may hold them, and they have a plan already.
            exceptArns: [vaults.home.arn, vaults.personal.arn],
            // A copy is a snapshot always.
            pointTypes: ["SNAPSHOT"],
        }),
        prefix: `${name}-restored-copies`,
        selection: "copies_",
        types: settings.standardTypes,
        of: "copy of another region's backup",
        days: "Mondays and Thursdays",
    };
}

function createPlan(
    parent: pulumi.Resource,
    name: string,
    { region }: RegionalBackupArgs,
    settings: Settings,
    plan: {
        readonly planName: string;
        readonly schedule: string;
        readonly vaultArns: pulumi.Input<string>[];
        readonly exceptArns?: pulumi.Input<string>[];
        readonly pointTypes: string[];
    },
): aws.backup.RestoreTestingPlan {
    return new aws.backup.RestoreTestingPlan(
        name,
        {
            region,
            name: plan.planName,
            scheduleExpression: plan.schedule,
            scheduleExpressionTimezone: "Etc/UTC",
            startWindowHours: 4,
            recoveryPointSelection: {
                algorithm: "RANDOM_WITHIN_WINDOW",
                includeVaults: plan.vaultArns,
                ...(plan.exceptArns === undefined ? {} : { excludeVaults: plan.exceptArns }),
                recoveryPointTypes: plan.pointTypes,
                selectionWindowDays: 7,
            },
            tags: settings.tags,
        },
        { parent },
    );
}

/**
 * What AWS Backup cannot guess. Source: AWS Backup Developer Guide, "Restore testing inferred metadata", which wants
 * lists as JSON.
 */
function overridesOf(
    type: BackupResourceType,
    { restoreNetwork }: RegionalBackupArgs,
    { personal }: Vaults,
): Pick<aws.backup.RestoreTestingSelectionArgs, "restoreMetadataOverrides"> {
    switch (type) {
        case BackupResourceType.Aurora:
            return restoreNetwork === undefined
                ? {}
                : {
                      restoreMetadataOverrides: {
                          dbSubnetGroupName: restoreNetwork.subnetGroupName,
                          vpcSecurityGroupIds: pulumi.jsonStringify([restoreNetwork.securityGroupId]),
                      },
                  };
        case BackupResourceType.S3:
            // Restored personal data is under our own key too.
            return { restoreMetadataOverrides: { encryptionType: "SSE-KMS", kmsKey: personal.keyArn } };
        case BackupResourceType.DynamoDB:
            return {};
    }
}

function createValidation(
    parent: pulumi.Resource,
    name: string,
    args: RegionalBackupArgs,
    planArns: readonly pulumi.Output<string>[],
    { place, vaults, deadLetterQueue }: RestoreTestPlace,
): aws.lambda.Function {
    const validation = createFunction(
        `${name}-validate-restore`,
        place,
        {
            code: "validate-restore",
            description: "Looks into what a restore test restored and tells AWS Backup what it found",
            // More than the four minutes for which it waits for a restored database or table.
            timeoutSeconds: 300,
            environment: {
                RESTORE_TESTING_PLAN_ARNS: pulumi.all([...planArns]).apply((arns) => arns.join(",")),
            },
            statements: validationStatements(args, vaults),
            deadLetterQueue,
        },
        parent,
    );
    functionErrorAlarm(
        `${name}-validate-restore-errors`,
        validation.name,
        {
            ...alarmCommon(place),
            description:
                "What a restore test restored is not what it should be, or could not be looked into. The function's log says which. A backup that cannot be restored is none.",
        },
        { parent },
    );
    return validation;
}

function validationStatements({ accountId, region }: RegionalBackupArgs, vaults: Vaults): PolicyStatement[] {
    return [
        {
            Sid: "ReportVerdict",
            Effect: "Allow",
            Action: ["backup:DescribeRestoreJob", "backup:PutRestoreValidationResult"],
            // Restore jobs cannot be named in a policy.
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
        {
            Sid: "DescribeDatabases",
            Effect: "Allow",
            Action: "rds:DescribeDBClusters",
            Resource: pulumi.interpolate`arn:aws:rds:${region}:${accountId}:cluster:*`,
        },
        {
            Sid: "DescribeTables",
            Effect: "Allow",
            Action: "dynamodb:DescribeTable",
            Resource: pulumi.interpolate`arn:aws:dynamodb:${region}:${accountId}:table/*`,
        },
        {
            Sid: "CountRestoredItems",
            Effect: "Allow",
            Action: "dynamodb:Scan",
            Resource: pulumi.interpolate`arn:aws:dynamodb:${region}:${accountId}:table/${RESTORED}`,
            // Whether there are items is all that it may learn.
            Condition: { StringEquals: { "dynamodb:Select": "COUNT" } },
        },
        {
            Sid: "ListRestoredObjects",
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: `arn:aws:s3:::${RESTORED}`,
            Condition: { StringEquals: { "aws:ResourceAccount": accountId } },
        },
        {
            Sid: "ReadRestoredObjects",
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::${RESTORED}/*`,
            Condition: { StringEquals: { "aws:ResourceAccount": accountId } },
        },
        {
            Sid: "DecryptRestoredObjects",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: vaults.personal.keyArn,
            Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
        },
    ];
}

interface WatchedType extends EventPlace {
    readonly plan: aws.backup.RestoreTestingPlan;
    readonly validation: aws.lambda.Function;
    readonly deadLetterQueue: aws.sqs.Queue;
    readonly of: string;
    readonly days: string;
}

function watchType(
    parent: pulumi.Resource,
    name: string,
    type: BackupResourceType,
    { plan, validation, deadLetterQueue, of, days, ...place }: WatchedType,
): void {
    const restored = watch(parent, name, place, {
        description: `A restore test has restored a ${of} of ${type}`,
        source: "aws.backup",
        detailType: "Restore Job State Change",
        match: {
            detail: { restoreTestingPlanArn: [plan.arn], resourceType: [type], status: ["COMPLETED"] },
        },
    });
    callFunction(parent, name, place, restored, validation, deadLetterQueue);
    alarmOnSilence(parent, name, place, restored, {
        hours: RESTORE_SILENCE_HOURS,
        description: `No ${of} of ${type} was restored in ${RESTORE_SILENCE_HOURS} hours. Restore tests run on ${days}; is there one of the last week?`,
    });
}

function watchFailures(
    parent: pulumi.Resource,
    name: string,
    place: EventPlace,
    planArns: pulumi.Output<string>[],
): void {
    const ruleName = `${name}-restore-failed`;
    const failed = watch(parent, ruleName, place, {
        description: "A restore test failed",
        source: "aws.backup",
        detailType: "Restore Job State Change",
        match: { detail: { restoreTestingPlanArn: planArns, status: ["ABORTED", "FAILED"] } },
    });
    tellTopic(
        parent,
        ruleName,
        place,
        failed,
        "A test could not restore <backup> (<type>) in <region>: <reason> (job <job>).",
        {
            backup: "$.detail.recoveryPointArn",
            job: "$.detail.restoreJobId",
            reason: "$.detail.statusMessage",
            region: "$.region",
            type: "$.detail.resourceType",
        },
    );
    alarmOnEvent(
        parent,
        ruleName,
        place,
        failed,
        "A restore test failed: a backup that cannot be restored is none. The message about it says why.",
    );
}
