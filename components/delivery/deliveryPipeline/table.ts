import {
    accountId,
    allOf,
    alsoWhere,
    arnOf,
    bucketName,
    byDefault,
    flag,
    flagWhere,
    input,
    isCount,
    isGiven,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    map,
    namesLike,
    numberIn,
    object,
    oneOf,
    once,
    region,
    required,
    tags,
    text,
    textLike,
    textOf,
    textWhere,
    topicArn,
    topicArns,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge } from "../../shared/argumentTable";
import { permissions } from "../../security/permissions";
import { areVariableNames } from "../../compute";
import { ECS_TARGET, ecsTargets, taskRoleArns } from "../ecsTarget";
import { repositoryUrl } from "../imagePush";
import { REPOSITORY_FORM, isSourceRepository } from "../sourceRepository";
import {
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
import { OWN_STAGES } from "./stages";

// AWS CodePipeline API Reference, GitFilePathFilterCriteria: 8 patterns of at most 255 characters.
const PATTERNS = 8;
const patterns = () =>
    list(
        once(
            textWhere((path) => path.length >= 1 && path.length <= 255, "1 to 255 characters"),
            "each pattern once",
        ),
        "a list of patterns of paths",
        unless((given) => isCount(given, 1, PATTERNS), `1 to ${PATTERNS} patterns`),
    );

const SOURCE: ArgumentTable<PipelineSource> = {
    connectionArn: required(
        input(
            textLike(
                /^arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:\d{12}:connection\/[0-9a-f-]+$/,
                "the ARN of a CodeConnections connection",
            ),
        ),
    ),
    repository: required(textWhere(isSourceRepository, REPOSITORY_FORM)),
    branch: required(textLike(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,254}$/, "the name of a branch, written out")),
    paths: patterns(),
    excludedPaths: patterns(),
};

const PATH = /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._/-]{1,255}$/;
const PATH_FORM = "a path in the source of letters, digits and . _ - /, which does not leave it";

const IMAGE: ArgumentTable<PipelineImage> = {
    repositoryUrl: required(repositoryUrl()),
    // Amazon ECS API Reference, ContainerDefinition: up to 255 letters, digits, underscores and hyphens.
    containerName: textLike(/^[A-Za-z0-9_-]{1,255}$/, "1 to 255 letters, digits, _ and -"),
    context: textLike(PATH, PATH_FORM),
    dockerfile: textLike(PATH, PATH_FORM),
};

/** Names that make names of files, variables and actions. */
const areImageNames = namesLike(
    /^[a-z][a-z0-9-]{0,19}$/,
    "a name of 1 to 20 lower-case letters, digits and hyphens, a letter first",
);

const STEP: ArgumentTable<BuildStep> = {
    buildspec: alsoWhere(
        (_, __, { within }) => !isGiven(within.buildspecPath),
        "nothing beside buildspecPath",
        // AWS CodeBuild User Guide, "Build specification reference": the version stands at its beginning.
        textLike(
            /^(?:\s*#.*\n|\s*\n)*version:\s*["']?0\.[12]["']?\s*$/m,
            "a buildspec as YAML, with its version",
        ),
    ),
    buildspecPath: textLike(/^(?!\/)[A-Za-z0-9._/-]{1,250}\.ya?ml$/, "the path of a .yml file in the source"),
    computeType: oneOf(BuildComputeType),
    environment: map(input(text()), undefined, areVariableNames),
    // AWS CodeBuild API Reference, CreateProject: up to 2160 for EC2 builds; a delivery is no nightly job.
    timeoutMinutes: numberIn({ min: 5, max: 480, step: 1 }),
    permissions: permissions(),
};

const TEST: ArgumentTable<TestStep> = { ...STEP, docker: flag() };

const SERVICE: ArgumentTable<PipelineService> = {
    ...ECS_TARGET,
    image: required(
        textWhere(
            (image, args) => isGiven(args.images) && Object.hasOwn(args.images as object, image),
            (args) =>
                `one of images: ${isGiven(args.images) ? Object.keys(args.images as object).join(", ") : "there are none"}`,
            { kind: "one of images" },
        ),
    ),
};

const FLEET: ArgumentTable<PipelineFleet> = {
    // AWS CodeDeploy, "Quotas": 10 Auto Scaling groups in a deployment group.
    autoScalingGroupNames: required(
        list(
            input(text("the name of an Auto Scaling group")),
            "names of Auto Scaling groups",
            unless((given) => isCount(given, 1, 10), "1 to 10 names"),
        ),
    ),
    targetGroupName: input(textLike(/^[A-Za-z0-9-]{1,32}$/, "the name of a target group")),
    speed: oneOf(FleetDeploymentSpeed),
    rollbackAlarmNames: list(
        input(text("the name of an alarm")),
        "names of alarms",
        // AWS CodeDeploy, "Quotas": 10 alarms for a deployment group.
        unless((given) => isCount(given, 1, 10), "1 to 10 names"),
    ),
};

const DEPLOYMENT: ArgumentTable<PipelineDeployment> = {
    name: required(
        textLike(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, "1 to 40 letters, digits and hyphens, a letter first"),
    ),
    approval: flag(),
    services: ecsTargets<PipelineService>(SERVICE),
    taskRoleArns: taskRoleArns(),
    fleet: object<PipelineFleet>(FLEET),
};

/** What the stages are beside one another, and what each is made of. */
const areStages: Judge = (deployments) =>
    (deployments as readonly Given[]).flatMap((deployment, index, all) => {
        const names = all.slice(0, index).map(({ name }) => textOf(name).toLowerCase());
        const name = textOf(deployment.name);
        const others = [...OWN_STAGES.map((stage) => stage.toLowerCase()), ...names];
        const isServed = isGiven(deployment.services);
        return [
            ...(others.includes(name.toLowerCase()) || /^approve-/i.test(name)
                ? [
                      {
                          at: `[${index}].name`,
                          shown: name,
                          allowed:
                              "another name than those of the other stages, and none that begins with approve-",
                      },
                  ]
                : []),
            ...(isServed || isGiven(deployment.fleet)
                ? []
                : [{ at: `[${index}]`, shown: name, allowed: "a stage with services or a fleet" }]),
            ...(isServed && !isGiven(deployment.taskRoleArns)
                ? [
                      {
                          at: `[${index}].taskRoleArns`,
                          shown: "not given",
                          allowed: "the ARNs of the services' task and execution roles",
                          remedy: "A revision of a task definition is registered with its roles",
                      },
                  ]
                : []),
        ];
    });

/** The rules of DeliveryPipeline's arguments. */
export const DELIVERY_PIPELINE_ARGUMENTS: ArgumentTable<DeliveryPipelineArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    source: required(object<PipelineSource>(SOURCE)),
    images: map(
        object<PipelineImage>(IMAGE),
        "images by their names",
        allOf(
            areImageNames,
            unless((images) => Object.keys(images as object).length > 0, "one image at least"),
        ),
    ),
    test: required(
        alsoWhere(
            (step) => isGiven((step as Given).buildspec) || isGiven((step as Given).buildspecPath),
            "a step with buildspec or buildspecPath",
            object<TestStep>(TEST),
        ),
    ),
    build: alsoWhere(
        (step, args) =>
            isGiven(args.images) ||
            isGiven((step as Given).buildspec) ||
            isGiven((step as Given).buildspecPath),
        "a step with buildspec or buildspecPath where there are no images",
        object<BuildStep>(STEP),
    ),
    deployments: required(
        list(
            object<PipelineDeployment>(DEPLOYMENT),
            "a list of deployments",
            allOf(
                unless((given) => isCount(given, 1, 10), "1 to 10 deployments"),
                areStages,
            ),
        ),
    ),
    executionMode: oneOf(PipelineExecutionMode),
    rollbackOnFailure: byDefault(
        true,
        flagWhere(
            (rollback, args) => !rollback || args.executionMode !== PipelineExecutionMode.Parallel,
            "false while executionMode is PARALLEL",
            { remedy: "CodePipeline rolls back no stages in this mode" },
        ),
    ),
    approvalTopicArn: input(topicArn()),
    approvalTopicKmsKeyArn: leftOutWhile(
        (args) => !isGiven(args.approvalTopicArn),
        () => ({ allowed: "nothing while approvalTopicArn is left out", remedy: "Remove it" }),
        input(keyArn()),
    ),
    approvalTimeoutHours: numberIn({ min: 1, max: 168, step: 1 }),
    kmsKeyArn: required(input(keyArn())),
    artifactRetentionDays: numberIn({ min: 1, max: 3650, step: 1 }),
    logRetentionDays: logRetention(),
    accessLogBucket: input(bucketName()),
    alarmTopicArns: topicArns(),
    permissionsBoundaryArn: input(arnOf("iam", "an IAM policy")),
    deletionProtection: flag(),
    tags: tags(),
};
