import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { permissionsOf, type PermissionsInput } from "../../security/permissions";
import { BuildComputeType, type BuildStep, type DeliveryPipelineArgs } from "./args";
import { type Artifacts } from "./artifacts";
import { permit, serviceRole } from "../roles";

/** A step that CodeBuild runs. */
export interface BuildProject {
    readonly projectName: pulumi.Output<string>;
    readonly projectArn: pulumi.Output<string>;
    readonly logGroupName: pulumi.Output<string>;
}

/** One step, as its project is made. */
export interface ProjectArgs {
    readonly description: string;
    readonly step: BuildStep;
    /** The buildspec's text, or its path in the source. */
    readonly buildspec: string;
    /** Whether it starts containers. */
    readonly docker: boolean;
    /** What it gets beside the step's own environment. */
    readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
    /** What it may do beside the step's own permissions. */
    readonly permissions: PermissionsInput;
    readonly artifacts: Artifacts;
}

/** CodeBuild's own image for arm64. Source: AWS CodeBuild User Guide, "Docker images provided by CodeBuild". */
const ARM_IMAGE = "aws/codebuild/amazonlinux-aarch64-standard:3.0";

/** Makes `<name>-project` with its `<name>-log`, `<name>-role` and `<name>-policy`. */
export function buildProject(
    name: string,
    args: DeliveryPipelineArgs,
    { step, artifacts, ...of }: ProjectArgs,
    parent: pulumi.Resource,
): BuildProject {
    const { region, accountId } = args;
    const tagged = args.tags === undefined ? {} : { tags: args.tags };
    const log = new aws.cloudwatch.LogGroup(
        `${name}-log`,
        {
            region,
            retentionInDays: args.logRetentionDays ?? 365,
            kmsKeyId: args.kmsKeyArn,
            ...tagged,
        },
        { parent },
    );
    const roleArn = permit(
        name,
        serviceRole(name, args, `${of.description} in ${region}`, "codebuild.amazonaws.com", parent),
        [
            permissionsOf([
                {
                    sid: "WriteLog",
                    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
                    resources: [
                        pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:${log.name}:*`,
                    ],
                },
                {
                    sid: "WriteReports",
                    actions: [
                        "codebuild:BatchPutCodeCoverages",
                        "codebuild:BatchPutTestCases",
                        "codebuild:CreateReport",
                        "codebuild:CreateReportGroup",
                        "codebuild:UpdateReport",
                    ],
                    // CodeBuild calls a report group after the project, whose name begins so.
                    resources: [
                        pulumi.interpolate`arn:aws:codebuild:${region}:${accountId}:report-group/${name}-*`,
                    ],
                },
                {
                    // CodeBuild encrypts what it hands on by itself, and not through S3 alone.
                    sid: "UseKey",
                    actions: [
                        "kms:Decrypt",
                        "kms:DescribeKey",
                        "kms:Encrypt",
                        "kms:GenerateDataKey*",
                        "kms:ReEncrypt*",
                    ],
                    resources: [args.kmsKeyArn],
                },
            ]),
            artifacts.read,
            artifacts.write,
            ...of.permissions,
            ...(step.permissions ?? []),
        ],
        parent,
    );
    const project = new aws.codebuild.Project(
        `${name}-project`,
        {
            region,
            description: of.description,
            serviceRole: roleArn,
            source: { type: "CODEPIPELINE", buildspec: of.buildspec },
            artifacts: { type: "CODEPIPELINE" },
            encryptionKey: args.kmsKeyArn,
            environment: {
                type: "ARM_CONTAINER",
                image: ARM_IMAGE,
                computeType: step.computeType ?? BuildComputeType.Small,
                imagePullCredentialsType: "CODEBUILD",
                // Docker's daemon runs in the build's own container, which needs it.
                privilegedMode: of.docker,
                environmentVariables: Object.entries({ ...of.environment, ...step.environment }).map(
                    ([variable, value]) => ({ name: variable, value, type: "PLAINTEXT" }),
                ),
            },
            ...(of.docker ? { cache: { type: "LOCAL", modes: ["LOCAL_DOCKER_LAYER_CACHE"] } } : {}),
            buildTimeout: step.timeoutMinutes ?? 30,
            // Longer than a build: a run that waits for others is not a failed one.
            queuedTimeout: 480,
            logsConfig: { cloudwatchLogs: { groupName: log.name, status: "ENABLED" } },
            projectVisibility: "PRIVATE",
            ...tagged,
        },
        { parent },
    );
    return {
        projectName: project.name,
        // Written from the name, which a preview knows, it lets policy packs judge what is permitted.
        projectArn: pulumi.interpolate`arn:aws:codebuild:${region}:${accountId}:project/${project.name}`,
        logGroupName: log.name,
    };
}
