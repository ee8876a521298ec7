import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, serviceTrust } from "../../../security/policyDocument";
import { type EngineArgs } from "../parts";
import { type MongoDbSettings } from "../settings";
import { DATABASE_TAG } from "./names";

/**
 * Makes `<name>-snapshots`: snapshots of the data volumes by their tag, and copies of them abroad. Each is consistent by
 * itself, because data and journal share the volume. With `-snapshots-role`, `-snapshots-policy` and `-snapshots-keys`.
 */
export function createSnapshots(
    name: string,
    { args, settings, kmsKeyArn }: EngineArgs,
    own: MongoDbSettings,
    parent: pulumi.Resource,
): void {
    const { region, accountId, identifier } = args;
    const role = new aws.iam.Role(
        `${name}-snapshots-role`,
        {
            description: `Makes snapshots of the replica set ${identifier}`,
            assumeRolePolicy: serviceTrust(
                "dlm.amazonaws.com",
                accountId,
                pulumi.interpolate`arn:aws:dlm:${region}:${accountId}:policy/*`,
            ),
            tags: settings.tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicyAttachment(
        `${name}-snapshots-policy`,
        {
            role: role.name,
            policyArn: "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole",
        },
        { parent },
    );
    const keyArns = [kmsKeyArn, ...own.snapshotCopies.map((copy) => copy.kmsKeyArn)];
    const keys = new aws.iam.RolePolicy(
        `${name}-snapshots-keys`,
        {
            role: role.name,
            // Amazon EBS User Guide, "Control access to Amazon Data Lifecycle Manager": permissions for encryption.
            policy: policyDocument([
                {
                    Sid: "UseKeys",
                    Effect: "Allow",
                    Action: [
                        "kms:Decrypt",
                        "kms:DescribeKey",
                        "kms:Encrypt",
                        "kms:GenerateDataKey",
                        "kms:GenerateDataKeyWithoutPlaintext",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo",
                    ],
                    Resource: keyArns,
                },
                {
                    Sid: "LetSnapshotsUseKeys",
                    Effect: "Allow",
                    Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
                    Resource: keyArns,
                    Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
                },
            ]),
        },
        { parent },
    );
    const retained = { interval: settings.backupRetentionDays, intervalUnit: "DAYS" };
    new aws.dlm.LifecyclePolicy(
        `${name}-snapshots`,
        {
            region,
            // Letters, digits, spaces and _ - alone.
            description: `Snapshots of the replica set ${identifier}`,
            executionRoleArn: role.arn,
            state: "ENABLED",
            policyDetails: {
                policyType: "EBS_SNAPSHOT_MANAGEMENT",
                resourceTypes: ["VOLUME"],
                targetTags: { [DATABASE_TAG]: identifier },
                schedules: [
                    {
                        name: `Every ${own.snapshotIntervalHours} hours`,
                        createRule: {
                            interval: own.snapshotIntervalHours,
                            intervalUnit: "HOURS",
                            times: FIRST_TIME,
                        },
                        retainRule: retained,
                        copyTags: true,
                        crossRegionCopyRules: own.snapshotCopies.map((copy) => ({
                            target: copy.region,
                            encrypted: true,
                            cmkArn: copy.kmsKeyArn,
                            copyTags: true,
                            retainRule: retained,
                        })),
                    },
                ],
            },
            tags: settings.tags,
        },
        // It is tried with the role's permissions at its first time, and an error shows nowhere but there.
        { parent, dependsOn: [policy, keys] },
    );
}

/** When the first snapshot of a day is made, in UTC. */
const FIRST_TIME = "02:00";
