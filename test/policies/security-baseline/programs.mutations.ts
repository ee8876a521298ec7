import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";
import { ACCOUNT } from "./documents";
import { setting, unsetting } from "./settings";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const API = "aws:apigatewayv2/api:Api";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const CACHE = "aws:elasticache/cluster:Cluster";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const DOCUMENTS = "aws:docdb/cluster:Cluster";
const FUNCTION = "aws:lambda/function:Function";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const LISTENER = "aws:lb/listener:Listener";
const PERMISSION = "aws:lambda/permission:Permission";
const QUEUE = "aws:sqs/queue:Queue";
const REST_API = "aws:apigateway/restApi:RestApi";
const REST_STAGE = "aws:apigateway/stage:Stage";
const SPOT = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
const VPC = "aws:ec2/vpc:Vpc";
const VPC_ORIGIN = "aws:cloudfront/vpcOrigin:VpcOrigin";

const openApi = (security?: unknown): string =>
    JSON.stringify({
        openapi: "3.0.1",
        paths: { "/orders": { get: { ...(security === undefined ? {} : { security }) }, options: {} } },
    });

const APIS: readonly FixtureResource[] = [
    { type: REST_API, name: "described", inputs: { body: openApi([{ pool: [] }]) } },
    { type: API, name: "described", inputs: { protocolType: "HTTP", body: openApi([{ pool: [] }]) } },
];

const ORIGIN: FixtureResource = {
    type: VPC_ORIGIN,
    name: "inside",
    inputs: {
        vpcOriginEndpointConfig: {
            originProtocolPolicy: "https-only",
            originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        },
    },
};

const SPOT_REQUEST: FixtureResource = {
    type: SPOT,
    name: "spot",
    inputs: {
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
        associatePublicIpAddress: false,
        monitoring: true,
        ebsOptimized: true,
        rootBlockDevice: { encrypted: true },
    },
};

const SINGLE: FixtureResource = {
    type: CACHE,
    name: "memcached",
    inputs: { engine: "memcached", subnetGroupName: "data", transitEncryptionEnabled: true },
};

const cacheOf = (path: string, value: unknown, rule: string): Mutant =>
    setting({ type: CACHE, name: "memcached", fixture: [SINGLE] }, rule, "a cluster", path, value);

export const mutants: readonly Mutant[] = [
    ...[
        setting(
            { type: REST_API, name: "described", fixture: APIS },
            "apigateway-method-authorization",
            "an operation of an OpenAPI body",
            "body",
            openApi(),
            { message: "GET /orders of its body has no security." },
        ),
        setting(
            { type: API, name: "described", fixture: APIS },
            "apigateway-route-authorization",
            "an operation of an OpenAPI body for which nothing will do, too",
            "body",
            openApi([{ pool: [] }, {}]),
            { message: "GET /orders of its body has no security." },
        ),
    ],
    {
        rule: "ec2-default-security-group-closed",
        title: "a rule of its own for the default group",
        change: (stack) => {
            stack.add({
                type: INGRESS,
                name: "late",
                inputs: {
                    securityGroupId: refTo(VPC, stack.find(VPC).name),
                    cidrIpv4: "10.0.0.0/8",
                    ipProtocol: "-1",
                    description: "Late",
                },
            });
        },
        message: "is a rule of the default security group of",
        decidedBy: "relations",
    },
    {
        rule: "ec2-default-security-group-closed",
        title: "a rule of its own for the group that the program manages",
        change: (stack) => {
            const group = stack.find(DEFAULT_GROUP);
            stack.add({
                type: "aws:ec2/securityGroupRule:SecurityGroupRule",
                name: "late",
                inputs: {
                    securityGroupId: refTo(DEFAULT_GROUP, group.name),
                    type: "ingress",
                    protocol: "tcp",
                    fromPort: 8443,
                    toPort: 8443,
                    cidrBlocks: ["10.0.0.0/8"],
                    description: "late",
                },
            });
        },
        message: "is a rule of the default security group of",
        decidedBy: "relations",
    },
    cacheOf("subnetGroupName", "default", "elasticache-subnet-group"),
    cacheOf("autoMinorVersionUpgrade", "false", "elasticache-minor-upgrades"),
    setting(
        { type: VPC_ORIGIN, name: "inside", fixture: [ORIGIN] },
        "cloudfront-origin-tls",
        "HTTP to a VPC origin",
        "vpcOriginEndpointConfig.originProtocolPolicy",
        "http-only",
        { message: 'talks HTTP to the VPC origin: originProtocolPolicy is "http-only".' },
    ),
    setting(
        { type: VPC_ORIGIN, name: "inside", fixture: [ORIGIN] },
        "cloudfront-origin-tls",
        "an old version to a VPC origin",
        "vpcOriginEndpointConfig.originSslProtocols.items[0]",
        "TLSv1",
    ),
    unsetting(
        { type: SPOT, name: "spot", fixture: [SPOT_REQUEST] },
        "ec2-imdsv2",
        "a Spot request",
        "metadataOptions.httpTokens",
    ),
    setting(
        { type: SPOT, name: "spot", fixture: [SPOT_REQUEST] },
        "ec2-public-ip",
        "a Spot request",
        "associatePublicIpAddress",
        true,
    ),
    {
        rule: "rds-master-password",
        title: "a password of documents in the program",
        fixture: [
            {
                type: DOCUMENTS,
                name: "documents",
                inputs: {
                    manageMasterUserPassword: true,
                    storageEncrypted: true,
                    kmsKeyId: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1`,
                    backupRetentionPeriod: 35,
                    deletionProtection: true,
                    enabledCloudwatchLogsExports: ["audit", "profiler"],
                    dbClusterParameterGroupName: "documents",
                },
                options: { protect: true },
            },
        ],
        change: (stack) => {
            const cluster = stack.find(DOCUMENTS);
            stack.unset(cluster, "manageMasterUserPassword");
            stack.set(cluster, "masterPassword", "correct-horse-battery");
        },
        message: "has a masterPassword that the program or its configuration holds.",
        unknownsFrom: "nowhere",
    },
    setting(
        {
            type: PERMISSION,
            name: "wide",
            fixture: [
                {
                    type: PERMISSION,
                    name: "wide",
                    inputs: {
                        principal: "*",
                        action: "lambda:InvokeFunction",
                        sourceArn: `arn:aws:sns:us-east-1:${ACCOUNT}:orders`,
                    },
                },
            ],
        },
        "lambda-permission-public",
        "any bucket of anybody",
        "sourceArn",
        "arn:aws:s3:::*",
    ),
    ...(["JWT_SECRET", "DB_PASS"] as const).map((name) =>
        setting(
            {
                type: FUNCTION,
                name: "plain",
                fixture: [
                    {
                        type: FUNCTION,
                        name: "plain",
                        inputs: {
                            runtime: "nodejs24.x",
                            environment: { variables: { [name]: "/shop/secret" } },
                            kmsKeyArn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1`,
                            tracingConfig: { mode: "Active" },
                            reservedConcurrentExecutions: 10,
                            deadLetterConfig: { targetArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:lost` },
                            vpcConfig: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
                        },
                    },
                ],
            },
            "lambda-environment-secrets",
            `a variable called ${name}`,
            ["environment", "variables", name],
            "correcthorse12",
        ),
    ),
    {
        rule: "sqs-dead-letters",
        title: "a queue that lets no queue lead to it",
        change: (stack) => {
            stack.add({
                type: QUEUE,
                name: "closed",
                inputs: {
                    kmsMasterKeyId: "alias/shop",
                    redriveAllowPolicy: '{"redrivePermission":"denyAll"}',
                },
            });
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "apigateway-web-acl",
        title: "an association with an ARN that the program composes",
        change: (stack) => {
            stack.add({ type: REST_API, name: "composed", inputs: {} });
            const stage = stack.add({
                type: REST_STAGE,
                name: "composed",
                inputs: { restApi: refTo(REST_API, "composed"), stageName: "live" },
            });
            const association = stack.add({
                type: ASSOCIATION,
                name: "composed",
                inputs: { resourceArn: refTo(REST_API, "composed") },
            });
            stack.relate(association, "webAclArn", stage);
        },
    },
    {
        rule: "elb-public-web-acl",
        title: "a web ACL by the load balancer of a listener",
        change: (stack) => {
            const association = stack.find(ASSOCIATION);
            const balancer = stack.find(BALANCER, "shop-web-alb");
            stack.refer(association, "resourceArn", stack.find(LISTENER, "shop-web-https"));
            stack.relate(stack.find(LISTENER, "shop-web-https"), "loadBalancerArn", balancer);
        },
    },
    ...[
        "ALARM(errors)",
        'OK("slow") AND ALARM("errors")',
        `NOT ALARM(arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:errors)`,
    ].map((alarmRule): Accepted => ({
        rule: "cloudwatch-alarm-actions",
        title: `a part of the composite alarm ${alarmRule}`,
        change: (stack) => {
            stack.add({ type: ALARM, name: "errors", inputs: { name: "errors" } });
            stack.add({
                type: COMPOSITE,
                name: "all",
                inputs: { alarmRule, alarmActions: ["arn:aws:sns:us-east-1:1:t"] },
            });
        },
    })),
    {
        rule: "iam-admin-managed-policies",
        title: "a policy of the stack, whose ARN is not known yet",
        change: (stack) => {
            stack.add({ type: "aws:iam/policy:Policy", name: "own", inputs: { policy: "{}" } });
            stack.add({
                type: ATTACHMENT,
                name: "own",
                inputs: { policyArn: refTo("aws:iam/policy:Policy", "own") },
            });
            stack.add({
                type: "aws:iam/role:Role",
                name: "listed",
                inputs: { managedPolicyArns: [refTo("aws:iam/policy:Policy", "own")] },
            });
        },
    },
    {
        rule: "apigateway-client-certificate",
        title: "a certificate that is not made yet",
        change: (stack) => {
            stack.add({
                type: REST_STAGE,
                name: "certified",
                inputs: { stageName: "live", clientCertificateId: UNKNOWN },
            });
        },
    },
    {
        rule: "sqs-dead-letters",
        title: "a queue for what a schedule cannot deliver",
        change: (stack) => {
            stack.add({ type: QUEUE, name: "undelivered", inputs: {} });
            stack.add({
                type: "aws:scheduler/schedule:Schedule",
                name: "nightly",
                inputs: { target: { roleArn: "r", deadLetterConfig: { arn: refTo(QUEUE, "undelivered") } } },
            });
        },
    },
    ...(
        [
            ["PUBLIC_API_KEY", "pk_test_b7f2c1d9"],
            ["DB_PASSWORD", "prod/orders/db"],
        ] as const
    ).map(([name, value]): Accepted => ({
        rule: "lambda-environment-secrets",
        title: `${name} that holds no secret`,
        change: (stack) => {
            stack.add({
                type: FUNCTION,
                name: "plain",
                inputs: { runtime: "nodejs24.x", environment: { variables: { [name]: value } } },
            });
        },
    })),
];
