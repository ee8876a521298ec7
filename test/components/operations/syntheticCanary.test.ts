import { expect } from "chai";
import {
    SyntheticCanary,
    type SyntheticCanaryArgs,
} from "../../../components/operations/syntheticCanary/syntheticCanary";
import { at, json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { fullCanary } from "../../support/components/recoveryArguments";
import { expectRegion, inTestAccount, refusal } from "../../support/surroundings";

const CANARY = "aws:synthetics/canary:Canary";
const { alarmTopicArn: TOPIC, kmsKeyArn: KEY } = fullCanary;
// All but what the component chooses by itself.
const good: SyntheticCanaryArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    host: "shop.example.com",
    alarmTopicArn: TOPIC,
    kmsKeyArn: KEY,
};

const make = (changes: Partial<SyntheticCanaryArgs> = {}) =>
    previewProgram(() => {
        const { alarmArn, canaryName } = new SyntheticCanary(
            "shop-world",
            { ...good, ...changes },
            inTestAccount(),
        );
        return { alarmArn, canaryName };
    });

describe("SyntheticCanary", () => {
    it("asks the host's paths from its region, by a current runtime without a browser", async () => {
        const preview = await make({ paths: ["/", "/healthz"], intervalMinutes: 1 });
        const { inputs } = one(preview, CANARY);
        expect(inputs).to.include({
            runtimeVersion: "syn-nodejs-3.1",
            startCanary: true,
            deleteLambda: true,
        });
        expect(inputs.schedule).to.deep.equal({ expression: "rate(1 minute)" });
        expect(at(inputs, "runConfig.environmentVariables")).to.deep.equal({
            WATCHED_HOST: "shop.example.com",
            WATCHED_PATHS: '["/","/healthz"]',
        });
        expect(String(inputs.name).length).to.be.at.most(21);
        expectRegion(preview, TEST_REGION);
    });

    it("has its script where old and new runtimes look for it, under a key that changes with it", async () => {
        const script = one(await make(), "aws:s3/bucketObjectv2:BucketObjectv2");
        expect(script.inputs.key).to.match(/^[0-9a-f]{16}\.zip$/);
        expect(Object.keys(at(script.inputs, "source.assets") as object)).to.have.members([
            "index.js",
            "nodejs/node_modules/index.js",
        ]);
        const { inputs } = one(await make(), CANARY);
        expect(inputs.s3Key).to.equal(script.inputs.key);
        expect(inputs.handler).to.equal("index.handler");
    });

    it("encrypts what runs leave behind, lets it grow old, and never the script", async () => {
        const preview = await make({ retentionDays: 14 });
        expect(at(one(preview, CANARY).inputs, "artifactConfig.s3Encryption")).to.deep.equal({
            encryptionMode: "SSE_KMS",
            kmsKeyArn: KEY,
        });
        const rules = (name: string) =>
            (
                one(preview, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", name).inputs
                    .rules as { expiration?: object }[]
            ).filter(({ expiration }) => expiration !== undefined);
        expect(rules("shop-world-artifacts-lifecycle")).to.have.lengthOf(1);
        expect(rules("shop-world-code-lifecycle")).to.deep.equal([]);
    });

    it("rings while pages do not answer, and while the canary does not run", async () => {
        const preview = await make({ failuresToAlarm: 3 });
        expect(one(preview, "aws:cloudwatch/metricAlarm:MetricAlarm").inputs).to.deep.include({
            namespace: "CloudWatchSynthetics",
            metricName: "SuccessPercent",
            dimensions: { CanaryName: preview.outputs.canaryName },
            comparisonOperator: "LessThanThreshold",
            threshold: 100,
            period: 300,
            evaluationPeriods: 3,
            treatMissingData: "breaching",
            alarmActions: [TOPIC],
        });
    });

    it("may write its log, its metrics and its artifacts, and nothing else", async () => {
        const policy = json(one(await make(), "aws:iam/rolePolicy:RolePolicy").inputs.policy) as {
            Statement: { Action: string[] }[];
        };
        // Amazon CloudWatch User Guide, "Required roles and permissions for canaries".
        expect(policy.Statement.flatMap(({ Action }) => Action)).to.have.members([
            "s3:PutObject",
            "s3:GetBucketLocation",
            "s3:ListAllMyBuckets",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "cloudwatch:PutMetricData",
            "kms:GenerateDataKey",
            "kms:Decrypt",
        ]);
        expect(ofType(await make(), "aws:iam/rolePolicyAttachment:RolePolicyAttachment")).to.deep.equal([]);
    });

    it("names all problems at once", async () => {
        const message = await refusal(
            () =>
                new SyntheticCanary(
                    "shop-world-wide",
                    { ...good, host: "Shop", paths: ["a"], intervalMinutes: 0, runtimeVersion: "syn-1.0" },
                    inTestAccount(),
                ),
        );
        expect(message).to.contain("has 5 problems");
        expect(message).to.contain("1 to 13 lower-case letters");
    });
});
