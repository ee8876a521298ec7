import { expect } from "chai";
import {
    AccountBaseline,
    type AccountBaselineArgs,
    GuardDutyFeature,
} from "../../../../components/operations/accountBaseline/accountBaseline";
import {
    at,
    json,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../../support/surroundings";

const TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:alarms`;
const good: AccountBaselineArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    homeRegion: true,
    alarmTopicArn: TOPIC,
    accessLogBucket: "shop-logs",
};

function make(changes: Partial<AccountBaselineArgs> = {}) {
    return previewProgram(() => {
        const baseline = new AccountBaseline("shop-account", { ...good, ...changes }, inTestAccount());
        return {
            detectorId: baseline.detectorId,
            kmsKeyArn: baseline.kmsKeyArn,
            trailArn: baseline.trailArn,
            trailBucketName: baseline.trailBucketName,
            trailLogGroupName: baseline.trailLogGroupName,
        };
    });
}

const TRAIL = "aws:cloudtrail/trail:Trail";
const RECORDER = "aws:cfg/recorder:Recorder";

/** What an account has once, whatever its regions. */
const ONCE_PER_ACCOUNT = [
    TRAIL,
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
];

function count(preview: ProgramPreview, types: string[]): number[] {
    return types.map((type) => ofType(preview, type).length);
}

describe("AccountBaseline", () => {
    it("makes what an account has once in the home region alone", async () => {
        const home = await make();
        expect(count(home, ONCE_PER_ACCOUNT)).to.deep.equal([1, 1, 1]);
        const elsewhere = await make({ homeRegion: false });
        expect(count(elsewhere, ONCE_PER_ACCOUNT)).to.deep.equal([0, 0, 0]);
        expect(elsewhere.outputs).to.not.have.any.keys("trailArn", "trailBucketName", "trailLogGroupName");
        for (const preview of [home, elsewhere]) {
            expectRegion(preview, TEST_REGION);
            expect(preview.outputs.kmsKeyArn).to.match(/^arn:aws:kms:eu-central-1:111122223333:key\//);
        }
    });

    it("makes in every region what each region has once", async () => {
        for (const homeRegion of [true, false]) {
            const preview = await make({ homeRegion });
            expect(one(preview, "aws:guardduty/detector:Detector").inputs).to.include({
                enable: true,
                findingPublishingFrequency: "FIFTEEN_MINUTES",
            });
            expect(one(preview, "aws:ebs/encryptionByDefault:EncryptionByDefault").inputs.enabled).to.equal(
                true,
            );
            expect(
                one(preview, "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess").inputs.state,
            ).to.equal("block-all-sharing");
            expect(
                one(preview, "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults").inputs.httpTokens,
            ).to.equal("required");
            expect(one(preview, "aws:accessanalyzer/analyzer:Analyzer").inputs).to.include({
                analyzerName: "shop-account-analyzer",
                type: "ACCOUNT",
            });
        }
    });

    it("lets the services that write in a region use the region's key", async () => {
        const users = async (homeRegion: boolean) =>
            Object.keys(statements(one(await make({ homeRegion }), "aws:kms/key:Key")));
        expect(await users(false)).to.deep.equal(["AccountAdministersKey", "ConfigUsesKey"]);
        expect(await users(true)).to.include.members(["CloudTrailUsesKey", "CloudWatchLogsUsesKey"]);
    });

    describe("GuardDuty", () => {
        const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
        const features = async (changes: Partial<AccountBaselineArgs>) => {
            const made = ofType(await make(changes), FEATURE);
            return Object.fromEntries(made.map(({ inputs }) => [String(inputs.name), inputs.status]));
        };

        it("watches S3, sign-ins to Aurora, Lambda and volumes", async () => {
            expect(await features({})).to.deep.equal({
                S3_DATA_EVENTS: "ENABLED",
                RDS_LOGIN_EVENTS: "ENABLED",
                LAMBDA_NETWORK_LOGS: "ENABLED",
                EBS_MALWARE_PROTECTION: "ENABLED",
            });
        });

        it("switches off what is not asked for, since a new detector has it on", async () => {
            expect(await features({ guardDutyFeatures: [GuardDutyFeature.RdsLoginEvents] })).to.deep.equal({
                S3_DATA_EVENTS: "DISABLED",
                RDS_LOGIN_EVENTS: "ENABLED",
                LAMBDA_NETWORK_LOGS: "DISABLED",
                EBS_MALWARE_PROTECTION: "DISABLED",
            });
        });

        it("uses no data sources of the old kind", async () => {
            expect(one(await make(), "aws:guardduty/detector:Detector").inputs).to.not.have.property(
                "datasources",
            );
        });

        it("tells the topic of urgent findings, without a role", async () => {
            const preview = await make();
            const rule = one(preview, "aws:cloudwatch/eventRule:EventRule", "shop-account-findings");
            expect(json(rule.inputs.eventPattern)).to.deep.equal({
                source: ["aws.guardduty"],
                "detail-type": ["GuardDuty Finding"],
                detail: { severity: [{ numeric: [">=", 7] }] },
            });
            const target = one(preview, "aws:cloudwatch/eventTarget:EventTarget");
            expect(target.inputs).to.include({ arn: TOPIC, rule: rule.inputs.name });
            expect(target.inputs).to.not.have.property("roleArn");
        });

        it("tells nobody where no topic is given", async () => {
            const preview = await make({ alarmTopicArn: undefined });
            expect(ofType(preview, "aws:cloudwatch/eventRule:EventRule")).to.have.lengthOf(0);
        });
    });

    describe("the trail", () => {
        it("records all regions and global services, encrypted and verifiable", async () => {
            const preview = await make();
            const trail = one(preview, TRAIL, "shop-account-trail");
            expect(trail.inputs).to.include({
                isMultiRegionTrail: true,
                includeGlobalServiceEvents: true,
                enableLogFileValidation: true,
                enableLogging: true,
                kmsKeyId: preview.outputs.kmsKeyArn,
                s3BucketName: preview.outputs.trailBucketName,
            });
            expect(trail.protect).to.equal(true);
        });

        it("writes to a log group of its own, whose ARN it is given with the streams", async () => {
            const preview = await make();
            const trail = one(preview, TRAIL);
            const group = one(preview, "aws:cloudwatch/logGroup:LogGroup", "shop-account-trail-log");
            expect(group.inputs).to.include({ retentionInDays: 365, kmsKeyId: preview.outputs.kmsKeyArn });
            expect(trail.inputs.cloudWatchLogsGroupArn).to.match(
                /^arn:aws:logs:eu-central-1:111122223333:log-group:shop-account-trail-log-[0-9a-f]{7}:\*$/,
            );
            const policy = one(preview, "aws:iam/rolePolicy:RolePolicy", "shop-account-trail-policy");
            expect(trail.dependencies).to.include(policy.urn);
            const streams = String(trail.inputs.cloudWatchLogsGroupArn).slice(0, -2);
            expect(statements(policy).WriteTrailStreams).to.deep.include({
                Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resource: `${streams}:log-stream:${TEST_ACCOUNT}_CloudTrail_*`,
            });
        });

        it("alone may write to its bucket, whose policy is there before the trail", async () => {
            const preview = await make();
            const policy = one(
                preview,
                "aws:s3/bucketPolicy:BucketPolicy",
                "shop-account-trail-store-policy",
            );
            const ofTrail = {
                "aws:SourceArn": `arn:aws:cloudtrail:${TEST_REGION}:${TEST_ACCOUNT}:trail/shop-account-trail-*`,
            };
            const found = statements(policy);
            expect(at(found, "TrailChecksBucket.Condition.ArnLike")).to.deep.equal(ofTrail);
            expect(found.TrailWrites).to.deep.include({
                Principal: { Service: "cloudtrail.amazonaws.com" },
                Action: "s3:PutObject",
                Condition: {
                    ArnLike: ofTrail,
                    StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" },
                },
            });
            expect(at(found, "TrailWrites.Resource[0]")).to.match(
                new RegExp(`/AWSLogs/${TEST_ACCOUNT}/\\*$`),
            );
            expect(one(preview, TRAIL).dependencies).to.include(policy.urn);
            // The policy goes by the trail's name, which auto-naming makes from the logical one.
            expect(String(preview.outputs.trailArn).split(":").at(-1)).to.match(
                /^trail\/shop-account-trail-/,
            );
        });

        it("is kept for seven years, a year of it where nobody can delete it", async () => {
            const preview = await make();
            const lock = one(preview, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
            expect(lock.name).to.equal("shop-account-trail-store-object-lock");
            expect(at(lock.inputs, "rule.defaultRetention")).to.deep.equal({ mode: "GOVERNANCE", days: 365 });
            const lifecycle = one(
                preview,
                "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
                "shop-account-trail-store-lifecycle",
            );
            expect(at(lifecycle.inputs, "rules[2].expiration.days")).to.equal(2557);
        });
    });

    describe("AWS Config", () => {
        it("records everything, and what is global in the home region alone", async () => {
            for (const homeRegion of [true, false]) {
                const recorder = one(await make({ homeRegion }), RECORDER);
                expect(recorder.inputs.recordingGroup).to.deep.equal({
                    allSupported: true,
                    includeGlobalResourceTypes: homeRegion,
                });
            }
        });

        it("starts after its channel, which comes after the recorder and the role's rights", async () => {
            const preview = await make();
            const channel = one(preview, "aws:cfg/deliveryChannel:DeliveryChannel");
            const status = one(preview, "aws:cfg/recorderStatus:RecorderStatus");
            expect(channel.dependencies).to.include.members([
                one(preview, RECORDER).urn,
                one(preview, "aws:iam/rolePolicy:RolePolicy", "shop-account-config-delivers").urn,
                one(preview, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").urn,
                one(preview, "aws:s3/bucketPolicy:BucketPolicy", "shop-account-config-store-policy").urn,
            ]);
            expect(status.dependencies).to.include(channel.urn);
            expect(status.inputs).to.include({ isEnabled: true, name: one(preview, RECORDER).inputs.name });
        });

        it("writes encrypted to a bucket without a lock, which AWS Config could not write to", async () => {
            const preview = await make();
            expect(one(preview, "aws:cfg/deliveryChannel:DeliveryChannel").inputs.s3KmsKeyArn).to.equal(
                preview.outputs.kmsKeyArn,
            );
            const bucket = one(preview, "aws:s3/bucket:Bucket", "shop-account-config-store-bucket");
            expect(bucket.inputs).to.not.have.property("objectLockEnabled");
        });

        it("is left out when told so", async () => {
            const preview = await make({ configRecorder: false });
            expect(ofType(preview, RECORDER)).to.have.lengthOf(0);
            expect(ofType(preview, "aws:cfg/deliveryChannel:DeliveryChannel")).to.have.lengthOf(0);
        });
    });

    it("blocks public access to the whole account and asks for long passwords", async () => {
        const preview = await make();
        expect(one(preview, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock").inputs).to.deep.equal(
            {
                accountId: TEST_ACCOUNT,
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
        );
        expect(one(preview, "aws:iam/accountPasswordPolicy:AccountPasswordPolicy").inputs).to.include({
            minimumPasswordLength: 14,
            passwordReusePrevention: 24,
        });
    });

    it("logs who reads its buckets", async () => {
        const logging = ofType(await make(), "aws:s3/bucketLogging:BucketLogging");
        expect(logging.map(({ name, inputs }) => [name, inputs.targetBucket])).to.have.deep.members([
            ["shop-account-config-store-logging", "shop-logs"],
            ["shop-account-trail-store-logging", "shop-logs"],
        ]);
    });

    it("protects key, trail and buckets, and lets go of all when told so", async () => {
        const types = ["aws:kms/key:Key", TRAIL, "aws:s3/bucket:Bucket"];
        for (const deletionProtection of [true, false]) {
            const preview = await make({ deletionProtection });
            const kept = types.flatMap((type) => ofType(preview, type).map((resource) => resource.protect));
            expect(kept).to.deep.equal(Array(4).fill(deletionProtection));
        }
    });

    it("names all problems at once", async () => {
        const message = await refusal(
            () =>
                new AccountBaseline(
                    "a".repeat(36),
                    { ...good, region: "EU", logRetentionDays: 366, trailLockDays: 2557 },
                    inTestAccount(),
                ),
        );
        expect(message).to.contain("has 4 problems");
        expect(message).to.contain('region is "EU"');
        expect(message).to.contain("Shorten the component's name by 1");
        expect(message).to.contain("logRetentionDays is 366");
        expect(message).to.contain("trailLockDays is 2557; allowed: a number from 1 to 2556 in steps of 1");
    });
});
