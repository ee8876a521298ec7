/** Ways in that are open without saying so: prefix lists, rules of listeners, balancers, web ACLs that count. */
import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const LEGACY = "aws:ec2/securityGroupRule:SecurityGroupRule";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const LISTENER = "aws:lb/listener:Listener";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const RULE_GROUP = "aws:wafv2/ruleGroup:RuleGroup";

const VPC = { vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network") };
const OFFICE = { cidr: "203.0.113.0/24", description: "office" };

const prefixList: FixtureResource = {
    type: LIST,
    name: "offices",
    inputs: { addressFamily: "IPv4", maxEntries: 5, entries: [OFFICE] },
};

const lists: readonly FixtureResource[] = [
    prefixList,
    {
        type: INGRESS,
        name: "by-list",
        inputs: {
            securityGroupId: refTo(GROUP, "shop-vpc-web"),
            prefixListId: refTo(LIST, "offices"),
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            description: "from the offices",
        },
    },
];

/** Lets the list in by a rule of the older type, and by an inline one. */
const legacy: readonly FixtureResource[] = [
    prefixList,
    {
        type: LEGACY,
        name: "by-list",
        inputs: {
            type: "ingress",
            securityGroupId: refTo(GROUP, "shop-vpc-web"),
            prefixListIds: [refTo(LIST, "offices")],
            protocol: "tcp",
            fromPort: 3389,
            toPort: 3389,
            description: "from the offices",
        },
    },
];
const inline: readonly FixtureResource[] = [
    prefixList,
    {
        type: GROUP,
        name: "inline",
        inputs: {
            ...VPC,
            description: "inline",
            ingress: [
                {
                    protocol: "-1",
                    fromPort: 0,
                    toPort: 0,
                    prefixListIds: [refTo(LIST, "offices")],
                    description: "from the offices",
                },
            ],
        },
    },
    {
        type: "aws:ec2/networkInterface:NetworkInterface",
        name: "inline",
        inputs: { subnetId: "subnet-1", securityGroups: [refTo(GROUP, "inline")] },
    },
];

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const rules: readonly FixtureResource[] = [
    {
        type: LISTENER,
        name: "plain",
        inputs: {
            loadBalancerArn: refTo(BALANCER, "shop-web-alb"),
            port: 80,
            protocol: "HTTP",
            defaultActions: [redirect],
        },
    },
    {
        type: LISTENER_RULE,
        name: "lone",
        inputs: {
            listenerArn: refTo(LISTENER, "plain"),
            actions: [redirect],
            conditions: [{ pathPattern: { values: ["/old/*"] } }],
        },
    },
];
const forward = {
    type: "forward",
    targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/1",
};

const classic: FixtureResource = {
    type: CLASSIC,
    name: "old",
    inputs: {
        internal: true,
        subnets: [refTo("aws:ec2/subnet:Subnet", "shop-vpc-network-web-1")],
        listeners: [{ instancePort: 443, instanceProtocol: "ssl", lbPort: 443, lbProtocol: "ssl" }],
    },
};

const BLOCKING = "shop-web-firewall-acl";
const metrics = { cloudwatchMetricsEnabled: true, metricName: "m", sampledRequestsEnabled: true };
const managed = (name: string, rest: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    managedRuleGroupStatement: { name, vendorName: "AWS", ...rest },
});
const counting = {
    name: "count",
    priority: 1,
    action: { count: {} },
    statement: { geoMatchStatement: { countryCodes: ["US"] } },
    visibilityConfig: metrics,
};
const group = (statement: unknown, overrideAction: unknown): Record<string, unknown> => ({
    name: "group",
    priority: 2,
    overrideAction,
    statement,
    visibilityConfig: metrics,
});
const allOverridden = {
    ruleActionOverrides: ["AnonymousIPList", "HostingProviderIPList"].map((name) => ({
        name,
        actionToUse: { count: {} },
    })),
};
const knownBad = group(managed("AWSManagedRulesKnownBadInputsRuleSet"), { none: {} });

function acl(title: string, given: readonly unknown[], rest: Partial<Mutant> = {}): Mutant {
    return {
        alsoFires: ["wafv2-known-bad-inputs"],
        ...rest,
        rule: "wafv2-rules-block",
        title,
        change: (stack) => {
            stack.set(stack.find(WEB_ACL, BLOCKING), "rules", given);
        },
        message: "stops nothing",
    };
}

const ruleGroup: FixtureResource = {
    type: RULE_GROUP,
    name: "own",
    inputs: { capacity: 5, scope: "REGIONAL", rules: [counting], visibilityConfig: metrics },
};

export const mutants: readonly Mutant[] = [
    {
        rule: "ec2-prefix-list-world-ports",
        title: "a prefix list with the whole internet",
        fixture: lists,
        change: (stack) => {
            stack.set(stack.find(LIST, "offices"), "entries", [OFFICE, { cidr: "0.0.0.0/0" }]);
        },
        message: 'lets 0.0.0.0/0 in by the prefix list "offices" on tcp 22, with the high-risk port 22.',
    },
    {
        rule: "ec2-prefix-list-world-ports",
        title: "an entry of its own with half of the internet",
        fixture: [
            ...lists,
            {
                type: ENTRY,
                name: "more",
                inputs: { prefixListId: refTo(LIST, "offices"), cidr: "198.51.100.0/24" },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(ENTRY, "more"), "cidr", "128.0.0.0/1");
        },
        message: "lets 128.0.0.0/1 in",
    },
    {
        rule: "ec2-prefix-list-world-ports",
        title: "an entry beside one that is unknown, in a rule of the older type",
        fixture: legacy,
        change: (stack) => {
            stack.set(stack.find(LIST, "offices"), "entries[0].cidr", "::/0");
        },
        message: "on tcp 3389",
    },
    {
        rule: "ec2-prefix-list-world-ports",
        title: "an inline rule",
        fixture: inline,
        change: (stack) => {
            stack.set(stack.find(LIST, "offices"), "entries[0].cidr", "0.0.0.0/0");
        },
        message: "high-risk ports among them",
    },
    {
        rule: "elb-http-rules",
        title: "a rule that forwards HTTP",
        fixture: rules,
        change: (stack) => {
            stack.set(stack.find(LISTENER_RULE, "lone"), "actions", [forward]);
        },
        message: 'answers HTTP with an action of type "forward" (actions[0]).',
    },
    {
        rule: "elb-http-rules",
        title: "a rule that redirects to HTTP",
        fixture: rules,
        change: (stack) => {
            stack.set(stack.find(LISTENER_RULE, "lone"), "actions[0].redirect.protocol", "#{protocol}");
        },
        message: 'redirects HTTP to protocol "#{protocol}" (actions[0]).',
    },
    {
        rule: "elb-network-internet",
        title: "a network load balancer that faces the internet",
        change: (stack) => {
            stack.set(stack.find(BALANCER, "shop-api-nlb"), "internal", false);
        },
        message: "is a network load balancer that faces the internet.",
    },
    {
        rule: "elb-network-internet",
        title: "a network load balancer that does not say",
        change: (stack) => {
            stack.unset(stack.find(BALANCER, "shop-api-nlb"), "internal");
        },
    },
    {
        rule: "elb-network-internet",
        title: "a classic load balancer",
        fixture: [classic],
        change: (stack) => {
            stack.set(stack.find(CLASSIC, "old"), "internal", false);
        },
        message: "is a classic load balancer that faces the internet.",
    },
    acl("rules that count alone", [counting]),
    acl("a group that counts", [group(managed("AWSManagedRulesKnownBadInputsRuleSet"), { count: {} })]),
    acl("a group whose rules are all overridden", [
        group(managed("AWSManagedRulesAnonymousIpList", allOverridden), { none: {} }),
    ]),
    {
        rule: "wafv2-rules-block",
        title: "an own group that counts alone",
        fixture: [ruleGroup],
        alsoFires: ["wafv2-known-bad-inputs"],
        change: (stack) => {
            const firewall = stack.find(WEB_ACL, BLOCKING);
            stack.set(firewall, "rules", [
                group({ ruleGroupReferenceStatement: { arn: "arn:aws:wafv2:::own" } }, { none: {} }),
            ]);
            stack.relate(firewall, "rules", stack.find(RULE_GROUP, "own"));
        },
        message: "stops nothing",
    },
    {
        rule: "wafv2-known-bad-inputs",
        title: "rules against Log4Shell that count",
        change: (stack) => {
            stack.set(
                stack.find(WEB_ACL, BLOCKING),
                "rules[1].statement.managedRuleGroupStatement.ruleActionOverrides",
                [{ name: "Log4JRCE_BODY", actionToUse: { count: {} } }],
            );
        },
        message: "does not block with AWSManagedRulesKnownBadInputsRuleSet.",
    },
];

function acceptedAcl(title: string, given: readonly unknown[]): Accepted {
    return {
        rule: "wafv2-rules-block",
        title,
        change: (stack) => {
            stack.set(stack.find(WEB_ACL, BLOCKING), "rules", given);
        },
    };
}

export const accepted: readonly Accepted[] = [
    {
        rule: "ec2-prefix-list-world-ports",
        title: "the whole internet on HTTPS",
        fixture: lists,
        change: (stack) => {
            stack.set(stack.find(LIST, "offices"), "entries", [{ cidr: "0.0.0.0/0" }]);
            stack.set(stack.find(INGRESS, "by-list"), "fromPort", 443);
            stack.set(stack.find(INGRESS, "by-list"), "toPort", 443);
        },
    },
    {
        rule: "ec2-prefix-list-world-ports",
        title: "the whole internet in a list that nothing lets in",
        fixture: [prefixList],
        change: (stack) => {
            stack.set(stack.find(LIST, "offices"), "entries", [{ cidr: "0.0.0.0/0" }]);
        },
    },
    {
        rule: "elb-http-rules",
        title: "a rule of an HTTPS listener that forwards",
        fixture: rules,
        change: (stack) => {
            stack.set(stack.find(LISTENER, "plain"), "protocol", "HTTPS");
            stack.set(stack.find(LISTENER_RULE, "lone"), "actions", [forward]);
        },
    },
    {
        rule: "elb-network-internet",
        title: "a network load balancer that is meant to",
        config: { internetFacing: ["shop-api-*"] },
        change: (stack) => {
            stack.set(stack.find(BALANCER, "shop-api-nlb"), "internal", false);
        },
    },
    {
        rule: "elb-network-internet",
        title: "an application load balancer, which a web ACL can be before",
        change: (stack) => {
            stack.unset(stack.find(BALANCER, "shop-web-alb"), "internal");
        },
    },
    acceptedAcl("a rule that blocks among some that count", [
        counting,
        { ...counting, name: "block", priority: 3, action: { block: {} } },
    ]),
    acceptedAcl("a challenge", [{ ...counting, action: { challenge: {} } }]),
    acceptedAcl("a managed group", [counting, knownBad]),
    acceptedAcl("a group of another stack", [
        group(
            { ruleGroupReferenceStatement: { arn: "arn:aws:wafv2:us-east-1:1:rulegroup/x" } },
            { none: {} },
        ),
    ]),
    {
        rule: "wafv2-rules-block",
        title: "a web ACL that blocks what no rule allows",
        change: (stack) => {
            const firewall = stack.find(WEB_ACL, BLOCKING);
            stack.set(firewall, "rules", [counting]);
            stack.set(firewall, "defaultAction", { block: {} });
        },
    },
    {
        rule: "wafv2-known-bad-inputs",
        title: "a rule of the group that counts, for another attack",
        change: (stack) => {
            stack.set(
                stack.find(WEB_ACL, BLOCKING),
                "rules[1].statement.managedRuleGroupStatement.ruleActionOverrides",
                [{ name: "Host_localhost_HEADER", actionToUse: { count: {} } }],
            );
        },
    },
];
