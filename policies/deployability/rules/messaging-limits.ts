import { limitsRule } from "../shared/tables";
import { QUEUE } from "../shared/types";

export const rule = limitsRule({
    id: "messaging-limits",
    description:
        "Settings of queues, event rules, targets, archives, streams and state machines are among the values that AWS takes.",
    controls: ["F16.4", "F16.6", "F47.4", "F47.6"],
    table: {
        [QUEUE]: {
            ranges: {
                delaySeconds: { min: 0, max: 900 },
                maxMessageSize: { min: 1024, max: 1048576 },
                messageRetentionSeconds: { min: 60, max: 1209600 },
                receiveWaitTimeSeconds: { min: 0, max: 20 },
                visibilityTimeoutSeconds: { min: 0, max: 43200 },
                kmsDataKeyReusePeriodSeconds: { min: 60, max: 86400 },
            },
            choices: {
                deduplicationScope: ["messageGroup", "queue"],
                fifoThroughputLimit: ["perQueue", "perMessageGroupId"],
            },
        },
        "aws:cloudwatch/eventRule:EventRule": {
            choices: { state: ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] },
        },
        "aws:cloudwatch/eventArchive:EventArchive": {
            ranges: { retentionDays: { min: 0, max: 2147483647 } },
        },
        "aws:kinesis/stream:Stream": {
            ranges: {
                retentionPeriod: { min: 24, max: 8760 },
                maxRecordSizeInKib: { min: 1024, max: 10240 },
            },
            choices: { encryptionType: ["NONE", "KMS"] },
        },
        "aws:sfn/stateMachine:StateMachine": {
            ranges: { "encryptionConfiguration.kmsDataKeyReusePeriodSeconds": { min: 60, max: 900 } },
            choices: {
                type: ["STANDARD", "EXPRESS"],
                "encryptionConfiguration.type": ["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"],
                "loggingConfiguration.level": ["ALL", "ERROR", "FATAL", "OFF"],
            },
        },
        "aws:cloudwatch/eventTarget:EventTarget": {
            ranges: {
                "retryPolicy.maximumEventAgeInSeconds": { min: 60, max: 86400 },
                "retryPolicy.maximumRetryAttempts": { min: 0, max: 185 },
            },
        },
    },
});
