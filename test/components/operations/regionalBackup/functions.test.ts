import { expect } from "chai";
import { BackupResourceType } from "../../../../components/operations/regionalBackup/regionalBackup";
import { at, ofType, one, type ProgramPreview, TEST_ACCOUNT, TEST_REGION } from "../../../support/preview";
import { statements } from "../../../support/surroundings";
import {
    ALARM,
    FUNCTION,
    good,
    make,
    NAME,
    patternOf,
    RULE,
    TARGET,
} from "../../../support/components/backupArguments";

const POLICY = "aws:iam/rolePolicy:RolePolicy";
const PERMISSION = "aws:lambda/permission:Permission";
const RESTORE_PLAN = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
const RESTORE_SELECTION = "aws:backup/restoreTestingSelection:RestoreTestingSelection";

/** Whether a rule calls a function, with everything that it takes. */
function expectCall(preview: ProgramPreview, ruleName: string, functionName: string): void {
    const rule = one(preview, RULE, ruleName);
    const called = one(preview, FUNCTION, functionName);
    const permission = one(preview, PERMISSION, `${ruleName}-permission`);
    expect(permission.inputs).to.deep.include({
        function: called.inputs.name,
        action: "lambda:InvokeFunction",
        principal: "events.amazonaws.com",
        sourceArn: rule.outputs.arn,
        sourceAccount: TEST_ACCOUNT,
    });
    const target = one(preview, TARGET, `${ruleName}-function`);
    expect(target.inputs).to.deep.include({
        rule: rule.inputs.name,
        arn: called.outputs.arn,
        deadLetterConfig: { arn: one(preview, "aws:sqs/queue:Queue").outputs.arn },
    });
    expect(target.dependencies).to.include(permission.urn);
}

describe("RegionalBackup", () => {
    let preview: ProgramPreview;

    before(async () => {
        preview = await make();
    });

    it("has functions that can do nothing on the side, and whose failures are kept", () => {
        const functions = ofType(preview, FUNCTION);
        expect(functions.map(({ name }) => name)).to.have.members([
            `${NAME}-export-snapshot`,
            `${NAME}-validate-restore`,
        ]);
        for (const { inputs, name } of functions) {
            expect(inputs, name).to.deep.include({
                runtime: "nodejs24.x",
                architectures: ["arm64"],
                reservedConcurrentExecutions: 1,
                kmsKeyArn: good.kmsKeyArn,
                tracingConfig: { mode: "Active" },
                deadLetterConfig: { targetArn: one(preview, "aws:sqs/queue:Queue").outputs.arn },
            });
            const wild = Object.values(statements(one(preview, POLICY, `${name}-policy`))).filter(
                ({ Resource: resource }) => resource === "*",
            );
            for (const statement of wild.filter(({ Sid }) => Sid !== "WriteTraces")) {
                expect(statement.Condition, statement.Sid).to.deep.equal({
                    StringEquals: { "aws:RequestedRegion": TEST_REGION },
                });
            }
        }
    });

    describe("exports snapshots", () => {
        it("to a bucket under a key of its own, which is in this region alone", async () => {
            const bucket = one(preview, "aws:s3/bucket:Bucket");
            expect(bucket.name).to.equal(`${NAME}-exports-bucket`);
            expect(bucket.inputs.region).to.equal(TEST_REGION);
            const encryption = one(
                preview,
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            );
            expect(
                at(encryption.inputs, "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId"),
            ).to.equal(one(preview, "aws:kms/key:Key", `${NAME}-exports-encryption-key`).outputs.arn);
            expect(ofType(preview, "aws:s3/bucketReplicationConfig:BucketReplicationConfig")).to.deep.equal(
                [],
            );
            expect(one(preview, "aws:s3/bucketLogging:BucketLogging").inputs.targetBucket).to.equal(
                good.accessLogBucket,
            );
            const unlogged = await make({ accessLogBucket: undefined });
            expect(ofType(unlogged, "aws:s3/bucketLogging:BucketLogging")).to.deep.equal([]);
        });

        it("that goes where it is cheaper when it stays long enough, and then goes", async () => {
            const rulesOf = (which: ProgramPreview) =>
                one(which, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs
                    .rules as { id: string; expiration?: object; transitions?: object[] }[];
            const find = (which: ProgramPreview, id: string) => rulesOf(which).find((rule) => rule.id === id);
            expect(find(preview, "expire")?.expiration).to.deep.equal({ days: 90 });
            expect(find(preview, "move-to-cheaper-storage")?.transitions).to.deep.equal([
                { days: 30, storageClass: "STANDARD_IA" },
            ]);
            const short = await make({ snapshotExport: { retentionDays: 59 } });
            const moves = find(short, "move-to-cheaper-storage")?.transitions ?? [];
            expect(moves.some((move) => at(move, "storageClass") === "STANDARD_IA")).to.equal(false);
        });

        it("when AWS Backup has a new one, and not for continuous backups", () => {
            expect(patternOf(one(preview, RULE, `${NAME}-snapshot-ready`))).to.deep.equal({
                source: ["aws.backup"],
                "detail-type": ["Backup Job State Change"],
                detail: {
                    backupVaultName: ["meridian-prod-eu-backups"],
                    resourceType: ["Aurora"],
                    state: ["COMPLETED"],
                },
                resources: [{ prefix: `arn:aws:rds:${TEST_REGION}:${TEST_ACCOUNT}:cluster-snapshot:` }],
            });
            expectCall(preview, `${NAME}-snapshot-ready`, `${NAME}-export-snapshot`);
        });

        it("as often as asked, with three days' grace", async () => {
            const often = await make({ snapshotExport: { intervalDays: 1 } });
            for (const [which, interval, late] of [
                [preview, "7", "10"],
                [often, "1", "4"],
            ] as const) {
                const variables = at(
                    one(which, FUNCTION, `${NAME}-export-snapshot`).inputs,
                    "environment.variables",
                );
                expect(variables).to.deep.equal({
                    EXPORT_BUCKET: which.outputs.exportBucketName,
                    EXPORT_ROLE_ARN: one(which, "aws:iam/role:Role", `${NAME}-export-role`).outputs.arn,
                    EXPORT_KEY_ARN: one(which, "aws:kms/key:Key", `${NAME}-exports-encryption-key`).outputs
                        .arn,
                    INTERVAL_DAYS: interval,
                    LATE_AFTER_DAYS: late,
                });
            }
        });

        it("with a role that RDS alone may take on, and the function alone may give", () => {
            const role = one(preview, "aws:iam/role:Role", `${NAME}-export-role`);
            expect(statements(role, "assumeRolePolicy").ServiceAssumesRole).to.deep.include({
                Principal: { Service: "export.rds.amazonaws.com" },
            });
            const own = statements(one(preview, POLICY, `${NAME}-export-snapshot-policy`));
            expect(own.LetRdsWrite).to.deep.equal({
                Sid: "LetRdsWrite",
                Effect: "Allow",
                Action: "iam:PassRole",
                Resource: role.outputs.arn,
                Condition: { StringEquals: { "iam:PassedToService": "export.rds.amazonaws.com" } },
            });
            const writes = statements(one(preview, POLICY, `${NAME}-export-policy`));
            const bucketArn = String(one(preview, "aws:s3/bucket:Bucket").outputs.arn);
            expect(writes.WriteExports?.Resource).to.equal(`${bucketArn}/*`);
            expect(writes.FindBucket?.Resource).to.equal(bucketArn);
        });

        it("and tells of those that fail", () => {
            expect(patternOf(one(preview, RULE, `${NAME}-export-failed`))).to.deep.equal({
                source: ["aws.rds"],
                "detail-type": ["RDS DB Cluster Snapshot Event"],
                detail: {
                    EventID: ["RDS-EVENT-0162", "RDS-EVENT-0163"],
                    SourceIdentifier: [{ prefix: "awsbackup:" }],
                },
            });
        });
    });

    describe("restores backups", () => {
        it("of both vaults twice a week, continuous ones and snapshots", () => {
            expect(one(preview, RESTORE_PLAN).inputs).to.deep.include({
                name: "meridian_prod_eu_restores",
                scheduleExpression: "cron(0 14 ? * TUE,FRI *)",
                recoveryPointSelection: {
                    algorithm: "RANDOM_WITHIN_WINDOW",
                    includeVaults: [preview.outputs.vaultArn, preview.outputs.personalVaultArn],
                    recoveryPointTypes: ["CONTINUOUS", "SNAPSHOT"],
                    selectionWindowDays: 7,
                },
            });
        });

        it("under names that AWS Backup takes, however long the prefix", async () => {
            const longest = await make({ namePrefix: "m".repeat(41) });
            for (const type of [RESTORE_PLAN, RESTORE_SELECTION]) {
                for (const { inputs } of ofType(longest, type)) {
                    expect(inputs.name).to.match(/^[A-Za-z0-9_]{1,50}$/);
                }
            }
            for (const { inputs } of ofType(longest, "aws:backup/vault:Vault")) {
                expect(inputs.name).to.match(/^[A-Za-z0-9_-]{2,50}$/);
            }
        });

        it("of each type in the way that it needs", () => {
            const overrides = Object.fromEntries(
                ofType(preview, RESTORE_SELECTION).map(({ inputs }) => [
                    inputs.protectedResourceType as string,
                    inputs.restoreMetadataOverrides,
                ]),
            );
            expect(overrides).to.deep.equal({
                Aurora: {
                    dbSubnetGroupName: "shop-db-subnets-0a1b2c3",
                    vpcSecurityGroupIds: '["sg-0data"]',
                },
                DynamoDB: undefined,
                S3: {
                    encryptionType: "SSE-KMS",
                    kmsKey: one(preview, "aws:kms/key:Key", `${NAME}-personal-encryption-key`).outputs.arn,
                },
            });
            for (const { inputs } of ofType(preview, RESTORE_SELECTION)) {
                expect(inputs).to.deep.include({ protectedResourceArns: ["*"], validationWindowHours: 4 });
            }
        });

        it("of a type once, whoever asks for it", async () => {
            const { Aurora, S3 } = BackupResourceType;
            const both = await make({ standardTypes: [Aurora, S3], personalDataTypes: [S3] });
            expect(ofType(both, RESTORE_SELECTION).map(({ inputs }) => inputs.name)).to.deep.equal([
                "aurora",
                "s3",
            ]);
        });

        it("with a role that may", () => {
            const attached = ofType(preview, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").filter(
                ({ name }) => name.startsWith(`${NAME}-restore-`),
            );
            expect(attached.map(({ inputs }) => inputs.policyArn)).to.deep.equal([
                "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
                "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
            ]);
            for (const selection of ofType(preview, RESTORE_SELECTION)) {
                expect(selection.dependencies).to.include.members(attached.map(({ urn }) => urn));
            }
        });

        it("and looks into each, by a function that may see no more than it must", () => {
            const plan = one(preview, RESTORE_PLAN);
            for (const type of ["Aurora", "DynamoDB", "S3"]) {
                const rule = `${NAME}-restored-${type.toLowerCase()}`;
                expect(patternOf(one(preview, RULE, rule))).to.deep.equal({
                    source: ["aws.backup"],
                    "detail-type": ["Restore Job State Change"],
                    detail: {
                        restoreTestingPlanArn: [plan.outputs.arn],
                        resourceType: [type],
                        status: ["COMPLETED"],
                    },
                });
                expectCall(preview, rule, `${NAME}-validate-restore`);
            }
            const own = statements(one(preview, POLICY, `${NAME}-validate-restore-policy`));
            expect(own.CountRestoredItems).to.deep.include({
                Action: "dynamodb:Scan",
                Resource: `arn:aws:dynamodb:${TEST_REGION}:${TEST_ACCOUNT}:table/awsbackup-restore-test-*`,
                Condition: { StringEquals: { "dynamodb:Select": "COUNT" } },
            });
            expect(own.ReadRestoredObjects?.Resource).to.equal("arn:aws:s3:::awsbackup-restore-test-*/*");
            expect(
                at(one(preview, FUNCTION, `${NAME}-validate-restore`).inputs, "environment.variables"),
            ).to.deep.equal({ RESTORE_TESTING_PLAN_ARNS: plan.outputs.arn });
        });

        it("and tells when one fails, or none of a type was restored for five days", () => {
            const plan = one(preview, RESTORE_PLAN);
            expect(patternOf(one(preview, RULE, `${NAME}-restore-failed`))).to.deep.include({
                detail: { restoreTestingPlanArn: [plan.outputs.arn], status: ["ABORTED", "FAILED"] },
            });
            for (const type of ["aurora", "dynamodb", "s3"]) {
                expect(one(preview, ALARM, `${NAME}-restored-${type}-missing`).inputs).to.deep.include({
                    dimensions: {
                        RuleName: one(preview, RULE, `${NAME}-restored-${type}`).inputs.name,
                    },
                    period: 3600,
                    evaluationPeriods: 120,
                    treatMissingData: "breaching",
                });
            }
            expect(one(preview, ALARM, `${NAME}-validate-restore-errors`).inputs).to.deep.include({
                namespace: "AWS/Lambda",
                metricName: "Errors",
                threshold: 0,
            });
        });

        it("and the copies of other regions' backups by a plan of their own, in turn with its own", async () => {
            const vault = `arn:aws:backup:${TEST_REGION}:${TEST_ACCOUNT}:backup-vault:meridian-prod-us-copies`;
            const both = await make({ copyVaultArns: [vault] });
            const [own, copies] = [
                one(both, RESTORE_PLAN, `${NAME}-restore-tests`),
                one(both, RESTORE_PLAN, `${NAME}-restore-tests-of-copies`),
            ];
            const chosen = own.inputs.recoveryPointSelection as object;
            expect(chosen).to.have.property("includeVaults").with.length(2);
            expect(copies.inputs).to.deep.include({
                region: TEST_REGION,
                name: "meridian_prod_eu_copies",
                scheduleExpression: "cron(0 14 ? * MON,THU *)",
                recoveryPointSelection: {
                    ...chosen,
                    includeVaults: [vault],
                    excludeVaults: at(chosen, "includeVaults"),
                    recoveryPointTypes: ["SNAPSHOT"],
                },
            });
            expect(own.inputs.scheduleExpression).to.equal("cron(0 14 ? * TUE,FRI *)");
            const selection = one(both, RESTORE_SELECTION, `${NAME}-restored-copies-aurora`);
            expect(selection.inputs).to.deep.include({
                restoreTestingPlanName: copies.inputs.name,
                restoreMetadataOverrides: {
                    dbSubnetGroupName: "shop-db-subnets-0a1b2c3",
                    vpcSecurityGroupIds: '["sg-0data"]',
                },
            });
            expect(ofType(both, RESTORE_SELECTION)).to.have.length(4);
            expect(
                at(
                    patternOf(one(both, RULE, `${NAME}-restored-copies-aurora`)),
                    "detail.restoreTestingPlanArn",
                ),
            ).to.deep.equal([copies.outputs.arn]);
            expectCall(both, `${NAME}-restored-copies-aurora`, `${NAME}-validate-restore`);
            one(both, ALARM, `${NAME}-restored-copies-aurora-missing`);
            expect(
                at(patternOf(one(both, RULE, `${NAME}-restore-failed`)), "detail.restoreTestingPlanArn"),
            ).to.deep.equal([own.outputs.arn, copies.outputs.arn]);
            expect(
                at(one(both, FUNCTION, `${NAME}-validate-restore`).inputs, "environment.variables"),
            ).to.deep.equal({
                RESTORE_TESTING_PLAN_ARNS: `${String(own.outputs.arn)},${String(copies.outputs.arn)}`,
            });
        });

        it("never where it is told not to", async () => {
            const without = await make({ restoreTesting: false });
            expect(ofType(without, RESTORE_PLAN)).to.deep.equal([]);
            expect(ofType(without, FUNCTION).map(({ name }) => name)).to.deep.equal([
                `${NAME}-export-snapshot`,
            ]);
            expect(without.outputs).not.to.have.any.keys("restoreTestingPlanName", "restoreRoleArn");
        });
    });

    describe("takes in servers from elsewhere", () => {
        const TEMPLATE = "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate";
        const elasticDisasterRecovery = {
            vpcId: "vpc-0a1b2c3d",
            stagingSubnetId: "subnet-0a1b2c3d",
            sourceCidrBlocks: ["203.0.113.0/24", "198.51.100.7/32"],
        };

        it("only when asked to", () => {
            expect(ofType(preview, TEMPLATE)).to.deep.equal([]);
            expect(ofType(preview, "aws:ec2/securityGroup:SecurityGroup")).to.deep.equal([]);
        });

        it("through replication servers that nobody else reaches", async () => {
            const asked = await make({ elasticDisasterRecovery });
            const group = one(asked, "aws:ec2/securityGroup:SecurityGroup");
            const rules = ofType(asked, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
            expect(
                rules.map(({ inputs }) => [inputs.cidrIpv4, inputs.fromPort, inputs.toPort]),
            ).to.deep.equal([
                ["203.0.113.0/24", 1500, 1500],
                ["198.51.100.7/32", 1500, 1500],
            ]);
            expect(one(asked, TEMPLATE).inputs).to.deep.include({
                region: TEST_REGION,
                stagingAreaSubnetId: "subnet-0a1b2c3d",
                associateDefaultSecurityGroup: false,
                replicationServersSecurityGroupsIds: [group.id],
                replicationServerInstanceType: "t3.small",
                dataPlaneRouting: "PUBLIC_IP",
                createPublicIp: false,
            });
        });

        it("with groups and rules that say what they are for in characters that EC2 takes", async () => {
            const asked = await make({ elasticDisasterRecovery });
            const described = asked.resources.filter(({ type }) => /:SecurityGroup\w*$/.test(type));
            expect(described).to.have.length(4);
            for (const { inputs, name } of described) {
                expect(inputs.description, name).to.match(/^[\w .\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
            }
        });

        it("with the states that AWS takes, daily ones for as long as asked", async () => {
            for (const [retentionDays, kept] of [
                [undefined, 7],
                [30, 30],
            ] as const) {
                const asked = await make({
                    elasticDisasterRecovery: {
                        ...elasticDisasterRecovery,
                        ...(retentionDays === undefined ? {} : { retentionDays }),
                    },
                });
                expect(one(asked, TEMPLATE).inputs.pitPolicies).to.deep.equal([
                    { ruleId: 1, enabled: true, units: "MINUTE", interval: 10, retentionDuration: 60 },
                    { ruleId: 2, enabled: true, units: "HOUR", interval: 1, retentionDuration: 24 },
                    { ruleId: 3, enabled: true, units: "DAY", interval: 1, retentionDuration: kept },
                ]);
            }
        });
    });
});
