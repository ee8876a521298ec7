import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT, KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

const GROUPS: readonly FixtureResource[] = [
    { type: GROUP, name: "lone", inputs: { retentionInDays: 365, kmsKeyId: KEY_ARN } },
];
const COMPOSITES: readonly FixtureResource[] = [
    {
        type: COMPOSITE,
        name: "any",
        inputs: {
            alarmName: "any",
            actionsEnabled: true,
            alarmRule: refTo(ALARM, "shop-web-alarm-latency-p99"),
            alarmActions: [`arn:aws:sns:us-east-1:${ACCOUNT}:alarms`],
        },
    },
];
const web = { type: GROUP, name: "shop-web-log" };
const lone = { type: GROUP, name: "lone", fixture: GROUPS };
const alarm = { type: ALARM, name: "shop-web-alarm-latency-p99" };
const composite = { type: COMPOSITE, name: "any", fixture: COMPOSITES };

export const mutants: readonly Mutant[] = [
    setting(web, "logs-retention", "half a year", "retentionInDays", 180, {
        message: "retentionInDays is 180, and 365 is demanded",
    }),
    setting(web, "logs-retention", "for ever", "retentionInDays", 0, {
        message: "keeps events for ever",
    }),
    unsetting(web, "logs-retention", "left out", "retentionInDays"),
    unsetting(lone, "logs-customer-key", "none", "kmsKeyId", { message: "kmsKeyId is not given" }),
    unsetting(web, "logs-customer-key", "none, whatever else is known", "kmsKeyId", {
        decidedBy: "relations",
    }),
    setting(alarm, "cloudwatch-alarm-actions", "off", "actionsEnabled", false, {
        message: "actionsEnabled is false",
    }),
    unsetting(alarm, "cloudwatch-alarm-actions", "nothing to do", "alarmActions", {
        decidedBy: "relations",
        message: "alarmActions is empty",
    }),
    setting(composite, "cloudwatch-alarm-actions", "an empty list", "alarmActions", [], {
        message: "alarmActions is empty",
    }),
    unsetting(composite, "cloudwatch-alarm-actions", "a composite alarm", "alarmActions", {
        decidedBy: "relations",
    }),
];

export const accepted: readonly Accepted[] = [
    {
        ...setting(web, "logs-retention", "for ever where that will do", "retentionInDays", 0),
        config: { forever: true },
    },
    {
        ...setting(web, "logs-retention", "a month where that will do", "retentionInDays", 30),
        config: { minDays: 30 },
    },
    ...["logs-retention", "logs-customer-key"].map((rule): Accepted => ({
        rule,
        title: "what is on its way to a store",
        fixture: GROUPS,
        change: (stack) => {
            const found = stack.find(GROUP, "lone");
            stack.set(found, "logGroupClass", "DELIVERY");
            stack.unset(found, "retentionInDays");
            stack.unset(found, "kmsKeyId");
        },
    })),
    unsetting(alarm, "cloudwatch-alarm-actions", "left on", "actionsEnabled"),
    {
        rule: "cloudwatch-alarm-actions",
        title: "a part of a composite alarm",
        fixture: COMPOSITES,
        change: (stack) => {
            stack.unset(stack.find(ALARM, "shop-web-alarm-latency-p99"), "alarmActions");
        },
    },
];
