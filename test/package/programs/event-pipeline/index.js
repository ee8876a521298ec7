"use strict";
const archive = require("@pulumi/archive");
const aws = require("@pulumi/aws");
const docker = require("@pulumi/docker");
const pulumi = require("@pulumi/pulumi");
const std = require("@pulumi/std");

const uploads = new aws.s3.Bucket("uploads");
const dead = new aws.sqs.Queue("dead", { messageRetentionSeconds: 1209600 });
const jobs = new aws.sqs.Queue("jobs", {
    visibilityTimeoutSeconds: 120,
    redrivePolicy: std.jsonencodeOutput({ input: { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 } })
        .result,
});
const topic = new aws.sns.Topic("uploaded");
new aws.sns.TopicPolicy("uploaded", {
    arn: topic.arn,
    policy: aws.iam.getPolicyDocumentOutput({
        statements: [
            {
                actions: ["sns:Publish"],
                principals: [{ type: "Service", identifiers: ["s3.amazonaws.com"] }],
                resources: [topic.arn],
                conditions: [{ test: "ArnLike", variable: "aws:SourceArn", values: [uploads.arn] }],
            },
        ],
    }).json,
});
new aws.s3.BucketNotification("uploads", {
    bucket: uploads.id,
    topics: [{ topicArn: topic.arn, events: ["s3:ObjectCreated:*"] }],
});
new aws.sns.TopicSubscription("jobs", { topic: topic.arn, protocol: "sqs", endpoint: jobs.arn });
const code = archive.getFileOutput({ type: "zip", sourceDir: "./worker", outputPath: "worker.zip" });
const role = new aws.iam.Role("worker", {
    assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
    }),
});
const worker = new aws.lambda.Function("worker", {
    runtime: "nodejs22.x",
    handler: "index.handler",
    role: role.arn,
    code: new pulumi.asset.FileArchive("./worker"),
    sourceCodeHash: code.outputBase64sha256,
    environment: { variables: { MOTTO: std.upperOutput({ input: "keep calm" }).result } },
});
new aws.lambda.EventSourceMapping("jobs", {
    eventSourceArn: jobs.arn,
    functionName: worker.arn,
    batchSize: 5,
});
const stream = new aws.kinesis.Stream("events", { shardCount: 1 });
new aws.kinesis.FirehoseDeliveryStream("events", {
    destination: "extended_s3",
    kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: role.arn },
    extendedS3Configuration: { bucketArn: uploads.arn, roleArn: role.arn },
});
const nightly = new aws.cloudwatch.EventRule("nightly", { scheduleExpression: "rate(1 day)" });
new aws.cloudwatch.EventTarget("nightly", { rule: nightly.name, arn: worker.arn });
const image = new docker.RemoteImage("base", { name: "alpine:3.20" });

exports.queue = jobs.url;
exports.base = image.imageId;
exports.motto = worker.environment.apply((given) => given.variables.MOTTO);
