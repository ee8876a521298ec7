import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const FUNCTION = "aws:cloudfront/function:Function";
const STORE = "aws:cloudfront/keyValueStore:KeyValueStore";
const POLICY = "aws:cloudfront/cachePolicy:CachePolicy";
const KEY = "aws:cloudfront/publicKey:PublicKey";
const GROUP = "aws:cloudfront/keyGroup:KeyGroup";
const SERVICE = "aws:ec2/vpcEndpointService:VpcEndpointService";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const PEM = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n";

const edgeFunction: readonly FixtureResource[] = [
    { type: STORE, name: "origin", inputs: { name: "origin" } },
    {
        type: FUNCTION,
        name: "origin-weight",
        inputs: {
            name: "origin-weight",
            runtime: "cloudfront-js-2.0",
            publish: true,
            code: 'import cf from "cloudfront";\nfunction handler(event) { return event.request; }\n',
            keyValueStoreAssociations: [refTo(STORE, "origin")],
        },
    },
];

const cachePolicy: readonly FixtureResource[] = [
    {
        type: POLICY,
        name: "versions",
        inputs: {
            name: "versions",
            minTtl: 60,
            defaultTtl: 60,
            maxTtl: 60,
            parametersInCacheKeyAndForwardedToOrigin: {
                cookiesConfig: { cookieBehavior: "none" },
                headersConfig: { headerBehavior: "whitelist", headers: { items: ["x-version"] } },
                queryStringsConfig: { queryStringBehavior: "none" },
            },
        },
    },
];

const signing: readonly FixtureResource[] = [
    { type: KEY, name: "first", inputs: { name: "first", encodedKey: PEM } },
    { type: GROUP, name: "signers", inputs: { name: "signers", items: [refTo(KEY, "first")] } },
];

const network: readonly FixtureResource[] = [
    {
        type: BALANCER,
        name: "orders",
        inputs: {
            region: "us-east-1",
            name: "orders",
            internal: true,
            loadBalancerType: "network",
            subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
            securityGroups: ["sg-0123456789abcdef0"],
        },
    },
    {
        type: SERVICE,
        name: "orders",
        inputs: {
            region: "us-east-1",
            acceptanceRequired: true,
            allowedPrincipals: ["arn:aws:iam::444455556666:root"],
            networkLoadBalancerArns: [refTo(BALANCER, "orders")],
        },
    },
];

const arn = (kind: string): string =>
    `arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/${kind}/orders/0123456789abcdef`;

const elsewhere: readonly FixtureResource[] = [
    {
        type: SERVICE,
        name: "orders",
        inputs: {
            region: "us-east-1",
            acceptanceRequired: true,
            allowedPrincipals: ["arn:aws:iam::444455556666:root"],
            networkLoadBalancerArns: [arn("net")],
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "cloudfront-function",
        title: "a runtime that does not know modules",
        fixture: edgeFunction,
        change: (stack) => {
            stack.set(stack.find(FUNCTION, "origin-weight"), "runtime", "cloudfront-js-1.0");
        },
        message: /which the runtime cloudfront-js-1\.0 does not know/,
    },
    {
        rule: "cloudfront-function",
        title: "a runtime of Lambda's",
        fixture: edgeFunction,
        change: (stack) => {
            stack.set(stack.find(FUNCTION, "origin-weight"), "runtime", "nodejs22.x");
        },
        message: 'has runtime "nodejs22.x"',
    },
    {
        rule: "cloudfront-function",
        title: "more than ten kilobytes",
        fixture: edgeFunction,
        change: (stack) => {
            stack.set(stack.find(FUNCTION, "origin-weight"), "code", "/".repeat(10_241));
        },
        message: "has code of 10241 bytes",
    },
    {
        rule: "cloudfront-function",
        title: "two key-value stores",
        fixture: edgeFunction,
        change: (stack) => {
            stack.set(stack.find(FUNCTION, "origin-weight"), "keyValueStoreAssociations", [
                "arn:aws:cloudfront::111122223333:key-value-store/a",
                "arn:aws:cloudfront::111122223333:key-value-store/b",
            ]);
        },
        message: "has 2 key-value stores",
    },
    {
        rule: "cloudfront-cache-policy",
        title: "a usual TTL beyond the longest",
        fixture: cachePolicy,
        change: (stack) => {
            stack.set(stack.find(POLICY, "versions"), "defaultTtl", 61);
        },
        message: "has minTtl 60, defaultTtl 61 and maxTtl 60",
    },
    {
        rule: "cloudfront-cache-policy",
        title: "a key with a header for what is never kept",
        fixture: cachePolicy,
        change: (stack) => {
            for (const ttl of ["minTtl", "defaultTtl", "maxTtl"]) {
                stack.set(stack.find(POLICY, "versions"), ttl, 0);
            }
        },
        message: 'has maxTtl 0, and headersConfig.headerBehavior "whitelist" in the key',
    },
    {
        rule: "cloudfront-signing-keys",
        title: "a private key",
        fixture: signing,
        change: (stack) => {
            stack.set(
                stack.find(KEY, "first"),
                "encodedKey",
                "-----BEGIN PRIVATE KEY-----\nMFkw\n-----END PRIVATE KEY-----\n",
            );
        },
        message: "has a private key in encodedKey",
    },
    {
        rule: "cloudfront-signing-keys",
        title: "a key that OpenSSH writes",
        fixture: signing,
        change: (stack) => {
            stack.set(stack.find(KEY, "first"), "encodedKey", "ssh-rsa AAAAB3NzaC1yc2E");
        },
        message: "has no public key in PEM",
    },
    {
        rule: "cloudfront-signing-keys",
        title: "a group of six keys",
        fixture: signing,
        change: (stack) => {
            stack.set(
                stack.find(GROUP, "signers"),
                "items",
                Array.from({ length: 6 }, (_, index) => `K${index}`),
            );
        },
        message: "has 6 keys",
        decidedBy: "structure",
    },
    {
        rule: "cloudfront-vpc-origin",
        title: "a server by its name and in a network at once",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "origins[2].vpcOriginConfig", { vpcOriginId: "vo_a1b2" });
        },
        message: "has origins[2] with customOriginConfig and vpcOriginConfig",
        decidedBy: "structure",
    },
    {
        rule: "cloudfront-vpc-origin",
        title: "an origin access control on a server in a network",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.unset(distribution, "origins[2].customOriginConfig");
            stack.set(distribution, "origins[2].vpcOriginConfig", { vpcOriginId: "vo_a1b2" });
            stack.set(distribution, "origins[2].originAccessControlId", "E1A2B3");
        },
        message: "has origins[2] with vpcOriginConfig and an origin access control",
        alsoFires: ["cloudfront-s3-origin-request-policy"],
        decidedBy: "structure",
    },
    {
        rule: "ec2-endpoint-service",
        title: "an Application Load Balancer",
        fixture: network,
        change: (stack) => {
            stack.set(stack.find(BALANCER, "orders"), "loadBalancerType", "application");
        },
        message: "names orders, which is of type application",
    },
    {
        rule: "ec2-endpoint-service",
        title: "an Application Load Balancer of another stack",
        fixture: elsewhere,
        change: (stack) => {
            stack.set(stack.find(SERVICE, "orders"), "networkLoadBalancerArns", [arn("app")]);
        },
        message: "which is no Network Load Balancer",
    },
    {
        rule: "ec2-endpoint-service",
        title: "no balancer",
        fixture: elsewhere,
        change: (stack) => {
            stack.unset(stack.find(SERVICE, "orders"), "networkLoadBalancerArns");
        },
        message: "has no balancer",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cloudfront-function",
        title: "exactly ten kilobytes",
        fixture: edgeFunction,
        change: (stack) => {
            stack.set(stack.find(FUNCTION, "origin-weight"), "code", "/".repeat(10_240));
        },
    },
    {
        rule: "cloudfront-cache-policy",
        title: "TTLs that nobody gave",
        fixture: cachePolicy,
        change: (stack) => {
            for (const ttl of ["minTtl", "defaultTtl", "maxTtl"]) {
                stack.unset(stack.find(POLICY, "versions"), ttl);
            }
        },
    },
    {
        rule: "cloudfront-signing-keys",
        title: "a group of five keys",
        fixture: signing,
        change: (stack) => {
            stack.set(
                stack.find(GROUP, "signers"),
                "items",
                Array.from({ length: 5 }, (_, index) => `K${index}`),
            );
        },
    },
    {
        rule: "cloudfront-vpc-origin",
        title: "a server in a network alone",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.unset(distribution, "origins[2].customOriginConfig");
            stack.set(distribution, "origins[2].vpcOriginConfig", { vpcOriginId: "vo_a1b2" });
        },
    },
    {
        rule: "ec2-endpoint-service",
        title: "a Network Load Balancer of another stack",
        fixture: elsewhere,
        change: (stack) => {
            stack.set(stack.find(SERVICE, "orders"), "networkLoadBalancerArns", [arn("net")]);
        },
    },
];
