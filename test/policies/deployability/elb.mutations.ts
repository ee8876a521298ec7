import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const GROUP = "aws:autoscaling/group:Group";
const SUBNET = "aws:ec2/subnet:Subnet";
const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** A load balancer with logs in a bucket of its own. */
const logged: readonly FixtureResource[] = [
    { type: BUCKET, name: "own-logs", inputs: { bucket: "meridian-own-logs", region: "us-east-1" } },
    {
        type: POLICY,
        name: "own-logs-policy",
        inputs: {
            bucket: refTo(BUCKET, "own-logs"),
            policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                        Action: "s3:PutObject",
                        Resource: "arn:aws:s3:::meridian-own-logs/*",
                    },
                ],
            }),
        },
    },
    {
        type: BALANCER,
        name: "own-alb",
        inputs: {
            accessLogs: { enabled: true, bucket: refTo(BUCKET, "own-logs") },
            internal: true,
            loadBalancerType: "application",
            region: "us-east-1",
            // What the load balancer waits for.
            tags: { after: refTo(POLICY, "own-logs-policy") },
            subnets: [refTo(SUBNET, "shop-vpc-network-web-1"), refTo(SUBNET, "shop-vpc-network-web-2")],
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "elb-subnets",
        title: "two subnets of a zone",
        // Which of the network's subnets something is in is known once they are there.
        assumed: true,
        change: (stack) => {
            stack.set(stack.find(SUBNET, "shop-vpc-network-edge-2"), "availabilityZone", "us-east-1a");
        },
        message: "has two subnets in us-east-1a",
    },
    {
        rule: "elb-subnets",
        title: "one subnet",
        fixture: logged,
        change: (stack) => {
            stack.refer(stack.find(BALANCER, "own-alb"), "subnets", stack.find(SUBNET));
        },
        message: "needs two zones",
        decidedBy: "values",
    },
    {
        rule: "elb-listener-certificate",
        title: "HTTPS without a certificate",
        change: (stack) => {
            stack.unset(stack.find(LISTENER, "shop-web-https"), "certificateArn");
        },
        message: "has protocol HTTPS and no certificateArn",
    },
    {
        rule: "elb-listener-certificate",
        title: "ALPN on HTTPS",
        change: (stack) => {
            stack.set(stack.find(LISTENER, "shop-web-https"), "alpnPolicy", "HTTP2Preferred");
        },
        message: "has protocol HTTPS and alpnPolicy",
    },
    {
        rule: "elb-listener-protocol",
        title: "TLS on an application load balancer",
        change: (stack) => {
            stack.set(stack.find(LISTENER, "shop-web-https"), "protocol", "TLS");
        },
        message: 'has protocol "TLS", and shop-web-alb is an application load balancer',
    },
    {
        rule: "elb-listener-protocol",
        title: "HTTPS on a network load balancer",
        change: (stack) => {
            stack.set(stack.find(LISTENER, "shop-api-tls"), "protocol", "HTTPS");
        },
        message: 'has protocol "HTTPS"',
    },
    {
        rule: "elb-target-group-arguments",
        title: "no VPC",
        change: (stack) => {
            stack.unset(stack.find(TARGET_GROUP, "shop-web-tg"), "vpcId");
        },
        message: 'has targetType "instance" and no vpcId',
    },
    {
        rule: "elb-target-group-arguments",
        title: "a function's port",
        fixture: [{ type: TARGET_GROUP, name: "fn", inputs: { targetType: "lambda", region: "us-east-1" } }],
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "fn"), "port", 443);
        },
        message: 'has targetType "lambda" and port',
    },
    {
        rule: "elb-health-check",
        title: "a timeout as long as the interval",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-web-tg"), "healthCheck.timeout", 10);
        },
        message: "with timeout 10 and interval 10",
    },
    {
        rule: "elb-health-check",
        title: "TCP for HTTPS targets",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-web-tg"), "healthCheck.protocol", "TCP");
        },
        message: "has a TCP healthCheck",
    },
    {
        rule: "elb-health-check",
        title: "a path for TCP",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-api-tg"), "healthCheck.protocol", "TCP");
        },
        message: "has a TCP healthCheck with matcher",
    },
    {
        rule: "elb-target-group-protocol",
        title: "TLS behind an application load balancer",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-web-tg"), "protocol", "TLS");
        },
        message: 'has protocol "TLS" behind the application load balancer shop-web-alb',
    },
    {
        rule: "elb-target-group-protocol",
        title: "HTTPS behind a network load balancer",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-api-tg"), "protocol", "HTTPS");
        },
    },
    {
        rule: "elb-target-group-protocol",
        title: "TCP_UDP behind a TLS listener",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-api-tg"), "protocol", "TCP_UDP");
        },
        message: 'has protocol "TCP_UDP" behind the TLS listener shop-api-tls',
    },
    {
        rule: "elb-network-balancer-security-group",
        title: "none",
        change: (stack) => {
            stack.unset(stack.find(BALANCER, "shop-api-nlb"), "securityGroups");
        },
        message: "without securityGroups",
    },
    {
        rule: "elb-listener-rule-priority",
        title: "one twice",
        change: (stack) => {
            stack.set(stack.find(RULE, "shop-web-origin-rule"), "priority", 10);
            stack.relate(stack.find(RULE, "shop-web-origin-rule"), "priority", stack.find(LISTENER));
        },
        message: "has priority 10, and so has shop-web-health-check-rule",
    },
    {
        rule: "elb-listener-rule-priority",
        title: "one that is too high",
        change: (stack) => {
            stack.set(stack.find(RULE, "shop-web-origin-rule"), "priority", 50001);
            stack.relate(stack.find(RULE, "shop-web-origin-rule"), "priority", stack.find(LISTENER));
        },
        message: "has priority 50001",
    },
    {
        rule: "elb-target-needs-listener",
        title: "a group that does not wait",
        change: (stack) => {
            const group = stack.find(GROUP, "shop-web-fleet-group");
            // The alarms and the template lead to the balancer too.
            stack.unset(group, "instanceRefresh");
            stack.refer(group, "targetGroupArns", stack.find(TARGET_GROUP, "shop-web-tg"));
        },
        decidedBy: "relations",
        message: "without waiting for shop-web-https",
    },
    {
        rule: "elb-limits",
        title: "an algorithm as Pulumi's documentation spells it",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-web-tg"), "loadBalancingAlgorithmType", "roundRobin");
        },
        message: "allowed: round_robin",
    },
    {
        rule: "elb-limits",
        title: "an interval of three seconds",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-web-tg"), "healthCheck.interval", 3);
            stack.set(stack.find(TARGET_GROUP, "shop-web-tg"), "healthCheck.timeout", 2);
        },
        message: "has healthCheck.interval 3; allowed: 5 to 300",
    },
    {
        rule: "elb-limits",
        title: "a slow start of ten seconds",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-web-tg"), "slowStart", 10);
        },
        message: "allowed: 0, or 30 to 900",
    },
    {
        rule: "elb-log-bucket-encryption",
        title: "a key of KMS",
        change: (stack) => {
            stack.set(
                stack.find(ENCRYPTION, "shop-logs-targets-encryption"),
                "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
                "aws:kms",
            );
        },
        message: 'which encrypts with "aws:kms"',
        alsoFires: ["s3-log-target"],
    },
    {
        rule: "elb-log-bucket-region",
        title: "a bucket of another region",
        fixture: logged,
        change: (stack) => {
            stack.set(stack.find(BUCKET, "own-logs"), "region", "eu-central-1");
        },
        message: "is in us-east-1 and has accessLogs in own-logs of eu-central-1",
    },
    {
        rule: "elb-log-bucket-policy",
        title: "a policy for network load balancers",
        fixture: logged,
        change: (stack) => {
            const policy = stack.find(POLICY, "own-logs-policy");
            const text = String(policy.inputs.policy);
            stack.set(
                policy,
                "policy",
                text.replace("logdelivery.elasticloadbalancing.amazonaws.com", "delivery.logs.amazonaws.com"),
            );
        },
        message: "does not let logdelivery.elasticloadbalancing.amazonaws.com write",
    },
    {
        rule: "elb-log-bucket-order",
        title: "a load balancer that does not wait",
        fixture: logged,
        change: (stack) => {
            stack.unset(stack.find(BALANCER, "own-alb"), "tags");
        },
        decidedBy: "relations",
        message: "does not wait for its policy",
    },
    {
        rule: "elb-log-prefix",
        title: "a slash",
        change: (stack) => {
            stack.set(stack.find(BALANCER, "shop-web-alb"), "accessLogs.prefix", "shop-web/");
        },
        message: 'has accessLogs.prefix "shop-web/"',
    },
    {
        rule: "elb-log-prefix",
        title: "the folder that AWS adds",
        change: (stack) => {
            stack.set(stack.find(BALANCER, "shop-web-alb"), "connectionLogs.prefix", "AWSLogs");
        },
        message: 'has connectionLogs.prefix "AWSLogs"',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "elb-log-bucket-encryption",
        title: "a key of KMS for a network load balancer",
        fixture: logged,
        change: (stack) => {
            stack.set(stack.find(BALANCER, "own-alb"), "loadBalancerType", "network");
            stack.add({
                type: ENCRYPTION,
                name: "own-logs-encryption",
                inputs: {
                    bucket: refTo(BUCKET, "own-logs"),
                    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
                },
            });
        },
    },
    {
        rule: "elb-log-bucket-policy",
        title: "the account of a region's load balancers",
        fixture: logged,
        change: (stack) => {
            stack.set(
                stack.find(POLICY, "own-logs-policy"),
                "policy",
                JSON.stringify({
                    Version: "2012-10-17",
                    Statement: {
                        Effect: "Allow",
                        Principal: { AWS: "arn:aws:iam::127311923021:root" },
                        Action: "s3:Put*",
                        Resource: "*",
                    },
                }),
            );
        },
    },
    {
        rule: "elb-health-check",
        title: "a TCP check whose timeout is its interval",
        change: (stack) => {
            stack.set(stack.find(TARGET_GROUP, "shop-api-tg"), "healthCheck.timeout", 10);
        },
    },
];
