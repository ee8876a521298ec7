import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type PolicyStatement } from "../../security/policyDocument";
import { mergeTags } from "../../shared/tags";
import { createExecutionRole } from "../executionRole";
import { DELIVER_LOGS } from "../stateMachine";
import { type FaultExperimentsArgs } from "./args";

type Action = aws.types.input.fis.ExperimentTemplateAction;
type Target = aws.types.input.fis.ExperimentTemplateTarget;

/** What one experiment does. */
export interface Experiment {
    readonly description: string;
    readonly actions: readonly Action[];
    readonly targets: readonly Target[];
    /** What FIS needs for the actions. */
    readonly statements: readonly PolicyStatement[];
    /** Whether an action whose target is not there is left out. Else the experiment fails. */
    readonly mayMissTargets?: boolean;
}

/** Makes the template of an experiment, `<name>-template`, and the role that it runs as, `<name>-role` and `<name>-policy`. */
export function createTemplate(
    name: string,
    args: FaultExperimentsArgs,
    experiment: Experiment,
    logs: aws.cloudwatch.LogGroup,
    parent: pulumi.Resource,
): aws.fis.ExperimentTemplate {
    const { accountId, region } = args;
    const roleArn = createExecutionRole(
        name,
        {
            ...args,
            description: `What the experiment ${name} runs as`,
            service: "fis.amazonaws.com",
            sourceArn: pulumi.interpolate`arn:aws:fis:${region}:${accountId}:experiment/*`,
            statements: () => [...experiment.statements, DELIVER_LOGS],
        },
        parent,
    );
    return new aws.fis.ExperimentTemplate(
        `${name}-template`,
        {
            region,
            description: experiment.description,
            roleArn,
            actions: [...experiment.actions],
            targets: [...experiment.targets],
            stopConditions: pulumi
                .output(args.stopAlarmArns)
                .apply((arns) => arns.map((value) => ({ source: "aws:cloudwatch:alarm", value }))),
            logConfiguration: {
                // Source: AWS FIS User Guide, "Experiment logging": the current schema.
                logSchemaVersion: 2,
                cloudwatchLogsConfiguration: { logGroupArn: pulumi.interpolate`${logs.arn}:*` },
            },
            experimentOptions: {
                accountTargeting: "single-account",
                emptyTargetResolutionMode: experiment.mayMissTargets === true ? "skip" : "fail",
            },
            // FIS shows a template by this tag.
            tags: mergeTags(args.tags, { Name: name }),
        },
        { parent },
    );
}

/** Lengths of time as FIS takes them. */
export function minutes(count: number): string {
    return `PT${count}M`;
}

/** The parameters of an action. */
export function parameters(values: Readonly<Record<string, string>>) {
    return Object.entries(values).map(([key, value]) => ({ key, value }));
}
