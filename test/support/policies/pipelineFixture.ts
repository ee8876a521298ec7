/** A pipeline from a repository to an ECS service, for mutants of the rules about delivery. */
import { type FixtureResource, refTo } from "./mutation";

export const PIPELINE = "aws:codepipeline/pipeline:Pipeline";
export const SERVICE = "aws:ecs/service:Service";

const action = (name: string, category: string, provider: string, rest: object = {}) => ({
    name,
    category,
    provider,
    owner: "AWS",
    version: "1",
    ...rest,
});

const deploy = (name: string, serviceName: unknown) => ({
    name,
    actions: [
        action("front", "Deploy", "ECS", {
            inputArtifacts: ["build"],
            configuration: { ClusterName: "shop", ServiceName: serviceName },
        }),
    ],
    onFailure: { result: "ROLLBACK" },
});

/** Source, build, a deployment to staging, an approval, and one to production. */
export const pipelineFixture: readonly FixtureResource[] = [
    {
        type: SERVICE,
        name: "front",
        inputs: {
            name: "front",
            cluster: "shop",
            taskDefinition: "front:1",
            deploymentCircuitBreaker: { enable: true, rollback: true },
        },
        options: { ignoreChanges: ["taskDefinition"] },
    },
    {
        type: PIPELINE,
        name: "delivery",
        inputs: {
            name: "delivery",
            region: "us-east-1",
            roleArn: "arn:aws:iam::111122223333:role/pipeline",
            pipelineType: "V2",
            executionMode: "QUEUED",
            artifactStores: [{ type: "S3", location: "artifacts" }],
            triggers: [
                {
                    providerType: "CodeStarSourceConnection",
                    gitConfiguration: {
                        sourceActionName: "Source",
                        pushes: [{ branches: { includes: ["main"] } }],
                    },
                },
            ],
            stages: [
                {
                    name: "Source",
                    actions: [
                        action("Source", "Source", "CodeStarSourceConnection", {
                            outputArtifacts: ["source"],
                        }),
                    ],
                },
                {
                    name: "Build",
                    actions: [
                        action("Build", "Build", "CodeBuild", {
                            inputArtifacts: ["source"],
                            outputArtifacts: ["build"],
                        }),
                    ],
                },
                deploy("staging", "staging-front"),
                { name: "approve-production", actions: [action("Approve", "Approval", "Manual")] },
                deploy("production", refTo(SERVICE, "front")),
            ],
        },
    },
];
