import { type Accepted, type Mutant } from "../../support/policies/mutation";

const DETECTOR = "aws:guardduty/detector:Detector";
const RECORDER = "aws:cfg/recorder:Recorder";
const TRAIL = "aws:cloudtrail/trail:Trail";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

/** What each kind of stack is to have. */
const KINDS = {
    kinds: {
        network: { has: ["aws:ec2/vpc:Vpc"], needs: [[DETECTOR], [RECORDER]], perRegion: true },
        web: {
            has: ["aws:alb/loadBalancer:LoadBalancer", "aws:lb/loadBalancer:LoadBalancer"],
            unless: { internal: [true], loadBalancerType: ["gateway", "network"] },
            needs: [[WEB_ACL]],
            perRegion: true,
        },
        edge: { has: ["aws:cloudfront/distribution:Distribution"], needs: [[WEB_ACL]] },
        account: { has: ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy"], needs: [[TRAIL]] },
    },
};

export const mutants: readonly Mutant[] = [
    {
        rule: "security-services-present",
        title: "a region without a detector",
        config: KINDS,
        change: (stack) => {
            stack.remove(stack.find(DETECTOR));
        },
        message:
            'makes its stack one of the kind "network", and the stack has no aws.guardduty.Detector in us-east-1.',
    },
    {
        rule: "security-services-present",
        title: "a detector in another region",
        config: KINDS,
        stack: "prod-eu",
        change: (stack) => {
            stack.set(stack.find(DETECTOR), "region", "us-east-1");
        },
        message: "has no aws.guardduty.Detector in eu-central-1.",
    },
    {
        rule: "security-services-present",
        title: "a region without a recorder",
        config: KINDS,
        stack: "prod-eu",
        change: (stack) => {
            stack.remove(stack.find(RECORDER));
        },
        message: "has no aws.cfg.Recorder in eu-central-1.",
    },
    {
        rule: "security-services-present",
        title: "an account without a trail",
        config: KINDS,
        change: (stack) => {
            stack.remove(stack.find(TRAIL));
        },
        message: 'makes its stack one of the kind "account", and the stack has no aws.cloudtrail.Trail.',
        decidedBy: "relations",
    },
    {
        rule: "security-services-present",
        title: "a public load balancer in a region without a web ACL",
        config: KINDS,
        stack: "prod-eu",
        change: (stack) => {
            stack.remove(stack.find(WEB_ACL, "shop-web-firewall-acl"));
        },
        message:
            'makes its stack one of the kind "web", and the stack has no aws.wafv2.WebAcl in eu-central-1.',
        decidedBy: "structure",
    },
    {
        rule: "security-services-present",
        title: "a distribution without a web ACL",
        config: KINDS,
        stack: "prod-global",
        change: (stack) => {
            stack.remove(stack.find(WEB_ACL));
        },
        message: 'makes its stack one of the kind "edge", and the stack has no aws.wafv2.WebAcl.',
        decidedBy: "relations",
    },
    {
        rule: "security-services-present",
        title: "a kind of one's own",
        stack: "prod-eu",
        config: {
            kinds: {
                ours: {
                    has: ["aws:ec2/vpc:Vpc"],
                    stacks: ["prod-*"],
                    needs: [["aws:accessanalyzer/analyzer:Analyzer", "aws:inspector2/enabler:Enabler"]],
                },
            },
        },
        change: (stack) => {
            stack.remove(stack.find("aws:accessanalyzer/analyzer:Analyzer"));
        },
        message:
            'makes its stack one of the kind "ours", and the stack has no aws.accessanalyzer.Analyzer or aws.inspector2.Enabler.',
        decidedBy: "relations",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "security-services-present",
        title: "a region without a web ACL in which nothing faces the internet",
        config: KINDS,
        stack: "prod-eu",
        change: (stack) => {
            stack.remove(stack.find(WEB_ACL, "shop-web-firewall-acl"));
            stack.set(stack.find("aws:lb/loadBalancer:LoadBalancer", "shop-web-alb"), "internal", true);
        },
    },
    {
        rule: "security-services-present",
        title: "a kind that is of other stacks",
        config: { kinds: { theirs: { has: ["aws:ec2/vpc:Vpc"], stacks: ["dev-*"], needs: [[DETECTOR]] } } },
        change: (stack) => {
            stack.remove(stack.find(DETECTOR));
        },
    },
];
