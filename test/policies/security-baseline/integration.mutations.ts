/** APIs and what is behind them, state machines, mail and mounted files. */
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { setting, unsetting } from "./settings";

const GRAPHQL = "aws:appsync/graphQLApi:GraphQLApi";
const CACHE = "aws:appsync/apiCache:ApiCache";
const REST = "aws:apigateway/integration:Integration";
const HTTP = "aws:apigatewayv2/integration:Integration";
const MACHINE = "aws:sfn/stateMachine:StateMachine";
const MAIL = "aws:sesv2/configurationSet:ConfigurationSet";
const OLD_MAIL = "aws:ses/configurationSet:ConfigurationSet";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const SOURCE = "aws:appsync/dataSource:DataSource";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

const PARTS: readonly FixtureResource[] = [
    {
        type: GRAPHQL,
        name: "shop",
        inputs: {
            name: "shop",
            authenticationType: "AWS_IAM",
            additionalAuthenticationProviders: [{ authenticationType: "AMAZON_COGNITO_USER_POOLS" }],
            logConfig: {
                cloudwatchLogsRoleArn: "arn:aws:iam::111122223333:role/logs",
                fieldLogLevel: "ERROR",
            },
        },
    },
    {
        type: CACHE,
        name: "shop",
        inputs: { type: "LARGE", ttl: 60, atRestEncryptionEnabled: true, transitEncryptionEnabled: true },
    },
    {
        type: REST,
        name: "orders",
        inputs: { type: "HTTP_PROXY", httpMethod: "GET", uri: "https://orders.example.com/" },
    },
    {
        type: HTTP,
        name: "orders",
        inputs: {
            integrationType: "HTTP_PROXY",
            connectionType: "VPC_LINK",
            connectionId: "abc123",
            integrationUri:
                "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2",
            tlsConfig: { serverNameToVerify: "orders.example.com" },
        },
    },
    {
        type: MACHINE,
        name: "checkout",
        inputs: {
            roleArn: "arn:aws:iam::111122223333:role/checkout",
            definition: "{}",
            tracingConfiguration: { enabled: true },
            loggingConfiguration: {
                level: "ERROR",
                logDestination: "arn:aws:logs:us-east-1:111122223333:log-group:checkout:*",
            },
        },
    },
    {
        type: MAIL,
        name: "shop",
        inputs: { configurationSetName: "shop", deliveryOptions: { tlsPolicy: "REQUIRE" } },
    },
    { type: OLD_MAIL, name: "shop", inputs: { name: "shop-old", deliveryOptions: { tlsPolicy: "Require" } } },
    {
        type: SUBSCRIPTION,
        name: "partner",
        inputs: {
            topic: "arn:aws:sns:us-east-1:111122223333:orders",
            protocol: "https",
            endpoint: "https://partner.example.com/orders",
        },
    },
    {
        type: SOURCE,
        name: "partner",
        inputs: { apiId: "abc123", type: "HTTP", httpConfig: { endpoint: "https://partner.example.com" } },
    },
    {
        type: TASK,
        name: "media",
        inputs: {
            family: "media",
            networkMode: "awsvpc",
            taskRoleArn: "arn:aws:iam::111122223333:role/media",
            executionRoleArn: "arn:aws:iam::111122223333:role/media-start",
            containerDefinitions: JSON.stringify([
                {
                    name: "media",
                    image: "media",
                    readonlyRootFilesystem: true,
                    logConfiguration: { logDriver: "awslogs" },
                },
            ]),
            volumes: [
                {
                    name: "media",
                    efsVolumeConfiguration: {
                        fileSystemId: "fs-0a1b2c3d4e5f60718",
                        transitEncryption: "ENABLED",
                    },
                },
                { name: "scratch" },
            ],
        },
    },
];
const of = (type: string, name: string) => ({ type, name, fixture: PARTS });
const graphql = of(GRAPHQL, "shop");
const cache = of(CACHE, "shop");
const machine = of(MACHINE, "checkout");

export const mutants: readonly Mutant[] = [
    setting(graphql, "appsync-api-keys", "the first way in", "authenticationType", "API_KEY"),
    setting(
        graphql,
        "appsync-api-keys",
        "another way in",
        ["additionalAuthenticationProviders", 0, "authenticationType"],
        "API_KEY",
        { message: "additionalAuthenticationProviders[0]" },
    ),
    setting(of(SUBSCRIPTION, "partner"), "sns-subscription-tls", "in plain", "protocol", "http"),
    setting(
        of(SOURCE, "partner"),
        "appsync-data-source-tls",
        "in plain",
        "httpConfig.endpoint",
        "http://partner.example.com",
    ),
    setting(graphql, "appsync-logs", "none", "logConfig.fieldLogLevel", "NONE"),
    unsetting(graphql, "appsync-logs", "left out", "logConfig"),
    setting(cache, "appsync-cache-encryption", "at rest", "atRestEncryptionEnabled", false),
    unsetting(cache, "appsync-cache-encryption", "on the way", "transitEncryptionEnabled"),
    setting(
        of(REST, "orders"),
        "apigateway-integration-tls",
        "in plain",
        "uri",
        "http://orders.example.com/",
    ),
    setting(of(REST, "orders"), "apigateway-integration-tls", "any certificate", "tlsConfig", {
        insecureSkipVerification: true,
    }),
    unsetting(of(HTTP, "orders"), "apigateway-integration-tls", "a listener in plain", "tlsConfig", {
        message: "serverNameToVerify is not given",
        decidedBy: "structure",
    }),
    setting(
        of(HTTP, "orders"),
        "apigateway-integration-tls",
        "an address in plain",
        "integrationUri",
        "http://a.example.com/",
    ),
    setting(machine, "sfn-logs", "off", "loggingConfiguration.level", "OFF"),
    unsetting(machine, "sfn-logs", "left out", "loggingConfiguration"),
    setting(machine, "sfn-tracing", "off", "tracingConfiguration.enabled", false, {
        message: "is not traced",
    }),
    unsetting(machine, "sfn-tracing", "left out", "tracingConfiguration"),
    setting(of(MAIL, "shop"), "ses-tls", "optional", "deliveryOptions.tlsPolicy", "OPTIONAL"),
    unsetting(of(MAIL, "shop"), "ses-tls", "left out", "deliveryOptions"),
    setting(
        of(OLD_MAIL, "shop"),
        "ses-tls",
        "optional in the older one",
        "deliveryOptions.tlsPolicy",
        "Optional",
    ),
    unsetting(
        of(TASK, "media"),
        "ecs-efs-transit-encryption",
        "left out",
        ["volumes", 0, "efsVolumeConfiguration", "transitEncryption"],
        { message: "transitEncryption of volume 0 is not given" },
    ),
    setting(
        of(TASK, "media"),
        "ecs-efs-transit-encryption",
        "off",
        ["volumes", 0, "efsVolumeConfiguration", "transitEncryption"],
        "DISABLED",
    ),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "apigateway-integration-tls",
        title: "a function",
        fixture: PARTS,
        change: (stack) => {
            const found = stack.find(HTTP, "orders");
            stack.set(found, "integrationType", "AWS_PROXY");
            stack.set(found, "connectionType", "INTERNET");
            stack.set(found, "integrationUri", "arn:aws:lambda:us-east-1:111122223333:function:orders");
            stack.unset(found, "tlsConfig");
        },
    },
];
