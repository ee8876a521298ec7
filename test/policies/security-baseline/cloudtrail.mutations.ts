import { type Accepted, type Mutant } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const TRAIL = "aws:cloudtrail/trail:Trail";
const trail = { type: TRAIL };
const lone = {
    type: TRAIL,
    name: "lone",
    fixture: [
        {
            type: TRAIL,
            name: "lone",
            inputs: {
                s3BucketName: "trail",
                kmsKeyId: KEY_ARN,
                isMultiRegionTrail: true,
                enableLogFileValidation: true,
                cloudWatchLogsGroupArn: "arn:aws:logs:us-east-1:111122223333:log-group:trail:*",
            },
        },
    ],
};

export const mutants: readonly Mutant[] = [
    {
        rule: "cloudtrail-multi-region",
        title: "no trail in the account's home",
        change: (stack) => {
            stack.remove(stack.find(TRAIL));
        },
        message: "looks after its account, and has no trail",
    },
    setting(trail, "cloudtrail-multi-region", "one region", "isMultiRegionTrail", false, {
        message: "isMultiRegionTrail is not true",
    }),
    unsetting(trail, "cloudtrail-multi-region", "left out", "isMultiRegionTrail"),
    setting(trail, "cloudtrail-multi-region", "stopped", "enableLogging", false, {
        message: "enableLogging is false",
    }),
    setting(trail, "cloudtrail-multi-region", "no global services", "includeGlobalServiceEvents", false),
    setting(trail, "cloudtrail-multi-region", "writes alone", "eventSelectors", [
        { readWriteType: "WriteOnly", includeManagementEvents: true },
        { readWriteType: "All", includeManagementEvents: false },
    ]),
    setting(trail, "cloudtrail-multi-region", "data events alone", "advancedEventSelectors", [
        { fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] },
    ]),
    unsetting(lone, "cloudtrail-customer-key", "none", "kmsKeyId"),
    setting(lone, "cloudtrail-customer-key", "AWS's key", "kmsKeyId", "alias/aws/s3"),
    setting(trail, "cloudtrail-file-validation", "off", "enableLogFileValidation", false),
    unsetting(trail, "cloudtrail-file-validation", "left out", "enableLogFileValidation"),
    unsetting(trail, "cloudtrail-log-group", "left out", "cloudWatchLogsGroupArn", {
        decidedBy: "relations",
    }),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cloudtrail-multi-region",
        title: "another trail for data events",
        change: (stack) => {
            stack.add({ type: TRAIL, name: "data", inputs: { s3BucketName: "trail" } });
        },
    },
    setting(trail, "cloudtrail-multi-region", "data events as well", "advancedEventSelectors", [
        { fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
        { fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] },
    ]),
    {
        rule: "cloudtrail-multi-region",
        title: "a trail of the organisation's",
        config: { managedElsewhere: true },
        change: (stack) => {
            stack.remove(stack.find(TRAIL));
        },
    },
];
