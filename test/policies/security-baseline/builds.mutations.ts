/** Builds and pipelines. */
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { KEY_ARN } from "./documents";
import { setting, unsetting } from "./settings";

const PROJECT = "aws:codebuild/project:Project";
const REPORTS = "aws:codebuild/reportGroup:ReportGroup";
const PIPELINE = "aws:codepipeline/pipeline:Pipeline";

const CONNECTION =
    "arn:aws:codeconnections:us-east-1:111122223333:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
const AWS_KEY = "arn:aws:kms:us-east-1:111122223333:alias/aws/s3";
const BUILDS: readonly FixtureResource[] = [
    {
        type: PROJECT,
        name: "shop",
        inputs: {
            name: "shop",
            serviceRole: "arn:aws:iam::111122223333:role/build",
            projectVisibility: "PRIVATE",
            encryptionKey: KEY_ARN,
            artifacts: { type: "S3", location: "artifacts" },
            secondaryArtifacts: [{ type: "S3", location: "artifacts", artifactIdentifier: "docs" }],
            source: { type: "GITHUB", location: "https://github.com/example/shop.git" },
            secondarySources: [
                {
                    type: "GITHUB",
                    location: "https://github.com/example/docs.git",
                    sourceIdentifier: "docs",
                },
            ],
            environment: {
                type: "ARM_CONTAINER",
                computeType: "BUILD_GENERAL1_SMALL",
                image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
                environmentVariables: [
                    { name: "STAGE", value: "prod" },
                    { name: "NPM_TOKEN", value: "shop/npm", type: "SECRETS_MANAGER" },
                ],
            },
            logsConfig: {
                cloudwatchLogs: { status: "ENABLED" },
                s3Logs: { status: "ENABLED", location: "logs/builds", encryptionDisabled: false },
            },
        },
    },
    {
        type: REPORTS,
        name: "tests",
        inputs: {
            type: "TEST",
            exportConfig: { type: "S3", s3Destination: { bucket: "reports", encryptionKey: KEY_ARN } },
        },
    },
    {
        type: PIPELINE,
        name: "shop",
        inputs: {
            name: "shop",
            roleArn: "arn:aws:iam::111122223333:role/pipeline",
            artifactStores: [
                { type: "S3", location: "artifacts", encryptionKey: { type: "KMS", id: KEY_ARN } },
            ],
            stages: [
                {
                    name: "Source",
                    actions: [
                        {
                            name: "Source",
                            category: "Source",
                            owner: "AWS",
                            provider: "CodeStarSourceConnection",
                            version: "1",
                            configuration: { ConnectionArn: CONNECTION, FullRepositoryId: "example/shop" },
                        },
                    ],
                },
            ],
        },
    },
];
const project = { type: PROJECT, name: "shop", fixture: BUILDS };
const reports = { type: REPORTS, name: "tests", fixture: BUILDS };
const pipeline = { type: PIPELINE, name: "shop", fixture: BUILDS };

export const mutants: readonly Mutant[] = [
    setting(project, "codebuild-public", "everybody", "projectVisibility", "PUBLIC_READ"),
    setting(project, "codebuild-encryption", "artifacts", "artifacts.encryptionDisabled", true),
    setting(
        project,
        "codebuild-encryption",
        "second artifacts",
        ["secondaryArtifacts", 0, "encryptionDisabled"],
        true,
        { message: "secondaryArtifacts[0]" },
    ),
    setting(project, "codebuild-encryption", "logs", "logsConfig.s3Logs.encryptionDisabled", true),
    setting(
        reports,
        "codebuild-encryption",
        "reports",
        "exportConfig.s3Destination.encryptionDisabled",
        true,
    ),
    setting(project, "codebuild-source", "any certificate", "source.insecureSsl", true),
    setting(
        project,
        "codebuild-source",
        "a password",
        "source.location",
        "https://robot:correct-horse@bitbucket.org/example/shop.git",
        { message: /has a password in the address of its source: location of source\.$/m },
    ),
    setting(
        project,
        "codebuild-source",
        "in plain",
        ["secondarySources", 0, "location"],
        "http://git.example.com/docs.git",
        { message: "secondarySources[0]" },
    ),
    setting(project, "codebuild-environment-secrets", "a token", ["environment", "environmentVariables", 1], {
        name: "NPM_TOKEN",
        value: "npm_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX",
    }),
    {
        rule: "codebuild-logs",
        title: "nowhere",
        fixture: BUILDS,
        change: (stack) => {
            stack.set(stack.find(PROJECT, "shop"), "logsConfig", {
                cloudwatchLogs: { status: "DISABLED" },
                s3Logs: { status: "DISABLED" },
            });
        },
    },
    unsetting(project, "codebuild-customer-key", "left out", "encryptionKey", {
        message: "encryptionKey is not given",
    }),
    setting(project, "codebuild-customer-key", "AWS's own", "encryptionKey", AWS_KEY, {
        message: "encryptionKey is a key of AWS's",
    }),
    unsetting(pipeline, "codepipeline-customer-key", "left out", ["artifactStores", 0, "encryptionKey"], {
        message: "artifactStores[0].encryptionKey.id is not given",
    }),
    setting(
        pipeline,
        "codepipeline-customer-key",
        "AWS's own",
        ["artifactStores", 0, "encryptionKey", "id"],
        AWS_KEY,
        { message: "artifactStores[0].encryptionKey.id is a key of AWS's" },
    ),
    setting(
        pipeline,
        "codepipeline-source-token",
        "a token",
        ["stages", 0, "actions", 0, "configuration"],
        { Owner: "example", Repo: "shop", Branch: "main", OAuthToken: "token" },
        { decidedBy: "structure" },
    ),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "codebuild-customer-key",
        title: "what makes nothing",
        fixture: BUILDS,
        change: (stack) => {
            stack.set(stack.find(PROJECT, "shop"), "artifacts", { type: "NO_ARTIFACTS" });
            stack.unset(stack.find(PROJECT, "shop"), "encryptionKey");
        },
    },
    unsetting(project, "codebuild-logs", "left out, which is CloudWatch", "logsConfig"),
    setting(project, "codebuild-logs", "S3 alone", "logsConfig.cloudwatchLogs.status", "DISABLED"),
    setting(project, "codebuild-encryption", "no artifacts", "artifacts", {
        type: "NO_ARTIFACTS",
        encryptionDisabled: true,
    }),
    setting(
        project,
        "codebuild-source",
        "the name of a user alone",
        "source.location",
        "https://robot@bitbucket.org/example/shop.git",
    ),
];
