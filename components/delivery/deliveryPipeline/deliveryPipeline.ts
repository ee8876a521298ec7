import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { tellTopic, watch } from "../../operations";
import { checkBucketName } from "../../security/secureBucket";
import {
    type Permission,
    permissionsOf,
    type PermissionsInput,
    viaService,
} from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { imageBuildspec, repositoryVariable } from "../buildspec";
import { ecsDeployPermissions } from "../ecsTarget";
import { imagePushPermissions } from "../imagePush";
import { type DeliveryPipelineArgs, type PipelineDeployment, PipelineExecutionMode } from "./args";
import { type Artifacts, artifactStore } from "./artifacts";
import { type BuildProject, buildProject } from "./builds";
import { fleetDeployment } from "./fleets";
import { actionRole, permit, serviceRole } from "../roles";
import { approvalStage, type DeploymentStage, isApproved, pipelineStages } from "./stages";
import { DELIVERY_PIPELINE_ARGUMENTS } from "./table";

export {
    BuildComputeType,
    type BuildStep,
    type DeliveryPipelineArgs,
    FleetDeploymentSpeed,
    type PipelineDeployment,
    PipelineExecutionMode,
    type PipelineFleet,
    type PipelineImage,
    type PipelineService,
    type PipelineSource,
    type TestStep,
} from "./args";

/**
 * A pipeline from a repository of source code to ECS services, or in place to the instances of Auto Scaling groups: it
 * tests, builds images on arm64, asks a person before production, deploys, and goes back when a deployment fails.
 *
 * What runs is the pipeline's from then on: the services' programs ignore the task definition, or `pulumi up` rolls back
 * what the pipeline deployed.
 *
 * Children: `<name>-artifacts` (SecureBucket), `<name>-test-…` and `<name>-build-…` (`project`, `log`, `role`, `policy`),
 * `<name>-<deployment>-role` and `-policy`, for a fleet `<name>-<deployment>-fleet-…` (`application`, `group`, `role`,
 * `policy`), `<name>-role`, `<name>-policy`, `<name>-pipeline`, `<name>-failures` and `<name>-failures-<number>-topic`.
 */
export class DeliveryPipeline extends pulumi.ComponentResource {
    /** Name of the pipeline. */
    readonly pipelineName: pulumi.Output<string>;
    /** ARN of the pipeline. */
    readonly pipelineArn: pulumi.Output<string>;
    /** Name of the bucket of the artifacts. */
    readonly artifactBucketName: pulumi.Output<string>;
    /** Name of the CodeBuild project of the test stage. */
    readonly testProjectName: pulumi.Output<string>;
    /** Name of the CodeBuild project of the build stage; where there is one. */
    readonly buildProjectName?: pulumi.Output<string>;
    /** Name of the log group of the test stage. */
    readonly testLogGroupName: pulumi.Output<string>;
    /** Name of the log group of the build stage; where there is one. */
    readonly buildLogGroupName?: pulumi.Output<string>;
    /** What it takes to answer the approvals, for the role of those who may. Nobody gets it here. */
    readonly approvalPermissions: pulumi.Output<Permission[]>;
    /** What the instances of a fleet need to fetch what is deployed to them. */
    readonly instancePermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children; lower-case letters, digits and hyphens.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: DeliveryPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:DeliveryPipeline", name, args, opts);

        const artifacts = artifactStore(name, args, this);
        const test = testProject(name, args, artifacts, this);
        const build = imageProject(name, args, artifacts, this);
        const role = serviceRole(
            name,
            args,
            `Pipeline ${name} in ${args.region}`,
            "codepipeline.amazonaws.com",
            this,
        );
        const deployments = args.deployments.map((deployment) =>
            deploymentStage(name, args, { deployment, artifacts, pipelineRoleArn: role.arn }, this),
        );
        const roleArn = permit(
            name,
            role,
            [
                artifacts.read,
                artifacts.write,
                pipelinePermissions(args, [test, ...(build === undefined ? [] : [build])], deployments),
            ],
            this,
        );
        const pipeline = new aws.codepipeline.Pipeline(
            `${name}-pipeline`,
            {
                region: args.region,
                pipelineType: "V2",
                executionMode: args.executionMode ?? PipelineExecutionMode.Superseded,
                roleArn,
                artifactStores: [
                    {
                        type: "S3",
                        location: artifacts.bucketName,
                        encryptionKey: { type: "KMS", id: args.kmsKeyArn },
                    },
                ],
                stages: pipelineStages(args, {
                    test,
                    deployments,
                    ...(build === undefined ? {} : { build }),
                }),
                triggers: [
                    {
                        providerType: "CodeStarSourceConnection",
                        gitConfiguration: { sourceActionName: "Source", pushes: [pushes(args)] },
                    },
                ],
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            { parent: this },
        );
        tellOfFailures(name, args, pipeline, this);

        // Written from the name, which a preview knows, it lets policy packs judge what is permitted.
        const pipelineArn = pulumi.interpolate`arn:aws:codepipeline:${args.region}:${args.accountId}:${pipeline.name}`;
        this.pipelineName = pipeline.name;
        this.pipelineArn = pipelineArn;
        this.artifactBucketName = artifacts.bucketName;
        this.testProjectName = test.projectName;
        this.testLogGroupName = test.logGroupName;
        this.buildProjectName = build?.projectName;
        this.buildLogGroupName = build?.logGroupName;
        this.approvalPermissions = permissionsOf(approvals(args, pipelineArn));
        this.instancePermissions = artifacts.read;
        this.registerOutputs({
            pipelineName: this.pipelineName,
            pipelineArn: this.pipelineArn,
            artifactBucketName: this.artifactBucketName,
            testProjectName: this.testProjectName,
            buildProjectName: this.buildProjectName,
            testLogGroupName: this.testLogGroupName,
            buildLogGroupName: this.buildLogGroupName,
            approvalPermissions: this.approvalPermissions,
            instancePermissions: this.instancePermissions,
        });
    }
}

function validate(name: string, given: DeliveryPipelineArgs): DeliveryPipelineArgs {
    const problems = new Problems("meridian:index:DeliveryPipeline", name);
    const args = checkArguments(problems, given, DELIVERY_PIPELINE_ARGUMENTS);
    checkBucketName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-artifacts-bucket`, "aws:s3/bucket:Bucket");
    args.deployments.forEach((deployment, index) => {
        const stage = `${problems.name}-${deployment.name}${deployment.fleet === undefined ? "" : "-fleet"}`;
        checkNameLength(problems, `deployments[${index}].name`, `${stage}-role`, "aws:iam/role:Role");
    });
    problems.throwIfAny();
    return args;
}

function testProject(
    name: string,
    args: DeliveryPipelineArgs,
    artifacts: Artifacts,
    parent: DeliveryPipeline,
): BuildProject {
    const { test } = args;
    return buildProject(
        `${name}-test`,
        args,
        {
            description: `Tests of ${args.source.repository}`,
            step: test,
            buildspec: test.buildspec ?? test.buildspecPath ?? "",
            docker: test.docker ?? false,
            environment: {},
            permissions: [],
            artifacts,
        },
        parent,
    );
}

function imageProject(
    name: string,
    args: DeliveryPipelineArgs,
    artifacts: Artifacts,
    parent: DeliveryPipeline,
): BuildProject | undefined {
    const { images = {}, build: step = {} } = args;
    if (args.images === undefined && args.build === undefined) {
        return undefined;
    }
    const repositories = Object.entries(images).map(
        ([image, { repositoryUrl }]) => [repositoryVariable(image), repositoryUrl] as const,
    );
    return buildProject(
        `${name}-build`,
        args,
        {
            description: `Images of ${args.source.repository}`,
            step,
            buildspec:
                step.buildspec ??
                step.buildspecPath ??
                imageBuildspec({
                    images,
                    handOnSource: args.deployments.some(({ fleet }) => fleet !== undefined),
                }),
            docker: true,
            environment: Object.fromEntries(repositories),
            permissions:
                repositories.length === 0 ? [] : [imagePushPermissions(repositories.map(([, url]) => url))],
            artifacts,
        },
        parent,
    );
}

function deploymentStage(
    name: string,
    args: DeliveryPipelineArgs,
    of: { deployment: PipelineDeployment; artifacts: Artifacts; pipelineRoleArn: pulumi.Output<string> },
    parent: DeliveryPipeline,
): DeploymentStage {
    const { deployment } = of;
    const stage = `${name}-${deployment.name}`;
    const fleet =
        deployment.fleet === undefined
            ? undefined
            : fleetDeployment(`${stage}-fleet`, args, deployment.fleet, parent);
    const { services = [], taskRoleArns = [] } = deployment;
    const permissions: PermissionsInput = [
        of.artifacts.read,
        ...(services.length === 0 ? [] : [ecsDeployPermissions({ ...args, taskRoleArns }, services)]),
        ...(fleet === undefined ? [] : [fleet.permissions]),
    ];
    const description = `Stage ${deployment.name} of pipeline ${name} in ${args.region}`;
    const roleArn = permit(
        stage,
        actionRole(stage, args, description, of.pipelineRoleArn, parent),
        permissions,
        parent,
    );
    return { deployment, roleArn, ...(fleet === undefined ? {} : { fleet }) };
}

/** What the pipeline itself does: fetch the source, start builds, ask, and take on the roles of its stages. */
function pipelinePermissions(
    args: DeliveryPipelineArgs,
    projects: readonly BuildProject[],
    deployments: readonly DeploymentStage[],
): pulumi.Output<Permission[]> {
    const { approvalTopicArn, approvalTopicKmsKeyArn } = args;
    const asks = args.deployments.some(isApproved);
    return permissionsOf([
        {
            sid: "UseConnection",
            actions: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
            // One connection has an ARN under its service's old name and under its new one.
            resources: ["codeconnections", "codestar-connections"].map((service) =>
                pulumi
                    .output(args.source.connectionArn)
                    .apply((arn) => arn.replace(/^arn:aws:[a-z-]+:/, `arn:aws:${service}:`)),
            ),
        },
        {
            sid: "StartBuilds",
            actions: ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
            resources: projects.map(({ projectArn }) => projectArn),
        },
        {
            sid: "TakeOnStages",
            actions: ["sts:AssumeRole"],
            resources: deployments.map(({ roleArn }) => roleArn),
        },
        ...(asks && approvalTopicArn !== undefined
            ? [{ sid: "AskForApproval", actions: ["sns:Publish"], resources: [approvalTopicArn] }]
            : []),
        ...(asks && approvalTopicKmsKeyArn !== undefined
            ? [
                  {
                      sid: "EncryptQuestions",
                      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                      resources: [approvalTopicKmsKeyArn],
                      conditions: [viaService("sns", args.region)],
                  },
              ]
            : []),
    ]);
}

function approvals(args: DeliveryPipelineArgs, pipelineArn: pulumi.Output<string>) {
    const stages = args.deployments.filter(isApproved).map(approvalStage);
    return stages.length === 0
        ? []
        : [
              {
                  sid: "FindApprovals",
                  actions: [
                      "codepipeline:GetPipeline",
                      "codepipeline:GetPipelineExecution",
                      "codepipeline:GetPipelineState",
                  ],
                  resources: [pipelineArn],
              },
              {
                  sid: "AnswerApprovals",
                  actions: ["codepipeline:PutApprovalResult"],
                  resources: stages.map((stage) => pulumi.interpolate`${pipelineArn}/${stage}/Approve`),
              },
          ];
}

/** The pushes that start the pipeline. */
function pushes({
    source: { branch, paths, excludedPaths },
}: DeliveryPipelineArgs): aws.types.input.codepipeline.PipelineTriggerGitConfigurationPush {
    return {
        branches: { includes: [branch] },
        ...(paths === undefined && excludedPaths === undefined
            ? {}
            : {
                  filePaths: {
                      ...(paths === undefined ? {} : { includes: paths }),
                      ...(excludedPaths === undefined ? {} : { excludes: excludedPaths }),
                  },
              }),
    };
}

function tellOfFailures(
    name: string,
    args: DeliveryPipelineArgs,
    pipeline: aws.codepipeline.Pipeline,
    parent: DeliveryPipeline,
): void {
    const { region, tags = {}, alarmTopicArns = [] } = args;
    if (alarmTopicArns.length === 0) {
        return;
    }
    const rule = watch(
        parent,
        `${name}-failures`,
        { region, tags },
        {
            description: `Runs of the pipeline ${name} that fail`,
            source: "aws.codepipeline",
            detailType: "CodePipeline Pipeline Execution State Change",
            match: { detail: { pipeline: [pipeline.name], state: ["FAILED"] } },
        },
    );
    alarmTopicArns.forEach((topicArn, index) => {
        tellTopic(
            parent,
            `${name}-failures-${index + 1}`,
            { region, topicArn },
            rule,
            "Pipeline <pipeline> failed in <region> (run <run>, <time>): see its stages and the logs of its builds.",
            {
                pipeline: "$.detail.pipeline",
                run: "$.detail.execution-id",
                region: "$.region",
                time: "$.time",
            },
        );
    });
}
