import { limitsRule } from "../shared/tables";
import { QUEUE } from "../shared/types";

export const rule = limitsRule({
    id: "messaging-limits",
    description: "Settings of queues, event rules and targets are among the values that AWS takes.",
    controls: ["F16.4", "F16.6"],
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
        "aws:cloudwatch/eventTarget:EventTarget": {
            ranges: {
                "retryPolicy.maximumEventAgeInSeconds": { min: 60, max: 86400 },
                "retryPolicy.maximumRetryAttempts": { min: 0, max: 185 },
            },
        },
    },
});
