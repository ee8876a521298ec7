/** What CodePipeline and CodeBuild refuse. */
import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    type MutableStack,
} from "../../support/policies/mutation";
import { PIPELINE, pipelineFixture as pipelines } from "../../support/policies/pipelineFixture";

const PROJECT = "aws:codebuild/project:Project";
const builds: readonly FixtureResource[] = [
    {
        type: PROJECT,
        name: "front",
        inputs: {
            name: "front",
            region: "us-east-1",
            serviceRole: "arn:aws:iam::111122223333:role/build",
            source: { type: "CODEPIPELINE" },
            artifacts: { type: "CODEPIPELINE" },
            environment: {
                type: "ARM_CONTAINER",
                computeType: "BUILD_GENERAL1_SMALL",
                image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
                privilegedMode: true,
            },
            buildTimeout: 30,
        },
    },
];

function piped(title: string, change: (stack: MutableStack) => void, message: string): Mutant {
    return { rule: "codepipeline-structure", title, fixture: pipelines, change, message };
}

function built(title: string, changes: Readonly<Record<string, unknown>>, message: string): Mutant {
    return {
        rule: "codebuild-environment",
        title,
        fixture: builds,
        change: (stack) => {
            for (const [path, value] of Object.entries(changes)) {
                stack.set(stack.find(PROJECT, "front"), path, value);
            }
        },
        message,
    };
}

export const mutants: readonly Mutant[] = [
    piped(
        "triggers and conditions with V1",
        (stack) => {
            stack.set(stack.find(PIPELINE), "pipelineType", "V1");
        },
        'is of type V1, which has no triggers, executionMode "QUEUED", onFailure.',
    ),
    piped(
        "rollback while runs are parallel",
        (stack) => {
            stack.set(stack.find(PIPELINE), "executionMode", "PARALLEL");
        },
        "which knows no rollback",
    ),
    piped(
        "one stage",
        (stack) => {
            const pipeline = stack.find(PIPELINE);
            const [source] = pipeline.inputs["stages"] as unknown[];
            stack.set(pipeline, "stages", [source]);
        },
        "has 1 stages",
    ),
    piped(
        "a source further on",
        (stack) => {
            stack.set(stack.find(PIPELINE), "stages[1].actions[0].category", "Source");
        },
        'has a source in stage "Build"',
    ),
    piped(
        "no source at the beginning",
        (stack) => {
            stack.set(stack.find(PIPELINE), "stages[0].actions[0].category", "Build");
        },
        'begins with stage "Source"',
    ),
    piped(
        "a name twice",
        (stack) => {
            stack.set(stack.find(PIPELINE), "stages[4].name", "staging");
        },
        'has two stages called "staging"',
    ),
    piped(
        "an artifact that nobody makes",
        (stack) => {
            stack.set(stack.find(PIPELINE), "stages[2].actions[0].inputArtifacts", ["image"]);
        },
        'takes the artifact "image" into action "front"',
    ),
    built(
        "an image for x86",
        { "environment.image": "aws/codebuild/amazonlinux-x86_64-standard:5.0" },
        "which is for x86_64",
    ),
    built("an image for arm64", { "environment.type": "LINUX_CONTAINER" }, "which is for arm64"),
    built(
        "a size of Lambda's",
        { "environment.computeType": "BUILD_LAMBDA_2GB" },
        'computeType "BUILD_LAMBDA_2GB"',
    ),
    built(
        "containers on Lambda",
        { "environment.type": "ARM_LAMBDA_CONTAINER", "environment.computeType": "BUILD_LAMBDA_2GB" },
        "has privilegedMode on Lambda",
    ),
    built("artifacts elsewhere", { "artifacts.type": "S3" }, 'has a source of type "CODEPIPELINE"'),
    built("no time", { buildTimeout: 4 }, "has buildTimeout 4"),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "codepipeline-structure",
        title: "V1 with nothing of V2",
        fixture: pipelines,
        change: (stack) => {
            const pipeline = stack.find(PIPELINE);
            stack.set(pipeline, "pipelineType", "V1");
            stack.unset(pipeline, "triggers");
            stack.unset(pipeline, "executionMode");
            stack.unset(pipeline, "stages[2].onFailure");
            stack.unset(pipeline, "stages[4].onFailure");
        },
    },
    {
        rule: "codebuild-environment",
        title: "an image of one's own",
        fixture: builds,
        change: (stack) => {
            stack.set(
                stack.find(PROJECT, "front"),
                "environment.image",
                "public.ecr.aws/docker/library/node:22",
            );
        },
    },
    {
        rule: "codebuild-environment",
        title: "the longest time",
        fixture: builds,
        change: (stack) => {
            stack.set(stack.find(PROJECT, "front"), "buildTimeout", 2160);
        },
    },
];
