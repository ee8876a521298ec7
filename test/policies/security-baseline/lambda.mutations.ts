import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";
import { ACCOUNT, KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const FUNCTION = "aws:lambda/function:Function";
const PERMISSION = "aws:lambda/permission:Permission";
const URL = "aws:lambda/functionUrl:FunctionUrl";
const SUBNET = "aws:ec2/subnet:Subnet";

const rotation = { type: FUNCTION, name: "shop-db-rotation" };
const permission = { type: PERMISSION, name: "shop-db-rotation-permission" };

const FUNCTIONS: readonly FixtureResource[] = [
    {
        type: FUNCTION,
        name: "lone",
        inputs: {
            role: `arn:aws:iam::${ACCOUNT}:role/lone`,
            runtime: "python3.13",
            tracingConfig: { mode: "Active" },
            deadLetterConfig: { targetArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:lost` },
            reservedConcurrentExecutions: 1,
            environment: { variables: { TABLE: "wares" } },
            kmsKeyArn: KEY_ARN,
        },
    },
    {
        type: PERMISSION,
        name: "lone",
        inputs: { action: "lambda:InvokeFunction", function: "lone", principal: ACCOUNT },
    },
    {
        type: URL,
        name: "lone",
        inputs: { functionName: refTo(FUNCTION, "lone"), authorizationType: "AWS_IAM" },
    },
];
const lone = { type: FUNCTION, name: "lone", fixture: FUNCTIONS };
const lonePermission = { type: PERMISSION, name: "lone", fixture: FUNCTIONS };

export const mutants: readonly Mutant[] = [
    setting(lonePermission, "lambda-permission-public", "anybody", "principal", "*", {
        message: 'lets anybody call the function: principal is "*"',
    }),
    setting(lonePermission, "lambda-permission-public", "any bucket", "principal", "s3.amazonaws.com", {
        message: "sourceAccount is not given",
    }),
    {
        rule: "lambda-permission-public",
        title: "a service for any customer",
        change: (stack) => {
            const found = stack.find(PERMISSION, permission.name);
            stack.unset(found, "sourceArn");
            stack.unset(found, "sourceAccount");
        },
        message: "lets secretsmanager.amazonaws.com call the function for any customer",
    },
    setting(rotation, "lambda-runtime", "a deprecated runtime", "runtime", "nodejs20.x", {
        message: 'runtime is "nodejs20.x"',
    }),
    {
        rule: "lambda-vpc",
        title: "one subnet",
        change: (stack) => {
            stack.set(stack.find(FUNCTION, rotation.name), "vpcConfig", {
                subnetIds: ["subnet-0123456789abcdef0"],
                securityGroupIds: ["sg-0123456789abcdef0"],
            });
        },
        message: "vpcConfig.subnetIds has one subnet",
    },
    {
        rule: "lambda-vpc",
        title: "two subnets of one zone",
        fixture: ["one", "two"].map((name) => ({
            type: SUBNET,
            name,
            inputs: {
                vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network"),
                cidrBlock: "10.99.0.0/24",
                availabilityZone: name === "one" ? "us-east-1a" : "us-east-1b",
                mapPublicIpOnLaunch: false,
            },
        })),
        change: (stack) => {
            const [one, two] = [stack.find(SUBNET, "one"), stack.find(SUBNET, "two")];
            const found = stack.find(FUNCTION, rotation.name);
            stack.set(found, "vpcConfig", {
                subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                securityGroupIds: ["sg-0123456789abcdef0"],
            });
            stack.relate(found, "vpcConfig", one, two);
            stack.set(two, "availabilityZone", "us-east-1a");
        },
        message: "all of vpcConfig.subnetIds are in us-east-1a",
    },
    {
        rule: "lambda-vpc",
        title: "no VPC where one is demanded",
        config: { required: ["lone*"] },
        fixture: [
            {
                type: FUNCTION,
                name: "lonely",
                inputs: {
                    ...FUNCTIONS[0]?.inputs,
                    vpcConfig: { subnetIds: ["subnet-0", "subnet-1"], securityGroupIds: ["sg-0"] },
                },
            },
        ],
        change: (stack) => {
            stack.unset(stack.find(FUNCTION, "lonely"), "vpcConfig");
        },
        message: "is in no VPC",
        decidedBy: "relations",
    },
    setting(rotation, "lambda-tracing", "passed through", "tracingConfig.mode", "PassThrough", {
        message: 'tracingConfig.mode is "PassThrough"',
    }),
    unsetting(rotation, "lambda-tracing", "left out", "tracingConfig"),
    unsetting(lone, "lambda-dead-letters", "nowhere", "deadLetterConfig", {
        message: "deadLetterConfig.targetArn is not given",
        decidedBy: "relations",
    }),
    unsetting(rotation, "lambda-reserved-concurrency", "left out", "reservedConcurrentExecutions"),
    setting(rotation, "lambda-reserved-concurrency", "none", "reservedConcurrentExecutions", -1),
    setting(
        lone,
        "lambda-environment-secrets",
        "an access key",
        "environment.variables.NOTE",
        `key ${["AKIA", "EXAMPLE".padEnd(16, "X")].join("")}`,
        { message: "holds an AWS access key id in plain in the environment variable NOTE" },
    ),
    setting(
        lone,
        "lambda-environment-secrets",
        "a variable with the name of a secret",
        "environment.variables.partner_api_key",
        "b7f2c1d9",
        { message: "holds a secret in plain in the environment variable partner_api_key" },
    ),
    unsetting(lone, "lambda-environment-key", "no key", "kmsKeyArn", { message: "kmsKeyArn is not given" }),
    setting(lone, "lambda-environment-key", "AWS's key", "kmsKeyArn", "alias/aws/lambda", {
        message: "kmsKeyArn is a key of AWS's",
    }),
    setting(
        { type: URL, name: "lone", fixture: FUNCTIONS },
        "lambda-url-authorization",
        "anybody",
        "authorizationType",
        "NONE",
    ),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "lambda-permission-public",
        title: "anybody of an organisation",
        fixture: FUNCTIONS,
        change: (stack) => {
            const found = stack.find(PERMISSION, "lone");
            stack.set(found, "principal", "*");
            stack.set(found, "principalOrgId", "o-1234567890");
        },
    },
    {
        rule: "lambda-permission-public",
        title: "a skill of Alexa's",
        fixture: FUNCTIONS,
        change: (stack) => {
            const found = stack.find(PERMISSION, "lone");
            stack.set(found, "principal", "alexa-appkit.amazon.com");
            stack.set(found, "eventSourceToken", "amzn1.ask.skill.1");
        },
    },
    {
        rule: "lambda-dead-letters",
        title: "a destination for what fails",
        fixture: FUNCTIONS,
        change: (stack) => {
            stack.unset(stack.find(FUNCTION, "lone"), "deadLetterConfig");
            stack.add({
                type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
                name: "lone",
                inputs: {
                    functionName: refTo(FUNCTION, "lone"),
                    destinationConfig: {
                        onFailure: { destination: `arn:aws:sns:us-east-1:${ACCOUNT}:lost` },
                    },
                },
            });
        },
    },
    ...(
        [
            [
                "a reference to a secret",
                "DB_PASSWORD",
                `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:db`,
            ],
            ["the name of a parameter", "API_TOKEN", "/shop/prod/token"],
            ["a switch", "REQUIRE_PASSWORD", "true"],
        ] as const
    ).map(([title, name, value]) =>
        setting(lone, "lambda-environment-secrets", title, ["environment", "variables", name], value),
    ),
    {
        rule: "lambda-environment-key",
        title: "no variables",
        fixture: FUNCTIONS,
        change: (stack) => {
            const found = stack.find(FUNCTION, "lone");
            stack.unset(found, "environment");
            stack.unset(found, "kmsKeyArn");
        },
    },
    {
        rule: "lambda-runtime",
        title: "a function from an image",
        fixture: FUNCTIONS,
        change: (stack) => {
            const found = stack.find(FUNCTION, "lone");
            stack.unset(found, "runtime");
            stack.set(found, "packageType", "Image");
        },
    },
];
