import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const ACL = "aws:wafv2/webAcl:WebAcl";
const LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const EDGE = "shop-edge-web-acl";
const RATE = "rules[5].statement.rateBasedStatement";

const otherLogs: readonly FixtureResource[] = [
    {
        type: LOG_GROUP,
        name: "other-logs",
        inputs: { name: "aws-waf-logs-other", region: "us-east-1", retentionInDays: 30 },
    },
    {
        type: ACL,
        name: "other",
        inputs: { name: "other", scope: "REGIONAL", region: "us-east-1", rules: [] },
    },
    {
        type: LOGGING,
        name: "other-logging",
        inputs: {
            region: "us-east-1",
            resourceArn: refTo(ACL, "other"),
            logDestinationConfigs: [refTo(LOG_GROUP, "other-logs")],
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "wafv2-rule-priorities",
        title: "one priority twice",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "rules[1].priority", 10);
        },
        message: "has rules[1] with priority 10, and so has rules[0]",
    },
    {
        rule: "wafv2-rule-priorities",
        title: "one name twice",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "rules[1].name", "unknown-host");
        },
        message: 'with the name "unknown-host" of another rule',
    },
    {
        rule: "wafv2-rule-action",
        title: "an action on a rule group",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "rules[3].action", { block: {} });
        },
        message: "with action on a rule group",
    },
    {
        rule: "wafv2-rule-action",
        title: "an override of no rule group",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "rules[0].overrideAction", { none: {} });
        },
        message: "with overrideAction on no rule group",
    },
    {
        rule: "wafv2-rule-action",
        title: "a rule group inside of a statement",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "rules[0].statement.notStatement.statement", {
                managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesUnixRuleSet" },
            });
        },
        message: "with a rule group inside of another statement",
    },
    {
        rule: "wafv2-capacity",
        title: "many rule groups",
        change: (stack) => {
            const names = [
                "CommonRuleSet",
                "LinuxRuleSet",
                "SQLiRuleSet",
                "WindowsRuleSet",
                "KnownBadInputsRuleSet",
            ];
            const groups = [...names, "UnixRuleSet"].map((name, index) => ({
                name,
                priority: index,
                overrideAction: { none: {} },
                statement: {
                    managedRuleGroupStatement: { vendorName: "AWS", name: `AWSManagedRules${name}` },
                },
                visibilityConfig: {
                    cloudwatchMetricsEnabled: true,
                    metricName: name,
                    sampledRequestsEnabled: true,
                },
            }));
            stack.set(stack.find(ACL, EDGE), "rules", groups);
        },
        message: "takes 1600 capacity units or more; allowed: 1500",
    },
    {
        rule: "wafv2-log-destination",
        title: "a log group of another name",
        fixture: otherLogs,
        change: (stack) => {
            stack.set(stack.find(LOG_GROUP, "other-logs"), "name", "other");
            stack.relate(stack.find(LOG_GROUP, "other-logs"), "name", stack.find(ACL, "other"));
        },
        message: 'writes to "other", which does not begin with aws-waf-logs-',
    },
    {
        rule: "wafv2-log-destination",
        title: "a log group of another region",
        fixture: otherLogs,
        change: (stack) => {
            stack.set(stack.find(LOG_GROUP, "other-logs"), "region", "eu-central-1");
        },
        message: "is in us-east-1 and writes to other-logs of eu-central-1",
    },
    {
        rule: "wafv2-log-destination",
        title: "the ARN of another log group",
        change: (stack) => {
            stack.add({
                type: LOGGING,
                name: "third-logging",
                inputs: {
                    region: "us-east-1",
                    resourceArn: "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/third/1234",
                    logDestinationConfigs: ["arn:aws:logs:us-east-1:111122223333:log-group:third"],
                },
            });
        },
        message: 'writes to "third"',
    },
    {
        rule: "wafv2-log-destination",
        title: "a web ACL that has logs already",
        fixture: otherLogs,
        change: (stack) => {
            stack.refer(stack.find(LOGGING, "other-logging"), "resourceArn", stack.find(ACL, EDGE));
        },
        message: "writes the logs of a web ACL, and so does",
    },
    {
        rule: "wafv2-rate-limit",
        title: "five requests",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), `${RATE}.limit`, 5);
        },
        message: "with a rate limit of 5; allowed: 10 or more",
    },
    {
        rule: "wafv2-rate-limit",
        title: "a window of 90 seconds",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), `${RATE}.evaluationWindowSec`, 90);
        },
        message: "with evaluationWindowSec 90",
    },
    {
        rule: "wafv2-rate-limit",
        title: "a forwarded address from no header",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), `${RATE}.aggregateKeyType`, "FORWARDED_IP");
        },
        message: "with aggregateKeyType FORWARDED_IP and no forwardedIpConfig",
    },
    {
        rule: "wafv2-text",
        title: "a description in parentheses",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "description", "Web ACL (edge)");
        },
        message: 'has description "Web ACL (edge)"',
    },
    {
        rule: "wafv2-text",
        title: "a metric with a period",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "visibilityConfig.metricName", "shop.example.com");
        },
        message: 'has visibilityConfig.metricName "shop.example.com"',
    },
    {
        rule: "wafv2-text",
        title: "a metric of WAF's own",
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "rules[0].visibilityConfig.metricName", "All");
        },
        message: 'has rules[0].visibilityConfig.metricName "All"',
    },
    {
        rule: "pinpoint-ended-features",
        title: "a mail channel",
        change: (stack) => {
            stack.add({
                type: "aws:pinpoint/emailChannel:EmailChannel",
                name: "mail",
                inputs: { applicationId: "1234", fromAddress: "shop@example.com", region: "us-east-1" },
            });
        },
        decidedBy: "relations",
        message: "is of the type EmailChannel, which ended with Pinpoint",
    },
    {
        rule: "pinpoint-ended-features",
        title: "a campaign's limits",
        fixture: [
            { type: "aws:pinpoint/app:App", name: "app", inputs: { name: "app", region: "us-east-1" } },
        ],
        change: (stack) => {
            stack.set(stack.find("aws:pinpoint/app:App"), "limits", { daily: 3 });
        },
        decidedBy: "relations",
        message: "has limits, which ended",
    },
    {
        rule: "shield-subscription",
        title: "a subscription",
        change: (stack) => {
            stack.add({
                type: "aws:shield/subscription:Subscription",
                name: "shield",
                inputs: { autoRenew: "DISABLED" },
            });
        },
        decidedBy: "relations",
        message: "for a year",
    },
    {
        rule: "shield-subscription",
        title: "a protection without a subscription",
        change: (stack) => {
            stack.add({
                type: "aws:shield/protection:Protection",
                name: "protection",
                inputs: {
                    name: "shop",
                    resourceArn: "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE",
                },
            });
        },
        decidedBy: "relations",
        message: "needs a subscription",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "shield-subscription",
        title: "a subscription that was decided on",
        config: { allowed: true },
        change: (stack) => {
            stack.add({
                type: "aws:shield/subscription:Subscription",
                name: "shield",
                inputs: { autoRenew: "DISABLED" },
            });
        },
    },
    {
        rule: "wafv2-capacity",
        title: "rule groups that the configuration allows",
        config: { included: 2500 },
        change: (stack) => {
            stack.set(stack.find(ACL, EDGE), "rules[0].statement", {
                managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
            });
        },
    },
];
