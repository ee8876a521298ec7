import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createStateMachineRole, stateMachineLogging, watchStateMachine } from "../../operations";
import { type Permission, permissionsOf, viaService } from "../../security/permissions";
import { type PolicyStatement } from "../../security/policyDocument";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { type WorkflowArgs, WorkflowType } from "./args";
import { WORKFLOW_ARGUMENTS } from "./table";

export { type WorkflowArgs, WorkflowType } from "./args";

/**
 * A state machine of Step Functions whose definition was looked through before anything is registered: with a role that may do
 * what it was given, encrypted, logged and traced, published as a version that callers reach by an alias.
 *
 * Children: `<name>-role`, `<name>-policy`, `<name>-logs`, `<name>-machine`, `<name>-alias`, and the alarms `<name>-failed` and
 * `<name>-throttled`.
 */
export class Workflow extends pulumi.ComponentResource {
    /** ARN of the state machine, without version. */
    readonly stateMachineArn: pulumi.Output<string>;
    /** Name of the state machine. */
    readonly stateMachineName: pulumi.Output<string>;
    /** ARN of the version that was published last. */
    readonly versionArn: pulumi.Output<string>;
    /** ARN of the alias, which callers start. */
    readonly aliasArn: pulumi.Output<string>;
    /** ARN of the role that runs have. */
    readonly roleArn: pulumi.Output<string>;
    /** Name of the log group. */
    readonly logGroupName: pulumi.Output<string>;
    /** What those need who start runs, by the alias. */
    readonly startPermissions: pulumi.Output<Permission[]>;
    /** What those need who hand task tokens back. */
    readonly taskPermissions: pulumi.Output<Permission[]>;
    /** What those need who look at runs and stop them. */
    readonly executionPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, and all that is wrong with the definition, before
     * anything is registered, the component included.
     */
    constructor(name: string, args: WorkflowArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:Workflow", name, args, opts);
        const { region, accountId, tags = {} } = args;

        const { role, policy } = createStateMachineRole(
            name,
            { region, accountId, tags },
            {
                description: `Runs the workflow ${name}`,
                statements: keyStatements(name, args),
                ...(args.permissions === undefined ? {} : { permissions: args.permissions }),
            },
            this,
        );
        const logs = makeLogs(this, name, args, role);
        const machine = makeMachine(this, name, args, { role, policy, logs });
        const alias = new aws.sfn.Alias(
            `${name}-alias`,
            {
                region,
                name: args.aliasName ?? "live",
                description: "What callers start",
                routingConfigurations: [
                    { stateMachineVersionArn: machine.stateMachineVersionArn, weight: 100 },
                ],
            },
            { parent: this },
        );
        watch(this, name, args, machine);

        this.stateMachineArn = machine.arn;
        this.stateMachineName = machine.name;
        this.versionArn = machine.stateMachineVersionArn;
        this.aliasArn = alias.arn;
        this.roleArn = role.arn;
        this.logGroupName = logs.name;
        this.startPermissions = permissionsOf([
            { sid: "StartWorkflows", actions: ["states:StartExecution"], resources: [alias.arn] },
        ]);
        this.taskPermissions = permissionsOf([
            {
                sid: "AnswerWorkflows",
                actions: ["states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"],
                resources: [machine.arn],
            },
        ]);
        this.executionPermissions = executionPermissions(args, machine);
        this.registerOutputs({
            stateMachineArn: this.stateMachineArn,
            stateMachineName: this.stateMachineName,
            versionArn: this.versionArn,
            aliasArn: this.aliasArn,
            roleArn: this.roleArn,
            logGroupName: this.logGroupName,
            startPermissions: this.startPermissions,
            taskPermissions: this.taskPermissions,
            executionPermissions: this.executionPermissions,
        });
    }
}

/** What encryption takes. Source: AWS Step Functions Developer Guide, "Data at rest encryption". */
function keyStatements(name: string, args: WorkflowArgs): PolicyStatement[] {
    const { region, accountId, kmsKeyArn, workflowName } = args;
    // Auto-naming adds a suffix that is not known here.
    const machineName = workflowName ?? `${name}-machine-*`;
    return [
        {
            Sid: "EncryptRuns",
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: kmsKeyArn,
            Condition: {
                StringLike: {
                    "kms:EncryptionContext:aws:states:stateMachineArn": pulumi.interpolate`arn:aws:states:${region}:${accountId}:stateMachine:${machineName}`,
                },
            },
        },
        {
            Sid: "EncryptLogEvents",
            Effect: "Allow",
            Action: "kms:GenerateDataKey",
            Resource: kmsKeyArn,
            Condition: {
                StringEquals: {
                    // The text itself, with its asterisk, is what the context has.
                    "kms:EncryptionContext:SourceArn": pulumi.interpolate`arn:aws:logs:${region}:${accountId}:*`,
                },
            },
        },
    ];
}

function makeLogs(
    parent: Workflow,
    name: string,
    { region, kmsKeyArn, logRetentionDays, tags }: WorkflowArgs,
    role: aws.iam.Role,
): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
        `${name}-logs`,
        {
            region,
            // The policy by which logs are delivered lists each group by name, until it is full at 5120 characters; for names
            // that begin so it has one entry for all. The role's name makes it one of a kind.
            name: pulumi.interpolate`/aws/vendedlogs/states/${role.name}`,
            retentionInDays: logRetentionDays ?? 365,
            kmsKeyId: kmsKeyArn,
            ...(tags === undefined ? {} : { tags }),
        },
        { parent },
    );
}

/** What a state machine needs beforehand. */
interface MachineParts {
    readonly role: aws.iam.Role;
    readonly policy: aws.iam.RolePolicy;
    readonly logs: aws.cloudwatch.LogGroup;
}

function makeMachine(
    parent: Workflow,
    name: string,
    args: WorkflowArgs,
    { role, policy, logs }: MachineParts,
): aws.sfn.StateMachine {
    const { region, workflowName, workflowType, kmsKeyArn, tags } = args;
    return new aws.sfn.StateMachine(
        `${name}-machine`,
        {
            region,
            ...(workflowName === undefined ? {} : { name: workflowName }),
            type: workflowType ?? WorkflowType.Standard,
            roleArn: role.arn,
            definition: substituted(args),
            encryptionConfiguration: {
                type: "CUSTOMER_MANAGED_KMS_KEY",
                kmsKeyId: kmsKeyArn,
                kmsDataKeyReusePeriodSeconds: 300,
            },
            loggingConfiguration: stateMachineLogging(logs, args.logExecutionData ?? false),
            tracingConfiguration: { enabled: true },
            // The alias goes by versions.
            publish: true,
            ...(tags === undefined ? {} : { tags }),
        },
        // Step Functions checks when it makes the machine that its role may write the log and use the key.
        { parent, dependsOn: [policy] },
    );
}

/** The definition with the texts in it that its placeholders stand for. */
function substituted({ definition, substitutions = {} }: WorkflowArgs): pulumi.Input<string> {
    return Object.keys(substitutions).length === 0
        ? definition
        : pulumi.all(substitutions).apply((texts) =>
              definition.replace(/\$\{([A-Za-z0-9]+)\}/g, (placeholder, key: string) =>
                  // They stand in texts of JSON.
                  JSON.stringify(texts[key] ?? placeholder).slice(1, -1),
              ),
          );
}

function watch(parent: Workflow, name: string, args: WorkflowArgs, machine: aws.sfn.StateMachine): void {
    const { region, alarmTopicArns: topicArns, tags = {} } = args;
    if (topicArns === undefined) {
        return;
    }
    const place = { region, topicArns, tags, stateMachineArn: machine.arn };
    watchStateMachine(
        `${name}-failed`,
        place,
        {
            description: `A run of the workflow ${name} failed, was stopped or took too long. See it in Step Functions and in its log group; a standard workflow's run can be redriven from where it failed.`,
            metricNames: ["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"],
            label: "Runs that came to a bad end",
        },
        parent,
    );
    watchStateMachine(
        `${name}-throttled`,
        place,
        {
            description: `Runs or states of the workflow ${name} are held up by the account's limits. Look at how many run at once, then ask for more.`,
            metricNames: ["ExecutionThrottled"],
            label: "Starts and states that had to wait",
        },
        parent,
    );
}

function executionPermissions(
    { region, accountId, kmsKeyArn }: WorkflowArgs,
    machine: aws.sfn.StateMachine,
): pulumi.Output<Permission[]> {
    return permissionsOf([
        {
            sid: "FollowRuns",
            actions: ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"],
            resources: [
                pulumi.interpolate`arn:aws:states:${region}:${accountId}:execution:${machine.name}:*`,
            ],
        },
        {
            sid: "DecryptRuns",
            actions: ["kms:Decrypt"],
            resources: [kmsKeyArn],
            conditions: [viaService("states", region)],
        },
    ]);
}

function validate(name: string, given: WorkflowArgs): WorkflowArgs {
    const problems = new Problems("meridian:index:Workflow", name);
    const args = checkArguments(problems, given, WORKFLOW_ARGUMENTS);
    checkComponentName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}
