import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { LAMBDA_ARCHITECTURE, LAMBDA_HANDLER, LAMBDA_RUNTIME, lambdaCode } from "./lambdaCode";
import { type PermissionsInput, rolePolicy } from "../security/permissions";
import { type PolicyStatement, serviceTrust } from "../security/policyDocument";
import { type TagsInput } from "../shared/tags";

/** What the functions of a component have in common. */
export interface FunctionPlace {
    region: string;
    accountId: pulumi.Input<string>;
    /** Encrypts environment and logs. */
    kmsKeyArn: pulumi.Input<string>;
    logRetentionDays: number;
    /** A boundary of the function's role. None when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    tags: TagsInput;
}

/** One function. */
export interface FunctionArgs {
    /** Folder of the code under `functions/`, or the code itself. */
    code: string | pulumi.Input<pulumi.asset.Archive>;
    description: string;
    timeoutSeconds: number;
    environment: Record<string, pulumi.Input<string>>;
    /** What the function may do, beside writing its log and its traces. */
    statements: PolicyStatement[];
    /** What it may do beside that, as other components give it out. */
    permissions?: PermissionsInput;
    /** Takes calls that failed for good. */
    deadLetterQueue: aws.sqs.Queue;
    /** The role that it runs as, made by `createFunctionRole` where something has to know it beforehand. */
    role?: aws.iam.Role;
    /** Where in a network it runs. In none when left out: it then reaches nothing but APIs of AWS's. */
    network?: FunctionNetwork;
    /** How many calls may run at once, which are kept free for it, or that it shares the account's. 1 when left out. */
    concurrency?: number | "shared";
    /** Memory in MiB, and with it the share of a processor. 256 when left out. */
    memorySize?: number;
    /** What else is said of the function. */
    settings?: Pick<aws.lambda.FunctionArgs, "ephemeralStorage" | "handler" | "layers" | "publish">;
}

/** The network that a function runs in. */
export interface FunctionNetwork {
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Id of the group that it wears. */
    securityGroupId: pulumi.Input<string>;
}

/** The longest that SQS keeps a message: somebody has two weeks to look. */
export const DEAD_LETTER_RETENTION_SECONDS = 14 * 24 * 3600;

/** Makes the queue that takes what could not be carried out or handed over: calls, events, messages. */
export function createDeadLetterQueue(
    name: string,
    place: Pick<FunctionPlace, "region" | "tags"> & { readonly fifo?: boolean },
    parent: pulumi.Resource,
): aws.sqs.Queue {
    return new aws.sqs.Queue(
        `${name}-dead-letters`,
        {
            region: place.region,
            ...(place.fifo === true ? { fifoQueue: true } : {}),
            sqsManagedSseEnabled: true,
            messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
            tags: place.tags,
        },
        { parent },
    );
}

/** Makes the role that a function runs as, `<name>-role`. Its policy comes with the function. */
export function createFunctionRole(
    name: string,
    {
        accountId,
        permissionsBoundaryArn,
        tags,
    }: Pick<FunctionPlace, "accountId" | "permissionsBoundaryArn" | "tags">,
    description: string,
    parent: pulumi.Resource,
): aws.iam.Role {
    return new aws.iam.Role(
        `${name}-role`,
        {
            description,
            assumeRolePolicy: serviceTrust("lambda.amazonaws.com", accountId),
            ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn }),
            tags,
        },
        { parent },
    );
}

/** Makes a function with a role of its own: children `<name>-role`, `<name>-logs` and `<name>-policy` beside it. */
export function createFunction(
    name: string,
    place: FunctionPlace,
    args: FunctionArgs,
    parent: pulumi.Resource,
): aws.lambda.Function {
    const { region, tags } = place;
    const role = args.role ?? createFunctionRole(name, place, args.description, parent);
    const logs = new aws.cloudwatch.LogGroup(
        `${name}-logs`,
        { region, retentionInDays: place.logRetentionDays, kmsKeyId: place.kmsKeyArn, tags },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        {
            role: role.id,
            policy: rolePolicy([...ownStatements(place, args, logs), ...args.statements], args.permissions),
        },
        { parent },
    );
    return new aws.lambda.Function(
        name,
        {
            region,
            description: args.description,
            role: role.arn,
            runtime: LAMBDA_RUNTIME,
            architectures: [LAMBDA_ARCHITECTURE],
            handler: LAMBDA_HANDLER,
            code: typeof args.code === "string" ? lambdaCode(args.code) : args.code,
            memorySize: args.memorySize ?? 256,
            timeout: args.timeoutSeconds,
            environment: { variables: args.environment },
            kmsKeyArn: place.kmsKeyArn,
            // One at a time, as a rule: two at once would set two passwords, or start the same export twice.
            ...(args.concurrency === "shared" ? {} : { reservedConcurrentExecutions: args.concurrency ?? 1 }),
            deadLetterConfig: { targetArn: args.deadLetterQueue.arn },
            tracingConfig: { mode: "Active" },
            ...(args.network === undefined
                ? {}
                : {
                      vpcConfig: {
                          subnetIds: args.network.subnetIds,
                          securityGroupIds: [args.network.securityGroupId],
                      },
                  }),
            // A group that exists beforehand, with key and retention; Lambda would make one with neither.
            loggingConfig: { logGroup: logs.name, logFormat: "JSON" },
            ...args.settings,
            tags,
        },
        // Lambda checks when it makes the function that its role may write to the queue.
        { parent, dependsOn: [policy] },
    );
}

function ownStatements(
    place: FunctionPlace,
    args: FunctionArgs,
    logs: aws.cloudwatch.LogGroup,
): PolicyStatement[] {
    return [
        {
            Sid: "WriteLog",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logs.arn}:*`,
        },
        {
            Sid: "WriteTraces",
            Effect: "Allow",
            Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            // X-Ray has no resources to name.
            Resource: "*",
        },
        {
            Sid: "KeepFailedCalls",
            Effect: "Allow",
            Action: "sqs:SendMessage",
            Resource: args.deadLetterQueue.arn,
        },
        {
            Sid: "ReadEnvironment",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: place.kmsKeyArn,
        },
        ...(args.network === undefined ? [] : [JOIN_NETWORK]),
    ];
}

/** What Lambda needs of the function's role to put it into a network. */
const JOIN_NETWORK: PolicyStatement = {
    Sid: "JoinNetwork",
    Effect: "Allow",
    Action: [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
    ],
    // What describes knows no resources, and which interfaces Lambda will make nobody knows beforehand.
    Resource: "*",
};
