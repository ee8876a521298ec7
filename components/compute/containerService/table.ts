import { internetEgressBlocks } from "../../network";
import { permissions } from "../../security/permissions";
import {
    accountId,
    alsoWhere,
    arnOf,
    flag,
    id,
    input,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    object,
    objectOf,
    oneOf,
    region,
    required,
    requiredWhile,
    subnetIds,
    tags,
    text,
    textLike,
    topicArns,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import { variables } from "../environment";
import { pinnedImage } from "../imageReference";
import { type ContainerServiceArgs } from "./args";
import { balancerAttachments } from "./balancerTable";
import { ContainerProtocol, CpuArchitecture } from "./containerArgs";
import {
    COMMAND_EXECUTION,
    containerPort,
    HEALTH_CHECK,
    nonRootUser,
    secretReferences,
    SERVICE_CONNECT,
    TLS_PROXY,
    TRACING,
    writablePaths,
} from "./containerTable";
import { DEPLOYMENT } from "./deploymentTable";
import { hasBalancers, SCALING } from "./scalingTable";

/** The rules of the arguments that FargateService and Ec2ContainerService both take. */
export const CONTAINER_SERVICE_ARGUMENTS: ArgumentTable<ContainerServiceArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    clusterArn: required(input(arnOf("ecs", "a cluster"))),
    clusterName: required(input(textLike(/^[A-Za-z0-9_-]{1,255}$/, "the name of a cluster"))),
    vpcId: required(input(id("vpc-", "a VPC"))),
    subnetIds: required(input(subnetIds("for the tasks"))),
    image: required(pinnedImage()),
    containerPort: containerPort(),
    containerProtocol: oneOf(ContainerProtocol),
    tlsProxy: leftOutWhile(
        ({ containerProtocol }) => containerProtocol === ContainerProtocol.Https,
        () => ({
            shown: "given",
            allowed: "nothing while containerProtocol is HTTPS",
            remedy: "Remove one of the two: the proxy hands on plain HTTP",
        }),
        object(TLS_PROXY),
    ),
    command: list(
        text(),
        "a list of texts",
        unless((words) => (words as readonly unknown[]).length > 0, "one text or more"),
    ),
    user: nonRootUser(),
    architecture: oneOf(CpuArchitecture),
    environment: variables(),
    secrets: alsoWhere(
        (secrets, { environment }) =>
            Object.keys(secrets as object).every((name) => !Object.hasOwn(objectOf(environment), name)),
        "names that environment does not have",
        secretReferences(),
    ),
    secretKmsKeyArns: list(input(keyArn()), "a list of ARNs of KMS keys"),
    healthCheck: requiredWhile(
        (args) => !hasBalancers(args),
        {
            allowed: "a health check while there are no balancers",
            remedy: "Without either nobody notices a program that hangs",
        },
        object(HEALTH_CHECK),
    ),
    writablePaths: writablePaths(),
    imageOwnsWritablePaths: leftOutWhile(
        ({ writablePaths }) => !(Array.isArray(writablePaths) && writablePaths.length > 0),
        () => ({ allowed: "nothing without writablePaths", remedy: "Remove it" }),
        flag(),
    ),
    permissions: permissions(),
    permissionsBoundaryArn: input(arnOf("iam", "an IAM policy")),
    scaling: object(SCALING),
    balancers: balancerAttachments(),
    healthCheckGracePeriodSeconds: leftOutWhile(
        (args) => !hasBalancers(args),
        () => ({ allowed: "nothing without balancers", remedy: "Remove it" }),
        wholeNumber({ min: 0, max: 2_147_483_647 }, "a whole number, 0 or more (seconds)"),
    ),
    serviceConnect: object(SERVICE_CONNECT),
    deployment: object(DEPLOYMENT),
    deployedByPipeline: flag(),
    tracing: object(TRACING),
    commandExecution: object(COMMAND_EXECUTION),
    // Amazon ECS API Reference, ContainerDefinition: two minutes at most on Fargate.
    stopTimeoutSeconds: wholeNumber({ min: 2, max: 120 }, "a whole number from 2 to 120 (seconds)"),
    availabilityZoneRebalancing: flag(),
    faultInjection: flag(),
    internetEgressCidrBlocks: internetEgressBlocks(),
    kmsKeyArn: required(input(keyArn())),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};
