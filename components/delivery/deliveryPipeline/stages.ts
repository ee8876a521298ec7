import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { definitionsFile, TAG_VARIABLE } from "../buildspec";
import { type DeliveryPipelineArgs, type PipelineDeployment } from "./args";
import { type BuildProject } from "./builds";
import { type FleetDeployment } from "./fleets";

type Stage = aws.types.input.codepipeline.PipelineStage;
type Action = aws.types.input.codepipeline.PipelineStageAction;

/** The names of the stages that every pipeline may have. */
export const OWN_STAGES = ["Source", "Test", "Build"] as const;

/** What goes from stage to stage. */
const SOURCE_ARTIFACT = "source";
const BUILD_ARTIFACT = "build";

// AWS CodePipeline User Guide, "Action structure reference": an approval waits seven days where nothing is said, and a
// day is long enough to know that nobody is looking.
const APPROVAL_HOURS = 24;

/** One deployment, as far as its stage needs it. */
export interface DeploymentStage {
    readonly deployment: PipelineDeployment;
    readonly roleArn: pulumi.Input<string>;
    readonly fleet?: FleetDeployment;
}

/** What the stages run. */
export interface StageParts {
    readonly test: BuildProject;
    readonly build?: BuildProject;
    readonly deployments: readonly DeploymentStage[];
}

/** The stages, in order. Source: AWS CodePipeline User Guide, "Action structure reference". */
export function pipelineStages(args: DeliveryPipelineArgs, parts: StageParts): Stage[] {
    const handedOn = parts.build === undefined ? SOURCE_ARTIFACT : BUILD_ARTIFACT;
    return [
        { name: "Source", actions: [sourceAction(args)] },
        { name: "Test", actions: [buildAction("Test", parts.test)] },
        ...(parts.build === undefined
            ? []
            : [{ name: "Build", actions: [buildAction("Build", parts.build, BUILD_ARTIFACT)] }]),
        ...parts.deployments.flatMap((stage) => deploymentStages(args, stage, handedOn)),
    ];
}

/** The name of the stage in which a deployment is approved. */
export function approvalStage({ name }: PipelineDeployment): string {
    return `approve-${name}`;
}

/** Whether a person must approve a deployment: unless its program says otherwise. */
export function isApproved({ approval }: PipelineDeployment): boolean {
    return approval ?? true;
}

function sourceAction({ source }: DeliveryPipelineArgs): Action {
    return {
        name: "Source",
        category: "Source",
        owner: "AWS",
        provider: "CodeStarSourceConnection",
        version: "1",
        // Its variables, such as the commit.
        namespace: "Source",
        outputArtifacts: [SOURCE_ARTIFACT],
        configuration: {
            ConnectionArn: source.connectionArn,
            FullRepositoryId: source.repository,
            BranchName: source.branch,
            // The pipeline's own trigger starts it, which knows paths.
            DetectChanges: "false",
            OutputArtifactFormat: "CODE_ZIP",
        },
    };
}

function buildAction(name: string, project: BuildProject, output?: string): Action {
    return {
        name,
        category: "Build",
        owner: "AWS",
        provider: "CodeBuild",
        version: "1",
        inputArtifacts: [SOURCE_ARTIFACT],
        ...(output === undefined ? {} : { outputArtifacts: [output] }),
        configuration: {
            ProjectName: project.projectName,
            EnvironmentVariables: JSON.stringify([
                { name: TAG_VARIABLE, value: "#{Source.CommitId}", type: "PLAINTEXT" },
            ]),
        },
    };
}

/** The approval is a stage of its own: a stage that is rolled back runs all its actions again. */
function deploymentStages(args: DeliveryPipelineArgs, stage: DeploymentStage, artifact: string): Stage[] {
    const { deployment } = stage;
    const deploying: Stage = {
        name: deployment.name,
        actions: deployActions(stage, artifact),
        ...((args.rollbackOnFailure ?? true) ? { onFailure: { result: "ROLLBACK" } } : {}),
    };
    return isApproved(deployment)
        ? [{ name: approvalStage(deployment), actions: [approvalAction(args, deployment)] }, deploying]
        : [deploying];
}

function approvalAction(args: DeliveryPipelineArgs, { name }: PipelineDeployment): Action {
    return {
        name: "Approve",
        category: "Approval",
        owner: "AWS",
        provider: "Manual",
        version: "1",
        timeoutInMinutes: (args.approvalTimeoutHours ?? APPROVAL_HOURS) * 60,
        configuration: {
            CustomData: `Deploy #{Source.CommitId} of ${args.source.repository} to ${name}? #{Source.CommitMessage}`,
            ...(args.approvalTopicArn === undefined ? {} : { NotificationArn: args.approvalTopicArn }),
        },
    };
}

function deployActions({ deployment, roleArn, fleet }: DeploymentStage, artifact: string): Action[] {
    const common = { category: "Deploy", owner: "AWS", version: "1", inputArtifacts: [artifact], roleArn };
    const taken = new Map<string, number>();
    const services = (deployment.services ?? []).map(({ image, clusterName, serviceName }): Action => {
        const count = (taken.get(image) ?? 0) + 1;
        taken.set(image, count);
        return {
            ...common,
            name: count === 1 ? image : `${image}-${count}`,
            provider: "ECS",
            configuration: {
                ClusterName: clusterName,
                ServiceName: serviceName,
                FileName: definitionsFile(image),
            },
        };
    });
    return [
        ...services,
        ...(fleet === undefined
            ? []
            : [
                  {
                      ...common,
                      name: "fleet",
                      provider: "CodeDeploy",
                      configuration: {
                          ApplicationName: fleet.applicationName,
                          DeploymentGroupName: fleet.groupName,
                      },
                  },
              ]),
    ];
}
