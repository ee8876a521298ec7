import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    type MutableStack,
    refTo,
} from "../../support/policies/mutation";
import { ACCOUNT } from "./documents";
import { setting, unsetting } from "./settings";

const CLUSTER = "aws:ecs/cluster:Cluster";
const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const TASK_SET = "aws:ecs/taskSet:TaskSet";
const ROLE = "aws:iam/role:Role";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";

const CONTAINER = {
    name: "app",
    image: "registry.example.com/app:1",
    user: "1000",
    readonlyRootFilesystem: true,
    environment: [{ name: "TABLE", value: "wares" }],
    secrets: [{ name: "DB_PASSWORD", valueFrom: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:db` }],
    logConfiguration: { logDriver: "awslogs", options: {} },
};

function containers(changes: Readonly<Record<string, unknown>>): string {
    return JSON.stringify([CONTAINER, { ...CONTAINER, name: "side", ...changes }]);
}

const TASKS: readonly FixtureResource[] = [
    {
        type: CLUSTER,
        name: "shop",
        inputs: { settings: [{ name: "containerInsights", value: "enhanced" }] },
    },
    {
        type: TASK,
        name: "shop",
        inputs: {
            family: "shop",
            networkMode: "awsvpc",
            containerDefinitions: containers({}),
            taskRoleArn: refTo(ROLE, "shop-web-fleet-role"),
            executionRoleArn: refTo(ROLE, "shop-vpc-flow-log-role"),
        },
    },
    {
        type: SERVICE,
        name: "shop",
        inputs: {
            cluster: refTo(CLUSTER, "shop"),
            taskDefinition: refTo(TASK, "shop"),
            platformVersion: "LATEST",
            networkConfiguration: { assignPublicIp: false, subnets: ["subnet-0123456789abcdef0"] },
        },
    },
    {
        type: TASK_SET,
        name: "shop",
        inputs: {
            cluster: refTo(CLUSTER, "shop"),
            service: refTo(SERVICE, "shop"),
            taskDefinition: refTo(TASK, "shop"),
            networkConfiguration: { assignPublicIp: false, subnets: ["subnet-0123456789abcdef0"] },
        },
    },
];
const CAPACITY: readonly FixtureResource[] = [
    {
        type: PROVIDER,
        name: "instances",
        inputs: {
            autoScalingGroupProvider: {
                autoScalingGroupArn: `arn:aws:autoscaling:us-east-1:${ACCOUNT}:autoScalingGroup:1:autoScalingGroupName/shop`,
                managedScaling: { status: "ENABLED" },
                managedTerminationProtection: "ENABLED",
            },
        },
    },
];
const provider = { type: PROVIDER, name: "instances", fixture: CAPACITY };
const cluster = { type: CLUSTER, name: "shop", fixture: TASKS };
const service = { type: SERVICE, name: "shop", fixture: TASKS };
const taskSet = { type: TASK_SET, name: "shop", fixture: TASKS };
const task = { type: TASK, name: "shop", fixture: TASKS };

function container(
    rule: string,
    title: string,
    changes: Readonly<Record<string, unknown>>,
    message?: string,
): Mutant {
    return setting(task, rule, title, "containerDefinitions", containers(changes), {
        ...(message === undefined ? {} : { message }),
    });
}

function shareHost(stack: MutableStack, user: string | undefined): void {
    const found = stack.find(TASK);
    stack.set(found, "networkMode", "host");
    stack.set(found, "containerDefinitions", containers({ user }));
}

export const mutants: readonly Mutant[] = [
    ...(
        [
            ["root by name", "root", 'user of container "side" is "root"'],
            ["root with a group", "0:0", 'user of container "side" is "0:0"'],
            ["the image's user", undefined, 'user of container "side" is ""'],
        ] as const
    ).map(([title, user, message]): Mutant => ({
        rule: "ecs-host-network",
        title,
        fixture: TASKS,
        change: (stack) => {
            shareHost(stack, user);
        },
        message,
    })),
    setting(
        provider,
        "ecs-termination-protection",
        "instances that may end with their tasks",
        "autoScalingGroupProvider.managedTerminationProtection",
        "DISABLED",
        { message: 'managedTerminationProtection is "DISABLED"' },
    ),
    unsetting(
        provider,
        "ecs-termination-protection",
        "nothing said of the protection",
        "autoScalingGroupProvider.managedTerminationProtection",
        { message: "ends instances that have tasks" },
    ),
    setting(service, "ecs-public-ip", "a service", "networkConfiguration.assignPublicIp", true),
    setting(taskSet, "ecs-public-ip", "a task set", "networkConfiguration.assignPublicIp", true),
    setting(task, "ecs-host-pid", "the host's processes", "pidMode", "host"),
    container("ecs-privileged", "root on its host", { privileged: true }, 'privileged of container "side"'),
    container(
        "ecs-read-only-root",
        "open",
        { readonlyRootFilesystem: false },
        'readonlyRootFilesystem of container "side" is false',
    ),
    container("ecs-read-only-root", "left out", { readonlyRootFilesystem: undefined }, "is not given"),
    container(
        "ecs-environment-secrets",
        "an access key",
        { environment: [{ name: "AWS_SECRET_ACCESS_KEY", value: "not-a-real-key" }] },
        'in the environment variable AWS_SECRET_ACCESS_KEY of container "side"',
    ),
    container("ecs-environment-secrets", "a password in a URL", {
        environment: [{ name: "DATABASE", value: "postgres://shop:correcthorse@db.example.com/shop" }],
    }),
    container("ecs-container-logs", "nowhere", { logConfiguration: undefined }),
    setting(service, "ecs-platform-version", "an old version", "platformVersion", "1.3.0", {
        message: 'platformVersion is "1.3.0"',
    }),
    setting(cluster, "ecs-container-insights", "off", "settings[0].value", "disabled", {
        message: 'containerInsights is "disabled"',
    }),
    unsetting(cluster, "ecs-container-insights", "left out", "settings"),
    {
        rule: "ecs-task-role",
        title: "one role for both",
        fixture: TASKS,
        change: (stack) => {
            stack.refer(stack.find(TASK), "taskRoleArn", stack.find(ROLE, "shop-vpc-flow-log-role"));
        },
        decidedBy: "relations",
    },
    {
        rule: "ecs-task-role",
        title: "one ARN for both",
        fixture: [
            {
                type: TASK,
                name: "plain",
                inputs: {
                    family: "plain",
                    containerDefinitions: containers({}),
                    taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/shop`,
                    executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/start`,
                },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(TASK), "taskRoleArn", `arn:aws:iam::${ACCOUNT}:role/start`);
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "ecs-termination-protection",
        title: "instances that ECS itself manages",
        fixture: CAPACITY,
        change: (stack) => {
            const found = stack.find(PROVIDER);
            stack.unset(found, "autoScalingGroupProvider");
            stack.set(found, "managedInstancesProvider", { infrastructureRoleArn: "role" });
        },
    },
    {
        rule: "ecs-host-network",
        title: "another user in the host's network",
        fixture: TASKS,
        change: (stack) => {
            shareHost(stack, "app");
        },
    },
    {
        rule: "ecs-read-only-root",
        title: "Windows",
        fixture: TASKS,
        change: (stack) => {
            const found = stack.find(TASK);
            stack.set(found, "runtimePlatform", { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" });
            stack.set(found, "containerDefinitions", containers({ readonlyRootFilesystem: undefined }));
        },
    },
    unsetting(service, "ecs-platform-version", "left out", "platformVersion"),
    unsetting(service, "ecs-public-ip", "left out", "networkConfiguration.assignPublicIp"),
    unsetting(task, "ecs-task-role", "no rights at all", "taskRoleArn"),
    setting(
        task,
        "ecs-privileged",
        "what is no list of containers",
        "containerDefinitions",
        "[object Object]",
    ),
];
