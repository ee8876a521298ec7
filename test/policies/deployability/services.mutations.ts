import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const PLAN = "aws:backup/plan:Plan";
const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const TESTS = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
const API = "aws:apigatewayv2/api:Api";
const AUTHORIZER = "aws:apigatewayv2/authorizer:Authorizer";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const SEARCH = "aws:opensearch/domain:Domain";
const DAX = "aws:dax/cluster:Cluster";
const POOL = "aws:cognito/userPool:UserPool";
const backup: readonly FixtureResource[] = [
    {
        type: "aws:backup/vault:Vault",
        name: "lone-vault",
        inputs: { name: "lone-vault", region: "us-east-1" },
    },
    {
        type: LOCK,
        name: "lone-lock",
        inputs: {
            backupVaultName: "lone-vault",
            minRetentionDays: 7,
            maxRetentionDays: 365,
            region: "us-east-1",
        },
    },
    {
        type: PLAN,
        name: "lone-plan",
        inputs: {
            name: "lone-plan",
            region: "us-east-1",
            rules: [
                {
                    ruleName: "daily",
                    targetVaultName: "lone-vault",
                    schedule: "cron(0 3 * * ? *)",
                    startWindow: 60,
                    completionWindow: 300,
                    lifecycle: { deleteAfter: 35 },
                },
            ],
        },
    },
];

const restoreTests: readonly FixtureResource[] = [
    {
        type: TESTS,
        name: "lone_tests",
        inputs: {
            name: "lone_tests",
            region: "us-east-1",
            scheduleExpression: "cron(0 1 ? * MON *)",
            startWindowHours: 4,
            recoveryPointSelection: {
                algorithm: "LATEST_WITHIN_WINDOW",
                includeVaults: ["*"],
                recoveryPointTypes: ["SNAPSHOT"],
            },
        },
    },
];

const authorizer: readonly FixtureResource[] = [
    {
        type: AUTHORIZER,
        name: "tokens",
        inputs: {
            apiId: "a1b2c3",
            authorizerType: "JWT",
            identitySources: ["$request.header.Authorization"],
            jwtConfiguration: {
                audiences: ["shop"],
                issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc",
            },
            region: "us-east-1",
        },
    },
];

const functionAuthorizer: readonly FixtureResource[] = [
    { type: API, name: "api", inputs: { name: "api", protocolType: "HTTP", region: "us-east-1" } },
    {
        type: AUTHORIZER,
        name: "function",
        inputs: {
            apiId: refTo(API, "api"),
            authorizerPayloadFormatVersion: "2.0",
            authorizerType: "REQUEST",
            authorizerUri:
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:auth/invocations",
            region: "us-east-1",
        },
    },
];

const cache: readonly FixtureResource[] = [
    {
        type: CACHE,
        name: "cache",
        inputs: {
            replicationGroupId: "shop-cache",
            automaticFailoverEnabled: true,
            description: "Sessions",
            engine: "valkey",
            engineVersion: "8.1",
            multiAzEnabled: true,
            nodeType: "cache.r7g.large",
            numCacheClusters: 2,
            region: "us-east-1",
            transitEncryptionEnabled: true,
        },
    },
];

const search: readonly FixtureResource[] = [
    {
        type: SEARCH,
        name: "search",
        inputs: {
            domainName: "shop-search",
            advancedSecurityOptions: { enabled: true },
            clusterConfig: {
                dedicatedMasterCount: 3,
                dedicatedMasterEnabled: true,
                instanceCount: 4,
                zoneAwarenessConfig: { availabilityZoneCount: 2 },
                zoneAwarenessEnabled: true,
            },
            domainEndpointOptions: { enforceHttps: true },
            encryptAtRest: { enabled: true },
            nodeToNodeEncryption: { enabled: true },
            region: "us-east-1",
            vpcOptions: { subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
        },
    },
];

const dax: readonly FixtureResource[] = [
    {
        type: DAX,
        name: "dax",
        inputs: {
            clusterName: "shop-dax",
            iamRoleArn: "arn:aws:iam::111122223333:role/dax",
            nodeType: "dax.r5.large",
            region: "us-east-1",
            replicationFactor: 3,
        },
    },
];

const pool: readonly FixtureResource[] = [
    {
        type: POOL,
        name: "pool",
        inputs: {
            name: "shop",
            region: "us-east-1",
            userPoolAddOns: { advancedSecurityMode: "OFF" },
            userPoolTier: "ESSENTIALS",
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "backup-lifecycle",
        title: "a short time in cold storage",
        fixture: backup,
        change: (stack) => {
            stack.set(stack.find(PLAN, "lone-plan"), "rules[0].lifecycle.coldStorageAfter", 7);
        },
        message: "with deleteAfter 35 and coldStorageAfter 7; allowed: 97 or more",
    },
    {
        rule: "backup-lifecycle",
        title: "continuous backups for a year",
        fixture: backup,
        change: (stack) => {
            stack.set(stack.find(PLAN, "lone-plan"), "rules[0].lifecycle.deleteAfter", 365);
            stack.set(stack.find(PLAN, "lone-plan"), "rules[0].enableContinuousBackup", true);
        },
        message: "with continuous backups that end after 365 days",
    },
    {
        rule: "backup-lifecycle",
        title: "a window of half an hour",
        fixture: backup,
        change: (stack) => {
            stack.set(stack.find(PLAN, "lone-plan"), "rules[0].startWindow", 30);
        },
        message: "with startWindow 30",
    },
    {
        rule: "backup-lock-retention",
        title: "a plan that keeps backups too long",
        fixture: backup,
        change: (stack) => {
            stack.set(stack.find(PLAN, "lone-plan"), "rules[0].lifecycle.deleteAfter", 400);
        },
        message: "has rules[0] with deleteAfter 400, and the vault's lock allows 7 to 365",
    },
    {
        rule: "backup-lock-retention",
        title: "a lock that begins at once",
        fixture: backup,
        change: (stack) => {
            stack.set(stack.find(LOCK, "lone-lock"), "changeableForDays", 1);
        },
        message: "has changeableForDays 1; allowed: 3 to 36500",
    },
    {
        rule: "backup-limits",
        title: "an algorithm of its own",
        fixture: restoreTests,
        change: (stack) => {
            stack.set(stack.find(TESTS, "lone_tests"), "recoveryPointSelection.algorithm", "LATEST");
        },
        message: "allowed: RANDOM_WITHIN_WINDOW, LATEST_WITHIN_WINDOW",
    },
    {
        rule: "apigatewayv2-authorizer",
        title: "an issuer with a slash",
        fixture: authorizer,
        change: (stack) => {
            stack.set(
                stack.find(AUTHORIZER),
                "jwtConfiguration.issuer",
                "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc/",
            );
        },
        message: "allowed: https without a slash at the end",
    },
    {
        rule: "apigatewayv2-authorizer",
        title: "a cache of tokens",
        fixture: authorizer,
        change: (stack) => {
            stack.set(stack.find(AUTHORIZER), "authorizerResultTtlInSeconds", 300);
        },
        message: "has authorizerType JWT and authorizerResultTtlInSeconds",
    },
    {
        rule: "apigatewayv2-authorizer",
        title: "tokens for anybody",
        fixture: authorizer,
        change: (stack) => {
            stack.unset(stack.find(AUTHORIZER), "jwtConfiguration.audiences");
        },
        decidedBy: "structure",
        message: "has authorizerType JWT and no jwtConfiguration.audiences",
    },
    {
        rule: "apigatewayv2-authorizer",
        title: "no audience in the list",
        fixture: authorizer,
        change: (stack) => {
            stack.set(stack.find(AUTHORIZER), "jwtConfiguration.audiences", []);
        },
        message: "has authorizerType JWT and no jwtConfiguration.audiences",
    },
    {
        rule: "apigatewayv2-authorizer",
        title: "a function that is told nothing of the format",
        fixture: functionAuthorizer,
        change: (stack) => {
            stack.unset(stack.find(AUTHORIZER), "authorizerPayloadFormatVersion");
        },
        message: "has authorizerType REQUEST and no authorizerPayloadFormatVersion, and api is an HTTP API",
    },
    {
        rule: "apigatewayv2-authorizer",
        title: "tokens on a WebSocket API",
        fixture: [
            ...authorizer,
            {
                type: API,
                name: "chat",
                inputs: {
                    name: "chat",
                    protocolType: "WEBSOCKET",
                    region: "us-east-1",
                    routeSelectionExpression: "$request.body.action",
                },
            },
        ],
        change: (stack) => {
            stack.refer(stack.find(AUTHORIZER), "apiId", stack.find(API, "chat"));
        },
        message: "has authorizerType JWT, and chat is a WEBSOCKET API",
    },
    {
        rule: "elasticache-replication-group",
        title: "one node",
        fixture: cache,
        change: (stack) => {
            stack.set(stack.find(CACHE), "numCacheClusters", 1);
        },
        message: "has automaticFailoverEnabled true with 1 node",
    },
    {
        rule: "elasticache-replication-group",
        title: "zones without failover",
        fixture: cache,
        change: (stack) => {
            stack.set(stack.find(CACHE), "automaticFailoverEnabled", false);
        },
        message: "has multiAzEnabled true without automaticFailoverEnabled",
    },
    {
        rule: "elasticache-replication-group",
        title: "Valkey that says nothing of TLS",
        fixture: cache,
        change: (stack) => {
            stack.unset(stack.find(CACHE), "transitEncryptionEnabled");
        },
        message: "says nothing of transitEncryptionEnabled",
    },
    {
        rule: "opensearch-domain",
        title: "nodes that do not spread",
        fixture: search,
        change: (stack) => {
            stack.set(stack.find(SEARCH), "clusterConfig.instanceCount", 3);
        },
        message: "has 3 data nodes in 2 availability zones",
    },
    {
        rule: "opensearch-domain",
        title: "four masters",
        fixture: search,
        change: (stack) => {
            stack.set(stack.find(SEARCH), "clusterConfig.dedicatedMasterCount", 4);
        },
        message: "has 4 dedicated masters",
    },
    {
        rule: "opensearch-domain",
        title: "access control in plain text",
        fixture: search,
        change: (stack) => {
            stack.set(stack.find(SEARCH), "nodeToNodeEncryption.enabled", false);
        },
        message: "without nodeToNodeEncryption.enabled true",
    },
    {
        rule: "dax-cluster",
        title: "Graviton",
        fixture: dax,
        change: (stack) => {
            stack.set(stack.find(DAX), "nodeType", "dax.r7g.large");
        },
        message: 'has nodeType "dax.r7g.large"',
    },
    {
        rule: "dax-cluster",
        title: "fewer zones than nodes",
        fixture: dax,
        change: (stack) => {
            stack.set(stack.find(DAX), "availabilityZones", ["us-east-1a", "us-east-1b"]);
        },
        message: "has 2 availability zones for 3 nodes",
    },
    {
        rule: "cognito-tier",
        title: "threat protection without its tier",
        fixture: pool,
        change: (stack) => {
            stack.set(stack.find(POOL), "userPoolAddOns.advancedSecurityMode", "ENFORCED");
        },
        message: 'has advancedSecurityMode "ENFORCED" with the tier ESSENTIALS',
    },
    {
        rule: "cognito-mfa",
        title: "no factor",
        fixture: pool,
        change: (stack) => {
            stack.set(stack.find(POOL), "mfaConfiguration", "ON");
        },
        message: 'has mfaConfiguration "ON" and no factor',
    },
    {
        rule: "cognito-mfa",
        title: "a factor that is off",
        fixture: pool,
        change: (stack) => {
            stack.set(stack.find(POOL), "mfaConfiguration", "OPTIONAL");
            stack.set(stack.find(POOL), "softwareTokenMfaConfiguration", { enabled: false });
        },
        message: 'has mfaConfiguration "OPTIONAL" and no factor',
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cognito-mfa",
        title: "tokens by software",
        fixture: pool,
        change: (stack) => {
            stack.set(stack.find(POOL), "mfaConfiguration", "ON");
            stack.set(stack.find(POOL), "softwareTokenMfaConfiguration", { enabled: true });
        },
    },
    {
        rule: "apigatewayv2-authorizer",
        title: "a function of a WebSocket API, which has one format",
        fixture: functionAuthorizer,
        change: (stack) => {
            stack.set(stack.find(API, "api"), "protocolType", "WEBSOCKET");
            stack.unset(stack.find(AUTHORIZER), "authorizerPayloadFormatVersion");
        },
    },
    {
        rule: "dax-cluster",
        title: "a type of the seventh generation",
        fixture: dax,
        change: (stack) => {
            stack.set(stack.find(DAX), "nodeType", "dax.r7i.xlarge");
        },
    },
];
