import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../network";
import {
    createDeadLetterQueue,
    createFunction,
    createFunctionRole,
    type FunctionPlace,
} from "../../operations";
import { type Permission, permissionsOf } from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { createAlarms } from "./alarms";
import { type ServerlessFunctionArgs } from "./args";
import { deployByCodeDeploy } from "./deployment";
import { destinationPermissions, invokeConfig } from "./destinations";
import { connectSources } from "./sources";
import { sourcePermissions } from "./sourcePermissions";
import { DEFAULTS, SERVERLESS_FUNCTION_ARGUMENTS } from "./table";
import { tracingSettings } from "./tracing";

export {
    type AsyncInvocation,
    type FunctionTracing,
    type FunctionVpc,
    type ServerlessFunctionArgs,
} from "./args";

const TYPE = "meridian:index:ServerlessFunction";
const ALL_ADDRESSES = "0.0.0.0/0";

/**
 * A function of Lambda for Node.js on arm64: its role may do what it was given and nothing else, its failures are kept, and
 * everybody calls an alias, which moves to a new version at once, or step by step with alarms that turn it back. Queues,
 * streams, topics, buses, buckets and schedules call it, each with a permission and a path for failures of its own.
 *
 * Children: `<name>-function`, `<name>-function-role`, `<name>-function-logs`, `<name>-function-policy`, `<name>-alias`,
 * `<name>-async`, `<name>-dead-letters`; in a network `<name>-security-group` and `<name>-https-egress-<number>`; with a
 * deployment `<name>-application`, `<name>-deployment-config`, `<name>-deployment-role`, `<name>-deployment-policy`,
 * `<name>-deployment-group`; per source `<name>-<source>-mapping` of a queue or stream, `<name>-<source>-permission` and
 * `<name>-<source>-subscription` of a topic, `<name>-<source>-rule`, `<name>-<source>-permission` and
 * `<name>-<source>-function` of a rule or bucket, `<name>-<source>-schedule` of a schedule; with topics, rules or buckets
 * `<name>-dead-letters-policy`; with schedules `<name>-schedules`, `<name>-schedule-role` and `<name>-schedule-policy`; alarms
 * `<name>-errors`, `<name>-throttles`, `<name>-slow`, `<name>-late`, `<name>-lost`, `<name>-given-up`, and
 * `<name>-deployment-errors`.
 */
export class ServerlessFunction extends pulumi.ComponentResource {
    /** Name of the function, without a version. */
    readonly functionName: pulumi.Output<string>;
    /** ARN of the function, without a version. Callers take `aliasArn`. */
    readonly functionArn: pulumi.Output<string>;
    /** The version that the last update published. With `deployment` it has no calls until it is deployed. */
    readonly latestVersion: pulumi.Output<string>;
    /** Name of the alias. */
    readonly aliasName: pulumi.Output<string>;
    /** ARN of the alias, which everybody calls. */
    readonly aliasArn: pulumi.Output<string>;
    /** What API Gateway calls: the alias, as its integrations name it. */
    readonly invokeArn: pulumi.Output<string>;
    /** Name of the function's role, to attach more policies to it. */
    readonly roleName: pulumi.Output<string>;
    /** ARN of the function's role. */
    readonly roleArn: pulumi.Output<string>;
    /** Id of the security group that the function wears. None without a network. */
    readonly securityGroupId?: pulumi.Output<string>;
    /** URL of the queue with what the function failed on for good. */
    readonly deadLetterQueueUrl: pulumi.Output<string>;
    /** ARN of that queue. */
    readonly deadLetterQueueArn: pulumi.Output<string>;
    /** Name of the log group. */
    readonly logGroupName: pulumi.Output<string>;
    /** What callers of the alias need. */
    readonly invokePermissions: pulumi.Output<Permission[]>;
    /** CodeDeploy's application. None without `deployment`. */
    readonly deploymentApplicationName?: pulumi.Output<string>;
    /** CodeDeploy's deployment group. None without `deployment`. */
    readonly deploymentGroupName?: pulumi.Output<string>;
    /** What whoever deploys needs, to read the alias and to start a deployment. Empty without `deployment`. */
    readonly deployPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: ServerlessFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super(TYPE, name, args, opts);

        const group = makeGroup(this, name, args);
        const failures = createDeadLetterQueue(name, place(args), this);
        const role = createFunctionRole(`${name}-function`, place(args), args.description, this);
        const called = makeFunction(this, name, args, { role, failures, group });
        const alias = makeAlias(this, name, args, called);
        invokeConfig(name, args, alias, this);
        connectSources(name, args, { alias, failures }, this);
        createAlarms(name, args, { called, failures }, this);
        const deployment = deployByCodeDeploy(name, args, { called, alias }, this);

        this.functionName = called.name;
        this.functionArn = called.arn;
        this.latestVersion = called.version;
        this.aliasName = alias.name;
        this.aliasArn = alias.arn;
        this.invokeArn = alias.invokeArn;
        this.roleName = role.name;
        this.roleArn = role.arn;
        this.deadLetterQueueUrl = failures.url;
        this.deadLetterQueueArn = failures.arn;
        this.logGroupName = called.loggingConfig.logGroup;
        this.invokePermissions = permissionsOf([
            { sid: "InvokeFunctions", actions: ["lambda:InvokeFunction"], resources: [alias.arn] },
        ]);
        this.deployPermissions = deployment?.permissions ?? pulumi.output([]);
        if (group !== undefined) {
            this.securityGroupId = group.id;
        }
        if (deployment !== undefined) {
            this.deploymentApplicationName = deployment.applicationName;
            this.deploymentGroupName = deployment.groupName;
        }
        this.registerOutputs({
            functionName: this.functionName,
            functionArn: this.functionArn,
            latestVersion: this.latestVersion,
            aliasName: this.aliasName,
            aliasArn: this.aliasArn,
            invokeArn: this.invokeArn,
            roleName: this.roleName,
            roleArn: this.roleArn,
            ...(this.securityGroupId === undefined ? {} : { securityGroupId: this.securityGroupId }),
            deadLetterQueueUrl: this.deadLetterQueueUrl,
            deadLetterQueueArn: this.deadLetterQueueArn,
            logGroupName: this.logGroupName,
            invokePermissions: this.invokePermissions,
            ...(deployment === undefined
                ? {}
                : {
                      deploymentApplicationName: this.deploymentApplicationName,
                      deploymentGroupName: this.deploymentGroupName,
                  }),
            deployPermissions: this.deployPermissions,
        });
    }
}

function place(args: ServerlessFunctionArgs): FunctionPlace {
    const { region, accountId, kmsKeyArn, permissionsBoundaryArn } = args;
    return {
        ...{ region, accountId, kmsKeyArn },
        logRetentionDays: args.logRetentionDays ?? DEFAULTS.logRetentionDays,
        ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
        tags: args.tags ?? {},
    };
}

function makeGroup(
    parent: ServerlessFunction,
    name: string,
    { region, network, tags = {} }: ServerlessFunctionArgs,
): aws.ec2.SecurityGroup | undefined {
    return network === undefined
        ? undefined
        : ownSecurityGroup(
              name,
              {
                  ...{ region, tags },
                  vpcId: network.vpcId,
                  description: `Function ${name}`,
                  httpsEgressCidrBlocks: network.httpsEgressCidrBlocks ?? [ALL_ADDRESSES],
              },
              parent,
          );
}

/** What a function is made with. */
interface FunctionParts {
    role: aws.iam.Role;
    failures: aws.sqs.Queue;
    group: aws.ec2.SecurityGroup | undefined;
}

function makeFunction(
    parent: ServerlessFunction,
    name: string,
    args: ServerlessFunctionArgs,
    { role, failures, group }: FunctionParts,
): aws.lambda.Function {
    const { tracing, network, ephemeralStorageMiB } = args;
    const layers = [
        ...(args.layerArns ?? []),
        ...(tracing?.layerArn === undefined ? [] : [tracing.layerArn]),
    ];
    return createFunction(
        `${name}-function`,
        place(args),
        {
            role,
            code: args.code,
            description: args.description,
            timeoutSeconds: args.timeoutSeconds ?? DEFAULTS.timeoutSeconds,
            memorySize: args.memorySize ?? DEFAULTS.memorySize,
            concurrency: args.reservedConcurrency ?? "shared",
            environment: {
                ...args.environment,
                ...tracingSettings({ ...args }, name),
            },
            statements: [],
            permissions: [
                ...sourcePermissions(args),
                ...destinationPermissions(args.asyncInvocation),
                ...(args.permissions ?? []),
            ],
            deadLetterQueue: failures,
            ...(network === undefined || group === undefined
                ? {}
                : { network: { subnetIds: network.subnetIds, securityGroupId: group.id } }),
            settings: {
                // An alias can name published versions alone.
                publish: true,
                ...(args.handler === undefined ? {} : { handler: args.handler }),
                ...(layers.length === 0 ? {} : { layers }),
                ...(ephemeralStorageMiB === undefined
                    ? {}
                    : { ephemeralStorage: { size: ephemeralStorageMiB } }),
            },
        },
        parent,
    );
}

function makeAlias(
    parent: ServerlessFunction,
    name: string,
    args: ServerlessFunctionArgs,
    called: aws.lambda.Function,
): aws.lambda.Alias {
    return new aws.lambda.Alias(
        `${name}-alias`,
        {
            region: args.region,
            name: args.aliasName ?? DEFAULTS.aliasName,
            description: "What callers name, whatever version has their calls",
            functionName: called.name,
            functionVersion: called.version,
        },
        {
            parent,
            // Where CodeDeploy moves the alias, an update would put it back, or past all alarms onto the new version.
            ...(args.deployment === undefined ? {} : { ignoreChanges: ["functionVersion", "routingConfig"] }),
        },
    );
}

function validate(name: string, given: ServerlessFunctionArgs): ServerlessFunctionArgs {
    const problems = new Problems(TYPE, name);
    const args = checkArguments(problems, given, SERVERLESS_FUNCTION_ARGUMENTS);
    const own = problems.name;
    checkComponentName(problems, own);
    checkNameLength(problems, "name", `${own}-function-role`, "aws:iam/role:Role");
    if (args.deployment !== undefined) {
        checkNameLength(problems, "name", `${own}-deployment-role`, "aws:iam/role:Role");
    }
    for (const source of [...Object.keys(args.eventRules ?? {}), ...Object.keys(args.buckets ?? {})]) {
        checkNameLength(problems, "name", `${own}-${source}-rule`, "aws:cloudwatch/eventRule:EventRule");
    }
    for (const source of Object.keys(args.schedules ?? {})) {
        checkNameLength(problems, "name", `${own}-${source}-schedule`, "aws:scheduler/schedule:Schedule");
    }
    checkSourceNames(problems, args);
    problems.throwIfAny();
    return args;
}

const SOURCES = ["queues", "streams", "topics", "eventRules", "buckets", "schedules"] as const;

/** Children are named after their source, of whatever kind it is. */
function checkSourceNames(problems: Problems, args: ServerlessFunctionArgs): void {
    const taken = new Map<string, string>();
    for (const kind of SOURCES) {
        for (const source of Object.keys(args[kind] ?? {})) {
            const other = taken.get(source);
            problems.check(
                other === undefined,
                `${kind}["${source}"]`,
                source,
                `a name that none of ${other ?? "the other sources"} has`,
            );
            taken.set(source, kind);
        }
    }
}
