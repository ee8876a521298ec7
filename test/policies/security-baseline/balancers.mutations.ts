import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const WEB_ACL_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const SUBNET = "aws:ec2/subnet:Subnet";

/** A listener that sends viewers from HTTP to HTTPS. */
const redirecting: FixtureResource = {
    type: LISTENER,
    name: "redirecting",
    inputs: {
        loadBalancerArn: refTo(BALANCER, "shop-web-alb"),
        port: 80,
        protocol: "HTTP",
        defaultActions: [
            { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
        ],
    },
};

/** A load balancer of the twin type. */
const twin: FixtureResource = {
    type: "aws:alb/loadBalancer:LoadBalancer",
    name: "twin",
    inputs: {
        internal: true,
        subnets: [
            refTo(SUBNET, "shop-vpc-network-web-1"),
            refTo(SUBNET, "shop-vpc-network-web-2"),
            refTo(SUBNET, "shop-vpc-network-web-3"),
        ],
        dropInvalidHeaderFields: true,
        enableDeletionProtection: true,
        accessLogs: { bucket: refTo("aws:s3/bucket:Bucket", "shop-logs-targets-bucket"), enabled: true },
    },
};
const TWIN = twin.type;

export const mutants: readonly Mutant[] = [
    {
        rule: "elb-http-redirect",
        title: "a page over HTTP",
        fixture: [redirecting],
        change: (stack) => {
            stack.set(stack.find(LISTENER, "redirecting"), "defaultActions", [
                { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } },
            ]);
        },
        message: 'an action of type "fixed-response" (defaultActions[0])',
    },
    {
        rule: "elb-http-redirect",
        title: "a redirect that keeps HTTP",
        fixture: [redirecting],
        change: (stack) => {
            stack.unset(stack.find(LISTENER, "redirecting"), "defaultActions[0].redirect.protocol");
        },
        message: "redirects HTTP to protocol not given",
    },
    {
        rule: "elb-http-redirect",
        title: "a listener of the twin type whose protocol is left to the default",
        fixture: [{ ...redirecting, type: "aws:alb/listener:Listener" }],
        change: (stack) => {
            const listener = stack.find("aws:alb/listener:Listener");
            stack.unset(listener, "protocol");
            stack.set(listener, "defaultActions[0].type", "forward");
        },
    },
    {
        rule: "elb-listener-tls",
        title: "a listener for plain TCP",
        change: (stack) => {
            stack.set(stack.find(LISTENER, "shop-api-tls"), "protocol", "TCP");
        },
        message: "listens for protocol TCP.",
    },
    {
        rule: "elb-tls-policy",
        title: "a policy with TLS 1.0",
        change: (stack) => {
            stack.set(
                stack.find(LISTENER, "shop-web-https"),
                "sslPolicy",
                "ELBSecurityPolicy-TLS13-1-0-2021-06",
            );
        },
    },
    {
        rule: "elb-tls-policy",
        title: "the policy that AWS takes by itself",
        change: (stack) => {
            stack.unset(stack.find(LISTENER, "shop-api-tls"), "sslPolicy");
        },
        message: "has no sslPolicy, and so ELBSecurityPolicy-2016-08.",
    },
    {
        rule: "elb-invalid-headers",
        title: "headers that are handed on",
        change: (stack) => {
            stack.set(stack.find(BALANCER, "shop-web-alb"), "dropInvalidHeaderFields", false);
        },
    },
    {
        rule: "elb-invalid-headers",
        title: "the twin type with AWS's default",
        fixture: [twin],
        change: (stack) => {
            stack.unset(stack.find(TWIN), "dropInvalidHeaderFields");
        },
        message: "dropInvalidHeaderFields is not given.",
    },
    {
        rule: "elb-access-logs",
        title: "logs that are named and left off",
        change: (stack) => {
            stack.unset(stack.find(BALANCER, "shop-api-nlb"), "accessLogs.enabled");
        },
    },
    {
        rule: "elb-access-logs",
        title: "no logs",
        change: (stack) => {
            stack.unset(stack.find(BALANCER, "shop-web-alb"), "accessLogs");
        },
        message: "accessLogs.enabled is not given.",
    },
    {
        rule: "elb-deletion-protection",
        title: "no deletion protection",
        change: (stack) => {
            stack.set(stack.find(BALANCER, "shop-api-nlb"), "enableDeletionProtection", false);
        },
    },
    {
        rule: "elb-desync-mitigation",
        title: "desync attacks that are only watched",
        change: (stack) => {
            stack.set(stack.find(BALANCER, "shop-web-alb"), "desyncMitigationMode", "monitor");
        },
    },
    {
        rule: "elb-zones",
        title: "one subnet",
        decidedBy: "relations",
        change: (stack) => {
            stack.refer(
                stack.find(BALANCER, "shop-web-alb"),
                "subnets",
                stack.find(SUBNET, "shop-vpc-network-edge-1"),
            );
        },
        message: "has nodes in 1 zone;",
    },
    {
        rule: "elb-zones",
        title: "one subnet of another stack",
        change: (stack) => {
            stack.add({ ...twin, inputs: { ...twin.inputs, subnets: ["subnet-0123456789abcdef0"] } });
        },
        message: "has nodes in 1 zone;",
    },
    {
        rule: "elb-public-web-acl",
        title: "a public load balancer without a web ACL",
        decidedBy: "structure",
        change: (stack) => {
            stack.remove(stack.find(WEB_ACL_ASSOCIATION));
        },
        message: "faces the internet and has no web ACL.",
    },
    {
        rule: "elb-public-web-acl",
        title: "an internal load balancer of the twin type that becomes public",
        fixture: [twin],
        change: (stack) => {
            stack.set(stack.find(TWIN), "internal", false);
        },
    },
    {
        rule: "elb-target-group-tls",
        title: "plain HTTP to the targets",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-web-tg"), "protocol", "HTTP");
        },
        message: 'has protocol "HTTP".',
    },
    {
        rule: "elb-target-group-tls",
        title: "health checks over the default, HTTP",
        change: (stack) => {
            stack.unset(stack.find(TARGET_GROUP, "shop-api-tg"), "healthCheck.protocol");
        },
        message: "has healthCheck.protocol HTTP.",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "elb-target-group-tls",
        title: "TCP to an application load balancer, which ends TLS",
        change: (stack) => {
            const group = stack.find(TARGET_GROUP, "shop-api-tg");
            stack.set(group, "protocol", "TCP");
            stack.set(group, "targetType", "alb");
        },
    },
    {
        rule: "elb-listener-tls",
        title: "plain TCP to an application load balancer, which ends TLS",
        change: (stack) => {
            stack.set(stack.find(LISTENER, "shop-api-tls"), "protocol", "TCP");
            stack.set(stack.find(TARGET_GROUP, "shop-api-tg"), "targetType", "alb");
        },
    },
    {
        rule: "elb-listener-tls",
        title: "a listener of a gateway load balancer, which has neither protocol nor port",
        fixture: [redirecting],
        change: (stack) => {
            const listener = stack.find(LISTENER, "redirecting");
            stack.unset(listener, "protocol");
            stack.unset(listener, "port");
        },
    },
    {
        rule: "elb-tls-policy",
        title: "a policy of TLS 1.3 alone",
        change: (stack) => {
            stack.set(
                stack.find(LISTENER, "shop-web-https"),
                "sslPolicy",
                "ELBSecurityPolicy-TLS13-1-3-2021-06",
            );
        },
    },
    {
        rule: "elb-zones",
        title: "mappings instead of subnets",
        change: (stack) => {
            const balancer = stack.find(BALANCER, "shop-api-nlb");
            stack.unset(balancer, "subnets");
            stack.set(balancer, "subnetMappings", [{ subnetId: "subnet-a" }, { subnetId: "subnet-b" }]);
        },
    },
    {
        rule: "elb-public-web-acl",
        title: "a network load balancer, which can have none",
        change: (stack) => {
            stack.set(stack.find(BALANCER, "shop-api-nlb"), "internal", false);
        },
    },
    {
        rule: "elb-target-group-tls",
        title: "a function as the target",
        change: (stack) => {
            const group = stack.find(TARGET_GROUP, "shop-web-tg");
            stack.set(group, "targetType", "lambda");
            stack.unset(group, "protocol");
        },
    },
];
