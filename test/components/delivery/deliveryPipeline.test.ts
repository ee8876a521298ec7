import { expect } from "chai";
import { parse } from "yaml";
import {
    DeliveryPipeline,
    type DeliveryPipelineArgs,
    type PipelineDeployment,
    PipelineExecutionMode,
} from "../../../components/delivery/deliveryPipeline/deliveryPipeline";
import {
    at,
    json,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    TEST_ACCOUNT,
    TEST_REGION,
} from "../../support/preview";
import {
    CONNECTION,
    FRONT_URL,
    goodPipeline as good,
    TASK_ROLES,
} from "../../support/components/deliveryArguments";
import { LOG_KEY, TOPIC } from "../../support/components/tierArguments";
import { expectRegion, inTestAccount, refusal, statements } from "../../support/surroundings";

const PIPELINE = "aws:codepipeline/pipeline:Pipeline";
const PROJECT = "aws:codebuild/project:Project";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const GROUP = "aws:codedeploy/deploymentGroup:DeploymentGroup";
const RULE = "aws:cloudwatch/eventRule:EventRule";

const production: PipelineDeployment = {
    name: "production",
    services: [{ clusterName: "shop", serviceName: "front", image: "front" }],
    taskRoleArns: TASK_ROLES,
};
const fleet: PipelineDeployment = {
    name: "production",
    fleet: {
        autoScalingGroupNames: ["shop-office"],
        targetGroupName: "shop-office",
        rollbackAlarmNames: ["shop-5xx"],
    },
};

const make = (changes: Partial<DeliveryPipelineArgs> = {}) =>
    previewProgram(() => {
        const pipeline = new DeliveryPipeline("shop-delivery", { ...good, ...changes }, inTestAccount());
        return {
            pipelineName: pipeline.pipelineName,
            pipelineArn: pipeline.pipelineArn,
            artifactBucketName: pipeline.artifactBucketName,
            buildProjectName: pipeline.buildProjectName,
            testProjectName: pipeline.testProjectName,
            approvalPermissions: pipeline.approvalPermissions,
            instancePermissions: pipeline.instancePermissions,
        };
    });

const refused = (changes: Partial<DeliveryPipelineArgs>) =>
    refusal(() => new DeliveryPipeline("shop-delivery", { ...good, ...changes }, inTestAccount()));

interface Action {
    readonly name: string;
    readonly category: string;
    readonly provider: string;
    readonly configuration: Readonly<Record<string, string>>;
    readonly inputArtifacts?: readonly string[];
    readonly outputArtifacts?: readonly string[];
    readonly roleArn?: string;
    readonly timeoutInMinutes?: number;
}

interface Stage {
    readonly name: string;
    readonly actions: readonly Action[];
    readonly onFailure?: object;
}

const stagesOf = (preview: ProgramPreview) => one(preview, PIPELINE).inputs["stages"] as readonly Stage[];

function actionOf(preview: ProgramPreview, stage: string): Action {
    const [action] = stagesOf(preview).find(({ name }) => name === stage)?.actions ?? [];
    if (action === undefined) {
        throw new Error(`no stage ${stage}`);
    }
    return action;
}

describe("DeliveryPipeline", () => {
    it("tests, builds, asks and deploys, in this order", async () => {
        const preview = await make({
            deployments: [{ ...production, name: "staging", approval: false }, production],
        });
        const { inputs } = one(preview, PIPELINE);
        expect(inputs).to.include({ pipelineType: "V2", executionMode: "SUPERSEDED" });
        expect(
            stagesOf(preview).map(({ name, actions }) => [name, actions.map(({ provider }) => provider)]),
        ).to.deep.equal([
            ["Source", ["CodeStarSourceConnection"]],
            ["Test", ["CodeBuild"]],
            ["Build", ["CodeBuild"]],
            ["staging", ["ECS"]],
            ["approve-production", ["Manual"]],
            ["production", ["ECS"]],
        ]);
        expectRegion(preview, TEST_REGION);
    });

    it("starts with pushes to the branch, of the paths that are named", async () => {
        const preview = await make({
            source: { ...good.source, paths: ["services/**"], excludedPaths: ["**/*.md"] },
        });
        expect(actionOf(preview, "Source").configuration).to.deep.equal({
            ConnectionArn: CONNECTION,
            FullRepositoryId: "example/shop",
            BranchName: "main",
            DetectChanges: "false",
            OutputArtifactFormat: "CODE_ZIP",
        });
        expect(one(preview, PIPELINE).inputs["triggers"]).to.deep.equal([
            {
                providerType: "CodeStarSourceConnection",
                gitConfiguration: {
                    sourceActionName: "Source",
                    pushes: [
                        {
                            branches: { includes: ["main"] },
                            filePaths: { includes: ["services/**"], excludes: ["**/*.md"] },
                        },
                    ],
                },
            },
        ]);
    });

    it("builds on arm64, with the commit as the images' tag, and says where they go", async () => {
        const preview = await make();
        const build = one(preview, PROJECT, "shop-delivery-build-project");
        expect(build.inputs).to.deep.include({
            source: { ...(build.inputs["source"] as object), type: "CODEPIPELINE" },
            artifacts: { type: "CODEPIPELINE" },
            encryptionKey: LOG_KEY,
            buildTimeout: 30,
        });
        expect(build.inputs["environment"]).to.deep.equal({
            type: "ARM_CONTAINER",
            image: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
            computeType: "BUILD_GENERAL1_SMALL",
            imagePullCredentialsType: "CODEBUILD",
            privilegedMode: true,
            environmentVariables: [{ name: "REPOSITORY_FRONT", value: FRONT_URL, type: "PLAINTEXT" }],
        });
        expect(parse(String(at(build.inputs, "source.buildspec")))).to.have.property("phases");
        expect(json(actionOf(preview, "Build").configuration["EnvironmentVariables"])).to.deep.equal([
            { name: "IMAGE_TAG", value: "#{Source.CommitId}", type: "PLAINTEXT" },
        ]);
        const test = one(preview, PROJECT, "shop-delivery-test-project");
        expect(at(test.inputs, "environment.privilegedMode")).to.equal(false);
        expect(at(test.inputs, "source.buildspec")).to.equal("buildspec.test.yml");
    });

    it("tells each service's deployment which file names its image", async () => {
        const preview = await make({
            images: { front: { repositoryUrl: FRONT_URL }, back: { repositoryUrl: FRONT_URL } },
            deployments: [
                {
                    ...production,
                    services: [
                        { clusterName: "shop", serviceName: "front", image: "front" },
                        { clusterName: "shop", serviceName: "preview", image: "front" },
                        { clusterName: "shop", serviceName: "back", image: "back" },
                    ],
                },
            ],
        });
        const actions = stagesOf(preview).at(-1)?.actions ?? [];
        expect(actions.map(({ name, configuration }) => [name, configuration])).to.deep.equal([
            ["front", { ClusterName: "shop", ServiceName: "front", FileName: "imagedefinitions-front.json" }],
            [
                "front-2",
                { ClusterName: "shop", ServiceName: "preview", FileName: "imagedefinitions-front.json" },
            ],
            ["back", { ClusterName: "shop", ServiceName: "back", FileName: "imagedefinitions-back.json" }],
        ]);
        const written = String(
            at(one(preview, PROJECT, "shop-delivery-build-project").inputs, "source.buildspec"),
        );
        for (const { configuration } of actions) {
            expect(written).to.include(`> ${configuration["FileName"] ?? ""}`);
        }
    });

    it("asks by the topic, for a day, in a stage that a rollback does not run again", async () => {
        const preview = await make();
        const stage = stagesOf(preview).find(({ name }) => name === "approve-production");
        expect(stage).not.to.have.property("onFailure");
        const action = actionOf(preview, "approve-production");
        expect(action).to.include({ category: "Approval", provider: "Manual", timeoutInMinutes: 1440 });
        expect(action.configuration["NotificationArn"]).to.equal(TOPIC);
        expect(preview.outputs["approvalPermissions"]).to.deep.include({
            sid: "AnswerApprovals",
            actions: ["codepipeline:PutApprovalResult"],
            resources: [`${String(preview.outputs["pipelineArn"])}/approve-production/Approve`],
        });
    });

    it("asks unless it is told not to", async () => {
        const names = async (approval?: boolean) =>
            stagesOf(
                await make({
                    deployments: [{ ...production, ...(approval === undefined ? {} : { approval }) }],
                }),
            ).map(({ name }) => name);
        expect(await names()).to.include("approve-production");
        expect(await names(true)).to.include("approve-production");
        expect(await names(false)).not.to.include("approve-production");
    });

    it("goes back when a deployment fails, unless it is told not to", async () => {
        const stage = async (changes: Partial<DeliveryPipelineArgs>) => stagesOf(await make(changes)).at(-1);
        expect(await stage({})).to.deep.include({ onFailure: { result: "ROLLBACK" } });
        expect(await stage({ rollbackOnFailure: false })).not.to.have.property("onFailure");
    });

    describe("has roles that may do what their stage does, and no more", () => {
        const actionsOf = (preview: ProgramPreview, name: string) =>
            Object.values(statements(one(preview, POLICY, name)))
                .flatMap(({ Action }) => Action as string[])
                .sort();

        it("the pipeline: fetch, start builds, ask, and take on the roles of its stages", async () => {
            const preview = await make();
            const found = statements(one(preview, POLICY, "shop-delivery-policy"));
            expect(Object.keys(found)).to.have.members([
                "FindArtifacts",
                "ReadArtifacts",
                "DecryptArtifacts",
                "WriteArtifacts",
                "EncryptArtifacts",
                "UseConnection",
                "StartBuilds",
                "TakeOnStages",
                "AskForApproval",
            ]);
            const names = ["buildProjectName", "testProjectName"].map((key) => String(preview.outputs[key]));
            expect(found["StartBuilds"]?.["Resource"]).to.have.members(
                names.map((name) => `arn:aws:codebuild:${TEST_REGION}:${TEST_ACCOUNT}:project/${name}`),
            );
            expect(found["TakeOnStages"]?.["Resource"]).to.deep.equal([
                one(preview, ROLE, "shop-delivery-production-role").outputs["arn"],
            ]);
            expect(found["UseConnection"]?.["Resource"]).to.deep.equal([
                CONNECTION,
                CONNECTION.replace("codeconnections", "codestar-connections"),
            ]);
            expect(JSON.stringify(found)).not.to.match(/ecs:|iam:PassRole|ecr:/);
        });

        it("a deployment: revise and update its services, and pass on the roles of their tasks alone", async () => {
            const found = statements(one(await make(), POLICY, "shop-delivery-production-policy"));
            expect(found["PassTaskRoles"]).to.deep.include({
                Action: ["iam:PassRole"],
                Resource: TASK_ROLES,
                Condition: {
                    StringEquals: { "iam:PassedToService": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"] },
                },
            });
            expect(found["UpdateServices"]?.["Resource"]).to.deep.equal([
                `arn:aws:ecs:${TEST_REGION}:${TEST_ACCOUNT}:service/shop/front`,
            ]);
            // AWS CodePipeline User Guide, "Amazon Elastic Container Service deploy action reference".
            expect(
                actionsOf(await make(), "shop-delivery-production-policy").filter((action) =>
                    /^(ecs|iam):/.test(action),
                ),
            ).to.deep.equal([
                "ecs:DescribeServices",
                "ecs:DescribeTaskDefinition",
                "ecs:RegisterTaskDefinition",
                "ecs:TagResource",
                "ecs:UpdateService",
                "iam:PassRole",
            ]);
        });

        it("the build: push to its repositories; the tests: nothing of the kind", async () => {
            const preview = await make();
            const build = statements(one(preview, POLICY, "shop-delivery-build-policy"));
            expect(build["PushImages"]?.["Resource"]).to.deep.equal([
                `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/shop-prod/front`,
            ]);
            expect(
                actionsOf(preview, "shop-delivery-test-policy").filter((action) =>
                    /^(ecr|ecs|iam):/.test(action),
                ),
            ).to.deep.equal([]);
        });

        it("and are taken on by their service, or by the pipeline's role", async () => {
            const preview = await make();
            const trust = (name: string) =>
                Object.values(statements(one(preview, ROLE, name), "assumeRolePolicy"))[0]?.["Principal"];
            expect(trust("shop-delivery-role")).to.deep.equal({ Service: "codepipeline.amazonaws.com" });
            expect(trust("shop-delivery-build-role")).to.deep.equal({ Service: "codebuild.amazonaws.com" });
            expect(trust("shop-delivery-production-role")).to.deep.equal({
                AWS: one(preview, ROLE, "shop-delivery-role").outputs["arn"],
            });
        });

        it("within the boundary that is given", async () => {
            const permissionsBoundaryArn = `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`;
            for (const { inputs } of ofType(
                await make({ permissionsBoundaryArn, deployments: [fleet] }),
                ROLE,
            )) {
                expect(inputs["permissionsBoundary"]).to.equal(permissionsBoundaryArn);
            }
        });
    });

    it("keeps artifacts under the key, for a month", async () => {
        const preview = await make();
        expect(one(preview, PIPELINE).inputs["artifactStores"]).to.deep.equal([
            {
                type: "S3",
                location: preview.outputs["artifactBucketName"],
                encryptionKey: { type: "KMS", id: LOG_KEY },
            },
        ]);
        const { inputs } = one(preview, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
        expect(JSON.stringify(inputs["rules"])).to.include('"expiration":{"days":30}');
    });

    it("logs its builds under the key", async () => {
        const logs = ofType(await make(), "aws:cloudwatch/logGroup:LogGroup");
        expect(logs.map(({ name }) => name)).to.have.members([
            "shop-delivery-test-log",
            "shop-delivery-build-log",
        ]);
        for (const { inputs } of logs) {
            expect(inputs).to.include({ kmsKeyId: LOG_KEY, retentionInDays: 365 });
        }
    });

    it("tells each topic of runs that fail, and makes no rule without topics", async () => {
        const other = `${TOPIC}-2`;
        const preview = await make({ alarmTopicArns: [TOPIC, other] });
        expect(json(one(preview, RULE).inputs["eventPattern"])).to.deep.equal({
            source: ["aws.codepipeline"],
            "detail-type": ["CodePipeline Pipeline Execution State Change"],
            detail: { pipeline: [preview.outputs["pipelineName"]], state: ["FAILED"] },
        });
        expect(
            ofType(preview, "aws:cloudwatch/eventTarget:EventTarget").map(({ inputs }) => inputs["arn"]),
        ).to.deep.equal([TOPIC, other]);
        expect(ofType(await make({ alarmTopicArns: undefined }), RULE)).to.deep.equal([]);
    });

    describe("to a fleet", () => {
        it("deploys the source in place, one instance after the other, out of the balancer meanwhile", async () => {
            const preview = await make({ images: undefined, deployments: [fleet] });
            expect(stagesOf(preview).map(({ name }) => name)).not.to.include("Build");
            expect(actionOf(preview, "production")).to.deep.include({
                provider: "CodeDeploy",
                inputArtifacts: ["source"],
            });
            expect(one(preview, GROUP).inputs).to.deep.include({
                autoscalingGroups: ["shop-office"],
                deploymentConfigName: "CodeDeployDefault.OneAtATime",
                deploymentStyle: { deploymentType: "IN_PLACE", deploymentOption: "WITH_TRAFFIC_CONTROL" },
                loadBalancerInfo: { targetGroupInfos: [{ name: "shop-office" }] },
                autoRollbackConfiguration: {
                    enabled: true,
                    events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
                },
                alarmConfiguration: { enabled: true, alarms: ["shop-5xx"], ignorePollAlarmFailure: false },
            });
        });

        it("hands on what the build made, with the source, where there is a build", async () => {
            const preview = await make({ deployments: [fleet] });
            expect(actionOf(preview, "production").inputArtifacts).to.deep.equal(["build"]);
            expect(
                String(at(one(preview, PROJECT, "shop-delivery-build-project").inputs, "source.buildspec")),
            ).to.include('- "**/*"');
        });

        it("touches its own groups and targets, and starts no instances", async () => {
            const preview = await make({ deployments: [fleet] });
            const found = statements(one(preview, POLICY, "shop-delivery-production-fleet-policy"));
            expect(found["HookGroups"]?.["Resource"]).to.deep.equal([
                `arn:aws:autoscaling:${TEST_REGION}:${TEST_ACCOUNT}:autoScalingGroup:*:autoScalingGroupName/shop-office`,
            ]);
            expect(found["MoveTargets"]?.["Resource"]).to.deep.equal([
                `arn:aws:elasticloadbalancing:${TEST_REGION}:${TEST_ACCOUNT}:targetgroup/shop-office/*`,
            ]);
            expect(JSON.stringify(found)).not.to.match(/RunInstances|PassRole|CreateAutoScalingGroup/);
            expect(preview.outputs["instancePermissions"]).to.have.lengthOf(3);
        });

        it("leaves traffic alone where no target group is named", async () => {
            const preview = await make({
                deployments: [{ name: "production", fleet: { autoScalingGroupNames: ["shop-office"] } }],
            });
            const { inputs } = one(preview, GROUP);
            expect(at(inputs, "deploymentStyle.deploymentOption")).to.equal("WITHOUT_TRAFFIC_CONTROL");
            expect(inputs).not.to.have.any.keys("loadBalancerInfo", "alarmConfiguration");
        });
    });

    it("names all problems at once", async () => {
        const message = await refused({
            region: "eu",
            source: { connectionArn: "arn:aws:codecommit:x", repository: "shop", branch: "*" },
            images: { Front: { repositoryUrl: "docker.io/library/nginx" } },
            test: {},
            deployments: [
                { name: "Test", services: [{ clusterName: "shop", serviceName: "front", image: "web" }] },
                { name: "nothing" },
            ],
            artifactRetentionDays: 0,
        });
        for (const problem of [
            "region is",
            "source.connectionArn is",
            "source.repository is",
            "source.branch is",
            'images["Front"]',
            "test is {}; allowed: a step with buildspec or buildspecPath",
            "deployments[0].services[0].image is",
            "deployments[0].name is",
            "deployments[0].taskRoleArns is",
            "deployments[1] is",
            "artifactRetentionDays is 0",
        ]) {
            expect(message).to.include(problem);
        }
    });

    for (const [title, changes, problem] of [
        [
            "a buildspec twice",
            { test: { buildspec: "version: 0.2\n", buildspecPath: "buildspec.yml" } },
            "nothing beside buildspecPath",
        ],
        ["a buildspec without its version", { test: { buildspec: "phases: {}\n" } }, "with its version"],
        [
            "a stage twice",
            { deployments: [production, production] },
            "another name than those of the other stages",
        ],
        [
            "a build of nothing",
            { images: undefined, build: {}, deployments: [fleet] },
            "where there are no images",
        ],
        ["no deployments", { deployments: [] }, "1 to 10 deployments"],
        [
            "a path out of the source",
            { images: { front: { repositoryUrl: FRONT_URL, context: "../other" } } },
            "which does not leave it",
        ],
        [
            "a key without its topic",
            { approvalTopicArn: undefined, approvalTopicKmsKeyArn: LOG_KEY },
            "nothing while approvalTopicArn is left out",
        ],
        // AWS CodePipeline User Guide, "Set or change the pipeline execution mode": no rollback in PARALLEL mode.
        [
            "rollback while runs are parallel",
            { executionMode: PipelineExecutionMode.Parallel },
            "false while executionMode is PARALLEL",
        ],
        ["an approval of no time", { approvalTimeoutHours: 0 }, "a number from 1 to 168"],
        // AWS CodePipeline: an approval waits seven days where nothing else is said, and none here waits longer.
        ["an approval of more than a week", { approvalTimeoutHours: 169 }, "a number from 1 to 168"],
        [
            "a name that makes its role's too long",
            { deployments: [{ ...production, name: "p".repeat(38) }] },
            "Shorten the component's name by",
        ],
    ] as const) {
        it(`refuses ${title}`, async () => {
            expect(await refused(changes as unknown as Partial<DeliveryPipelineArgs>)).to.include(problem);
        });
    }

    it("runs in parallel where nothing goes back by itself", async () => {
        const preview = await make({
            executionMode: PipelineExecutionMode.Parallel,
            rollbackOnFailure: false,
        });
        expect(one(preview, PIPELINE).inputs["executionMode"]).to.equal("PARALLEL");
    });
});
