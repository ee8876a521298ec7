import { type Accepted, type Mutant } from "../../support/policies/mutation";
import { setting } from "./settings";

const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
const buckets = { type: FEATURE, name: "shop-baseline-s3-data-events" };

export const mutants: readonly Mutant[] = [
    {
        rule: "guardduty-detector",
        title: "none",
        change: (stack) => {
            stack.remove(stack.find(DETECTOR));
        },
        message: "uses us-east-1, where no GuardDuty detector is",
    },
    {
        rule: "guardduty-detector",
        title: "one in another region",
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(DETECTOR), "region", "eu-west-1");
        },
        message: "uses eu-central-1",
    },
    setting({ type: DETECTOR }, "guardduty-detector", "suspended", "enable", false),
    setting(buckets, "guardduty-features", "off", "status", "DISABLED", {
        message: "watches without S3_DATA_EVENTS",
    }),
    {
        rule: "guardduty-features",
        title: "none",
        change: (stack) => {
            for (const feature of stack.all(FEATURE)) {
                stack.remove(feature);
            }
        },
        message: "watches without LAMBDA_NETWORK_LOGS, RDS_LOGIN_EVENTS and S3_DATA_EVENTS",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "guardduty-detector",
        title: "GuardDuty by the organisation",
        config: { managedElsewhere: true },
        change: (stack) => {
            stack.remove(stack.find(DETECTOR));
        },
    },
    {
        rule: "guardduty-detector",
        title: "left on",
        change: (stack) => {
            stack.unset(stack.find(DETECTOR), "enable");
        },
    },
    {
        rule: "guardduty-features",
        title: "buckets in the deprecated way",
        change: (stack) => {
            stack.remove(stack.find(FEATURE, buckets.name));
            stack.set(stack.find(DETECTOR), "datasources", { s3Logs: { enable: true } });
        },
    },
];
