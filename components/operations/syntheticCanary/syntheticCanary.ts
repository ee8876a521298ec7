import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

import { classified, DataClassification } from "../../security/dataClassification";
import { SecureBucket } from "../../security/secureBucket";
import { asSetting } from "../../shared/replacement";
import { alarm } from "../alarms";
import { createExecutionRole } from "../executionRole";
import { functionText } from "../lambdaCode";
import { type SyntheticCanaryArgs } from "./args";
import { canaryStatements } from "./permissions";
import { TYPE, validate } from "./table";

export * from "./args";

const FUNCTION = "watch-host";
const INTERVAL_MINUTES = 5;
const FAILURES_TO_ALARM = 2;
const RETENTION_DAYS = 31;

/**
 * The newest runtime of Node.js without a browser.
 * Source: Amazon CloudWatch User Guide, "Runtime versions using Node.js".
 */
const RUNTIME_VERSION = "syn-nodejs-3.1";

/** The least that Synthetics takes, in MB. */
const MEMORY_MB = 960;
const TIMEOUT_SECONDS = 60;

/**
 * Asks a host for its pages every few minutes, as a viewer in the canary's region would: by name, over TLS, and through the
 * distribution and the firewall. Its alarm rings while the pages do not answer, and while the canary itself does not run.
 *
 * Children: `<name>` (the canary), `<name>-role`, `<name>-policy`, `<name>-failing` (the alarm), `<name>-artifacts` and
 * `<name>-code` (each a SecureBucket), `<name>-script`.
 */
export class SyntheticCanary extends pulumi.ComponentResource {
    /** Name of the canary: the dimension CanaryName of its metrics in CloudWatchSynthetics. */
    readonly canaryName: pulumi.Output<string>;
    /** ARN of the alarm. */
    readonly alarmArn: pulumi.Output<string>;
    /** Name of the bucket that has what runs leave behind. */
    readonly artifactBucketName: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: SyntheticCanaryArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super(TYPE, name, args, opts);

        const artifacts = createBucket(this, `${name}-artifacts`, args, true);
        const code = createBucket(this, `${name}-code`, args, false);
        const script = uploadScript(this, name, args, code);
        const canary = createCanary(this, name, args, artifacts, script);
        const failing = createAlarm(this, name, args, canary);

        this.canaryName = canary.name;
        this.alarmArn = failing.arn;
        this.artifactBucketName = artifacts.bucketName;
        this.registerOutputs({
            canaryName: this.canaryName,
            alarmArn: this.alarmArn,
            artifactBucketName: this.artifactBucketName,
        });
    }
}

/** Artifacts grow old; the script, which Synthetics fetches again whenever the canary changes, must not. */
function createBucket(
    parent: SyntheticCanary,
    name: string,
    args: SyntheticCanaryArgs,
    growsOld: boolean,
): SecureBucket {
    return new SecureBucket(
        name,
        {
            region: args.region,
            accountId: args.accountId,
            ...(args.kmsKeyArn === undefined ? {} : { kmsKeyArn: args.kmsKeyArn }),
            ...(args.accessLogBucket === undefined ? {} : { accessLogBucket: args.accessLogBucket }),
            ...(growsOld ? { lifecycle: { expireAfterDays: args.retentionDays ?? RETENTION_DAYS } } : {}),
            deletionProtection: args.deletionProtection ?? true,
            tags: classified(DataClassification.Internal, args.tags),
        },
        { parent },
    );
}

function uploadScript(
    parent: SyntheticCanary,
    name: string,
    { region }: SyntheticCanaryArgs,
    { policyReady }: SecureBucket,
): aws.s3.BucketObjectv2 {
    const text = functionText(FUNCTION);
    const script = new pulumi.asset.StringAsset(text);
    return new aws.s3.BucketObjectv2(
        `${name}-script`,
        {
            region,
            bucket: policyReady,
            // A new script has a new key, by which the canary knows that it changed.
            key: `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.zip`,
            // Runtimes look for scripts in one of two places, depending on their age.
            source: new pulumi.asset.AssetArchive({
                "index.js": script,
                "nodejs/node_modules/index.js": script,
            }),
            contentType: "application/zip",
        },
        asSetting({ parent }),
    );
}

function createCanary(
    parent: SyntheticCanary,
    name: string,
    args: SyntheticCanaryArgs,
    artifacts: SecureBucket,
    script: aws.s3.BucketObjectv2,
): aws.synthetics.Canary {
    const minutes = args.intervalMinutes ?? INTERVAL_MINUTES;
    const retention = args.retentionDays ?? RETENTION_DAYS;
    return new aws.synthetics.Canary(
        name,
        {
            region: args.region,
            artifactS3Location: pulumi.interpolate`s3://${artifacts.policyReady}/`,
            artifactConfig: {
                s3Encryption:
                    args.kmsKeyArn === undefined
                        ? { encryptionMode: "SSE_S3" }
                        : { encryptionMode: "SSE_KMS", kmsKeyArn: args.kmsKeyArn },
            },
            executionRoleArn: createExecutionRole(
                name,
                {
                    ...args,
                    description: `What the canary ${name} runs as`,
                    service: "lambda.amazonaws.com",
                    statements: () => canaryStatements(args, artifacts),
                },
                parent,
            ),
            runtimeVersion: args.runtimeVersion ?? RUNTIME_VERSION,
            handler: "index.handler",
            s3Bucket: script.bucket,
            s3Key: script.key,
            s3Version: script.versionId,
            schedule: { expression: minutes === 1 ? "rate(1 minute)" : `rate(${minutes} minutes)` },
            runConfig: {
                memoryInMb: MEMORY_MB,
                // A run ends before the next one begins.
                timeoutInSeconds: Math.min(TIMEOUT_SECONDS, minutes * 60),
                environmentVariables: {
                    WATCHED_HOST: args.host,
                    WATCHED_PATHS: JSON.stringify(args.paths ?? ["/"]),
                },
            },
            startCanary: true,
            // What Synthetics made goes with the canary.
            deleteLambda: true,
            successRetentionPeriod: retention,
            failureRetentionPeriod: retention,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
}

function createAlarm(
    parent: SyntheticCanary,
    name: string,
    args: SyntheticCanaryArgs,
    canary: aws.synthetics.Canary,
): aws.cloudwatch.MetricAlarm {
    return alarm(
        `${name}-failing`,
        {
            region: args.region,
            description:
                `A viewer in ${args.region} gets no page from https://${args.host}, or the canary that asks for them does ` +
                "not run. Look at the canary's last run, which names the pages.",
            metric: {
                namespace: "CloudWatchSynthetics",
                metricName: "SuccessPercent",
                dimensions: { CanaryName: canary.name },
                statistic: "Average",
            },
            comparison: "LessThanThreshold",
            threshold: 100,
            period: (args.intervalMinutes ?? INTERVAL_MINUTES) * 60,
            evaluationPeriods: args.failuresToAlarm ?? FAILURES_TO_ALARM,
            // A canary that does not run says nothing, and nothing is no news.
            missingData: "breaching",
            ...(args.alarmTopicArn === undefined ? {} : { topicArns: [args.alarmTopicArn] }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
}
