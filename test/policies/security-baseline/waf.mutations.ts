import { type Accepted, type Mutant, refTo } from "../../support/policies/mutation";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const KNOWN_BAD_INPUTS = { name: "AWSManagedRulesKnownBadInputsRuleSet", vendorName: "AWS" };

export const mutants: readonly Mutant[] = [
    {
        rule: "wafv2-rules",
        title: "a web ACL without rules",
        alsoFires: ["wafv2-known-bad-inputs", "wafv2-logging"],
        change: (stack) => {
            stack.add({
                type: WEB_ACL,
                name: "empty",
                inputs: {
                    scope: "REGIONAL",
                    defaultAction: { allow: {} },
                    rules: [],
                    visibilityConfig: {
                        cloudwatchMetricsEnabled: true,
                        metricName: "empty",
                        sampledRequestsEnabled: true,
                    },
                },
            });
        },
        message: "has no rules.",
    },
    {
        rule: "wafv2-metrics",
        title: "a web ACL that counts nothing",
        change: (stack) => {
            stack.set(
                stack.find(WEB_ACL, "shop-web-firewall-acl"),
                "visibilityConfig.cloudwatchMetricsEnabled",
                false,
            );
        },
        message: "CloudWatch: visibilityConfig.cloudwatchMetricsEnabled is not true.",
    },
    {
        rule: "wafv2-metrics",
        title: "a rule that counts nothing",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(WEB_ACL), "rules[3].visibilityConfig.cloudwatchMetricsEnabled", false);
        },
        message: "rules[3].visibilityConfig",
    },
    {
        rule: "wafv2-logging",
        title: "a web ACL without a log",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(LOGGING, "shop-web-firewall-logging"));
        },
    },
    {
        rule: "wafv2-known-bad-inputs",
        title: "a web ACL without the managed rule group",
        change: (stack) => {
            stack.set(
                stack.find(WEB_ACL, "shop-web-firewall-acl"),
                "rules[1].statement.managedRuleGroupStatement.name",
                "AWSManagedRulesLinuxRuleSet",
            );
        },
    },
    {
        rule: "wafv2-known-bad-inputs",
        title: "a managed rule group that only counts",
        change: (stack) => {
            stack.set(stack.find(WEB_ACL, "shop-web-firewall-acl"), "rules[1].overrideAction", { count: {} });
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "wafv2-rules",
        title: "rules as JSON",
        change: (stack) => {
            const acl = stack.find(WEB_ACL, "shop-web-firewall-acl");
            stack.unset(acl, "rules");
            stack.set(acl, "ruleJson", "[]");
        },
    },
    {
        rule: "wafv2-rules",
        title: "rules as resources",
        change: (stack) => {
            stack.set(stack.find(WEB_ACL, "shop-web-firewall-acl"), "rules", []);
            stack.add({
                type: "aws:wafv2/webAclRule:WebAclRule",
                name: "rule",
                inputs: { webAclArn: refTo(WEB_ACL, "shop-web-firewall-acl") },
            });
        },
    },
    {
        rule: "wafv2-known-bad-inputs",
        title: "the managed rule group as a resource",
        change: (stack) => {
            stack.set(stack.find(WEB_ACL, "shop-web-firewall-acl"), "rules", []);
            stack.add({
                type: "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
                name: "group",
                inputs: {
                    webAclArn: refTo(WEB_ACL, "shop-web-firewall-acl"),
                    managedRuleGroup: KNOWN_BAD_INPUTS,
                    overrideAction: "none",
                },
            });
        },
    },
    {
        rule: "wafv2-known-bad-inputs",
        title: "the managed rule group in JSON",
        change: (stack) => {
            const acl = stack.find(WEB_ACL, "shop-web-firewall-acl");
            stack.unset(acl, "rules");
            stack.set(
                acl,
                "ruleJson",
                JSON.stringify([
                    {
                        OverrideAction: { None: {} },
                        Statement: {
                            ManagedRuleGroupStatement: {
                                Name: KNOWN_BAD_INPUTS.name,
                                VendorName: KNOWN_BAD_INPUTS.vendorName,
                            },
                        },
                    },
                ]),
            );
        },
    },
];
