/** Arguments of functions that are fine. */
import * as pulumi from "@pulumi/pulumi";

import { type ServerlessFunctionArgs } from "../../../components";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";
import { arnHere } from "./eventArguments";

export const FUNCTION_KEY = arnHere("kms", "key/functions");
export const FUNCTION_TOPIC = arnHere("sns", "alarms");

/** A function with nothing but what it must be told. */
export const goodFunction: ServerlessFunctionArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    description: "Answers questions about carts",
    code: new pulumi.asset.AssetArchive({
        "index.js": new pulumi.asset.StringAsset("exports.handler=async()=>({});"),
    }),
    kmsKeyArn: FUNCTION_KEY,
};

/** One source of each kind, with nothing but what it must be told. */
export const goodSources = {
    queues: { orders: { queueArn: arnHere("sqs", "orders") } },
    streams: {
        clicks: { streamArn: arnHere("kinesis", "stream/clicks") },
        carts: { streamArn: arnHere("dynamodb", "table/carts/stream/2026-01-01T00:00:00.000") },
    },
    topics: { news: { topicArn: arnHere("sns", "news") } },
    eventRules: { placed: { eventBusName: "shop", eventPattern: '{"source":["shop.orders"]}' } },
    buckets: { images: { bucketName: "shop-images" } },
    schedules: { nightly: { scheduleExpression: "cron(0 3 * * ? *)" } },
} satisfies Partial<ServerlessFunctionArgs>;

/** Everything that can be said of a function. */
export const fullFunction: ServerlessFunctionArgs = {
    ...goodFunction,
    handler: "index.handler",
    memorySize: 1024,
    timeoutSeconds: 30,
    ephemeralStorageMiB: 1024,
    environment: { CARTS_TABLE: "carts" },
    layerArns: [arnHere("lambda", "layer:fonts:3")],
    permissions: [
        [
            {
                sid: "ReadItems",
                actions: ["dynamodb:GetItem"],
                resources: [arnHere("dynamodb", "table/carts")],
            },
        ],
    ],
    permissionsBoundaryArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`,
    reservedConcurrency: 50,
    network: {
        vpcId: "vpc-0a1b2c3d",
        subnetIds: ["subnet-0a", "subnet-0b"],
        httpsEgressCidrBlocks: ["10.0.0.0/16"],
    },
    aliasName: "production",
    deployment: { percent: 20, intervalMinutes: 10, alarmNames: ["shop-checkout-errors"] },
    asyncInvocation: {
        maximumRetryAttempts: 1,
        maximumEventAgeInSeconds: 600,
        onFailureArn: arnHere("events", "event-bus/shop"),
        onSuccessArn: arnHere("sqs", "done"),
    },
    tracing: { layerArn: arnHere("lambda", "layer:AWSOpenTelemetryDistroJs:12"), serviceName: "carts" },
    queues: {
        orders: {
            queueArn: arnHere("sqs", "orders"),
            kmsKeyArn: FUNCTION_KEY,
            batchSize: 100,
            batchingWindowSeconds: 5,
            maximumConcurrency: 20,
            filterPatterns: ['{"body":{"type":["order"]}}'],
        },
    },
    streams: {
        clicks: {
            streamArn: arnHere("kinesis", "stream/clicks/consumer/carts:1700000000"),
            kmsKeyArn: FUNCTION_KEY,
            batchSize: 500,
            batchingWindowSeconds: 2,
            parallelizationFactor: 2,
            maximumRetryAttempts: 3,
            maximumRecordAgeInSeconds: 3600,
            filterPatterns: ['{"data":{"kind":["click"]}}'],
        },
    },
    topics: {
        news: { topicArn: arnHere("sns", "news"), filterPolicy: '{"type":["sale"]}', filtersBody: true },
    },
    eventRules: goodSources.eventRules,
    buckets: {
        images: {
            bucketName: "shop-images",
            detailTypes: ["Object Created", "Object Deleted"],
            keyPrefix: "uploads/",
            keySuffix: ".jpg",
        },
    },
    schedules: {
        nightly: {
            scheduleExpression: "cron(0 3 * * ? *)",
            timeZone: "Europe/Berlin",
            flexibleMinutes: 15,
            input: '{"full":true}',
        },
    },
    logRetentionDays: 90,
    alarmTopicArns: [FUNCTION_TOPIC],
    tags: { project: "shop" },
};
