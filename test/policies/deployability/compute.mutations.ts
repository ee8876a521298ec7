import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    refTo,
    UNKNOWN,
} from "../../support/policies/mutation";

const FUNCTION = "aws:lambda/function:Function";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const SERVICE = "aws:ecs/service:Service";
const CLUSTER = "aws:ecs/cluster:Cluster";
const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const ALIAS = "aws:lambda/alias:Alias";
const STREAM = "aws:kinesis/stream:Stream";
const SCALED = "aws:appautoscaling/target:Target";
const worker: readonly FixtureResource[] = [
    {
        type: FUNCTION,
        name: "worker",
        inputs: {
            name: "worker",
            handler: "index.handler",
            memorySize: 256,
            region: "us-east-1",
            role: "arn:aws:iam::111122223333:role/worker",
            runtime: "nodejs24.x",
            s3Bucket: "meridian-code",
            s3Key: "worker.zip",
            timeout: 60,
        },
    },
    {
        type: QUEUE,
        name: "work",
        inputs: { name: "work", region: "us-east-1", visibilityTimeoutSeconds: 360 },
    },
    {
        type: MAPPING,
        name: "work-to-worker",
        inputs: {
            eventSourceArn: refTo(QUEUE, "work"),
            functionName: refTo(FUNCTION, "worker"),
            batchSize: 10,
        },
    },
];

const loggedWorker: readonly FixtureResource[] = [
    {
        type: LOG_GROUP,
        name: "logged-log",
        inputs: { name: "/aws/lambda/logged", region: "us-east-1", retentionInDays: 30 },
    },
    {
        type: FUNCTION,
        name: "logged",
        inputs: {
            name: "logged",
            handler: "index.handler",
            loggingConfig: { logFormat: "JSON", logGroup: refTo(LOG_GROUP, "logged-log") },
            region: "us-east-1",
            role: "arn:aws:iam::111122223333:role/worker",
            runtime: "nodejs24.x",
            s3Bucket: "meridian-code",
            s3Key: "logged.zip",
        },
    },
];

function containers(changes: Readonly<Record<string, unknown>> = {}): string {
    return JSON.stringify([
        {
            name: "web",
            image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1",
            essential: true,
            logConfiguration: { logDriver: "awslogs", options: {} },
            ...changes,
        },
    ]);
}

const fargate: readonly FixtureResource[] = [
    {
        type: TASK,
        name: "task",
        inputs: {
            family: "web",
            containerDefinitions: containers(),
            cpu: "256",
            executionRoleArn: "arn:aws:iam::111122223333:role/execution",
            memory: "512",
            networkMode: "awsvpc",
            region: "us-east-1",
            requiresCompatibilities: ["FARGATE"],
        },
    },
    {
        type: SERVICE,
        name: "service",
        inputs: {
            name: "web",
            cluster: "arn:aws:ecs:us-east-1:111122223333:cluster/shop",
            desiredCount: 2,
            launchType: "FARGATE",
            networkConfiguration: { subnets: ["subnet-0123456789abcdef0"] },
            region: "us-east-1",
            taskDefinition: refTo(TASK, "task"),
        },
    },
];

/** A Fargate service behind a target group, in a cluster of the stack. */
const balanced: readonly FixtureResource[] = [
    ...fargate.filter(({ type }) => type === TASK),
    {
        type: TARGET_GROUP,
        name: "targets",
        inputs: {
            name: "targets",
            port: 8080,
            protocol: "HTTP",
            region: "us-east-1",
            targetType: "ip",
            vpcId: refTo("aws:ec2/vpc:Vpc", "shop-vpc-network"),
        },
    },
    { type: CLUSTER, name: "cluster", inputs: { name: "shop", region: "us-east-1" } },
    {
        type: CLUSTER_PROVIDERS,
        name: "providers",
        inputs: {
            capacityProviders: ["FARGATE", "FARGATE_SPOT"],
            clusterName: refTo(CLUSTER, "cluster"),
            region: "us-east-1",
        },
    },
    {
        type: SERVICE,
        name: "service",
        inputs: {
            name: "web",
            capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
            cluster: refTo(CLUSTER, "cluster"),
            desiredCount: 2,
            loadBalancers: [
                { containerName: "web", containerPort: 8080, targetGroupArn: refTo(TARGET_GROUP, "targets") },
            ],
            networkConfiguration: { subnets: ["subnet-0123456789abcdef0"] },
            region: "us-east-1",
            taskDefinition: refTo(TASK, "task"),
        },
    },
];

/** A function that reads a stream. */
const reader: readonly FixtureResource[] = [
    ...worker.filter(({ type }) => type === FUNCTION),
    { type: STREAM, name: "clicks", inputs: { name: "clicks", region: "us-east-1", shardCount: 1 } },
    {
        type: MAPPING,
        name: "clicks-to-worker",
        inputs: {
            eventSourceArn: refTo(STREAM, "clicks"),
            functionName: refTo(FUNCTION, "worker"),
            startingPosition: "LATEST",
        },
    },
];

const scaled: readonly FixtureResource[] = [
    {
        type: SCALED,
        name: "scaled",
        inputs: {
            maxCapacity: 10,
            minCapacity: 2,
            region: "us-east-1",
            resourceId: "service/shop/web",
            scalableDimension: "ecs:service:DesiredCount",
            serviceNamespace: "ecs",
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "lambda-runtime",
        title: "a runtime that is not maintained",
        change: (stack) => {
            stack.set(stack.find(FUNCTION), "runtime", "nodejs18.x");
        },
        message: /has runtime "nodejs18\.x", with|is deprecated since 2025-09-01/,
    },
    {
        rule: "lambda-runtime",
        title: "a runtime that is gone",
        change: (stack) => {
            stack.set(stack.find(FUNCTION), "runtime", "nodejs12.x");
        },
        message: "with which AWS makes no functions",
    },
    {
        rule: "lambda-limits",
        title: "an hour",
        change: (stack) => {
            stack.set(stack.find(FUNCTION), "timeout", 3600);
        },
        message: "has timeout 3600; allowed: 1 to 900",
    },
    {
        rule: "lambda-limits",
        title: "an architecture as Pulumi's documentation spells it",
        change: (stack) => {
            stack.set(stack.find(FUNCTION), "architectures", ["x8664"]);
        },
        message: "allowed: arm64, x86_64",
    },
    {
        rule: "lambda-environment",
        title: "the region, which Lambda sets itself",
        change: (stack) => {
            stack.set(stack.find(FUNCTION), "environment.variables.AWS_REGION", "us-east-1");
        },
        message: "has the environment variable AWS_REGION",
    },
    {
        rule: "lambda-environment",
        title: "much text",
        fixture: worker,
        change: (stack) => {
            stack.set(stack.find(FUNCTION, "worker"), "environment", {
                variables: { TEXT: "x".repeat(5000) },
            });
        },
        message: "of 5004 bytes; allowed: 4096",
    },
    {
        rule: "lambda-package",
        title: "two sources of code",
        fixture: worker,
        change: (stack) => {
            stack.set(stack.find(FUNCTION, "worker"), "imageUri", "111122223333.dkr.ecr.example/worker:1");
        },
        message: "has s3Bucket and imageUri",
    },
    {
        rule: "lambda-package",
        title: "no handler",
        fixture: worker,
        change: (stack) => {
            stack.unset(stack.find(FUNCTION, "worker"), "handler");
            stack.set(stack.find(FUNCTION, "worker"), "packageType", "Zip");
        },
        message: "has packageType Zip and no handler",
    },
    {
        rule: "lambda-queue-source",
        title: "messages that come back too soon",
        fixture: worker,
        change: (stack) => {
            stack.set(stack.find(QUEUE, "work"), "visibilityTimeoutSeconds", 30);
            stack.relate(stack.find(QUEUE, "work"), "visibilityTimeoutSeconds", stack.find(TOPIC));
        },
        message: "takes messages of work, hidden for 30 seconds, for up to 60",
    },
    {
        rule: "lambda-queue-source",
        title: "a large batch at once",
        fixture: worker,
        change: (stack) => {
            stack.set(stack.find(MAPPING), "batchSize", 100);
            stack.relate(stack.find(MAPPING), "batchSize", stack.find(TOPIC));
        },
        message: "has batchSize 100 with a batching window of 0 seconds",
    },
    {
        rule: "lambda-queue-source",
        title: "messages that come back too soon to a function by its alias",
        fixture: [
            ...worker.filter(({ type }) => type !== MAPPING),
            {
                type: ALIAS,
                name: "live",
                inputs: {
                    name: "live",
                    functionName: refTo(FUNCTION, "worker"),
                    functionVersion: "1",
                    region: "us-east-1",
                },
            },
            {
                type: MAPPING,
                name: "work-to-live",
                inputs: { eventSourceArn: refTo(QUEUE, "work"), functionName: refTo(ALIAS, "live") },
            },
        ],
        change: (stack) => {
            stack.set(stack.find(QUEUE, "work"), "visibilityTimeoutSeconds", 30);
        },
        message: "takes messages of work, hidden for 30 seconds, for up to 60",
    },
    {
        rule: "lambda-stream-source",
        title: "no starting position",
        fixture: reader,
        change: (stack) => {
            stack.unset(stack.find(MAPPING, "clicks-to-worker"), "startingPosition");
        },
        decidedBy: "relations",
        message: "reads a stream and has no startingPosition",
    },
    {
        rule: "lambda-stream-source",
        title: "a table's stream elsewhere",
        fixture: [
            ...worker.filter(({ type }) => type === FUNCTION),
            {
                type: MAPPING,
                name: "orders-to-worker",
                inputs: {
                    eventSourceArn: "arn:aws:sqs:us-east-1:111122223333:orders",
                    functionName: refTo(FUNCTION, "worker"),
                },
            },
        ],
        change: (stack) => {
            stack.set(
                stack.find(MAPPING),
                "eventSourceArn",
                "arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000",
            );
        },
        message: "reads a stream and has no startingPosition",
    },
    {
        rule: "appautoscaling-target",
        title: "more at least than at most",
        fixture: scaled,
        change: (stack) => {
            stack.set(stack.find(SCALED), "minCapacity", 20);
        },
        message: "has minCapacity 20 and maxCapacity 10",
    },
    {
        rule: "appautoscaling-target",
        title: "an ARN",
        fixture: scaled,
        change: (stack) => {
            stack.set(
                stack.find(SCALED),
                "resourceId",
                "arn:aws:ecs:us-east-1:111122223333:service/shop/web",
            );
        },
        message: "which is an ARN",
    },
    {
        rule: "lambda-log-group-order",
        title: "a function that does not wait",
        fixture: loggedWorker,
        change: (stack) => {
            stack.unset(stack.find(FUNCTION, "logged"), "loggingConfig");
            const group = stack.find(LOG_GROUP, "logged-log");
            stack.refer(group, "name", stack.find(FUNCTION, "logged"));
        },
        decidedBy: "relations",
        message: "does not wait for its log group logged-log",
    },
    {
        rule: "ecs-fargate-size",
        title: "much memory for a small task",
        fixture: fargate,
        change: (stack) => {
            stack.set(stack.find(TASK, "task"), "memory", "4096");
        },
        message: "has cpu 256 with memory 4096; allowed: 512, 1024, 2048",
    },
    {
        rule: "ecs-fargate-size",
        title: "three virtual processors",
        fixture: fargate,
        change: (stack) => {
            stack.set(stack.find(TASK, "task"), "cpu", "3 vCPU");
        },
        message: "has cpu 3072",
    },
    {
        rule: "ecs-task-definition",
        title: "a bridge",
        fixture: fargate,
        change: (stack) => {
            stack.set(stack.find(TASK, "task"), "networkMode", "bridge");
        },
        message: 'is for Fargate and has networkMode "bridge"',
    },
    {
        rule: "ecs-task-definition",
        title: "a log driver of instances",
        fixture: fargate,
        change: (stack) => {
            stack.set(
                stack.find(TASK, "task"),
                "containerDefinitions",
                containers({ logConfiguration: { logDriver: "journald" } }),
            );
        },
        message: 'has web with the log driver "journald"',
    },
    {
        rule: "ecs-task-definition",
        title: "no role for the image",
        fixture: fargate,
        change: (stack) => {
            stack.unset(stack.find(TASK, "task"), "executionRoleArn");
        },
        message: "has web, which needs an executionRoleArn",
    },
    {
        rule: "ecs-fargate-service",
        title: "no network",
        fixture: fargate,
        change: (stack) => {
            stack.unset(stack.find(SERVICE), "networkConfiguration");
            stack.relate(stack.find(SERVICE), "launchType", stack.find(TASK));
        },
        message: "has no networkConfiguration",
    },
    {
        rule: "ecs-fargate-service",
        title: "Spot as a launch type",
        fixture: fargate,
        change: (stack) => {
            stack.set(stack.find(SERVICE), "launchType", "FARGATE_SPOT");
            stack.relate(stack.find(SERVICE), "launchType", stack.find(TASK));
        },
        message: 'has launchType "FARGATE_SPOT"',
    },
    {
        rule: "ecs-fargate-service",
        title: "targets by instance",
        fixture: balanced,
        change: (stack) => {
            stack.unset(stack.find(TARGET_GROUP, "targets"), "targetType");
            stack.relate(stack.find(SERVICE), "capacityProviderStrategies", stack.find(CLUSTER));
        },
        message: 'its target group targets has targetType "instance"',
    },
    {
        rule: "ecs-fargate-service",
        title: "targets by instance for tasks on instances with interfaces of their own",
        fixture: balanced,
        change: (stack) => {
            stack.set(stack.find(SERVICE), "capacityProviderStrategies", [{ capacityProvider: "instances" }]);
            stack.set(stack.find(TARGET_GROUP, "targets"), "targetType", "instance");
        },
        message: 'its target group targets has targetType "instance"',
    },
    {
        rule: "ecs-fargate-service",
        title: "a cluster without capacity providers",
        fixture: balanced,
        change: (stack) => {
            stack.remove(stack.find(CLUSTER_PROVIDERS));
        },
        message: "has the capacity provider FARGATE_SPOT, which no ClusterCapacityProviders gives to cluster",
    },
    {
        rule: "ecs-fargate-service",
        title: "a cluster without Spot",
        fixture: balanced,
        change: (stack) => {
            stack.set(stack.find(CLUSTER_PROVIDERS), "capacityProviders", ["FARGATE"]);
        },
        message: "has the capacity provider FARGATE_SPOT",
    },
    {
        rule: "ecs-fargate-service",
        title: "tasks on a bridge",
        fixture: fargate.map((each) =>
            each.type === TASK
                ? { ...each, inputs: { ...each.inputs, requiresCompatibilities: ["EC2"] } }
                : each,
        ),
        change: (stack) => {
            stack.unset(stack.find(TASK, "task"), "networkMode");
        },
        message: 'runs task with networkMode "bridge" on Fargate',
    },
    {
        rule: "ecs-fargate-service",
        title: "a daemon on Spot",
        fixture: balanced,
        change: (stack) => {
            stack.set(stack.find(SERVICE), "schedulingStrategy", "DAEMON");
        },
        message: 'has schedulingStrategy "DAEMON" with FARGATE_SPOT',
    },
    {
        rule: "ecs-fargate-service",
        title: "no network for a capacity provider",
        fixture: balanced,
        change: (stack) => {
            stack.unset(stack.find(SERVICE), "networkConfiguration");
            stack.set(stack.find(SERVICE), "taskDefinition", "web:1");
        },
        message: "has no networkConfiguration",
    },
    {
        rule: "ecs-service-containers",
        title: "a container that is not there",
        fixture: balanced,
        change: (stack) => {
            stack.set(stack.find(SERVICE), "loadBalancers[0].containerName", "api");
        },
        message: 'has loadBalancers[0].containerName "api", and task has only web',
    },
    {
        rule: "ecs-task-definition",
        title: "a registry's password without a role",
        fixture: fargate
            .filter(({ type }) => type === TASK)
            .map((each) => ({
                ...each,
                inputs: {
                    ...each.inputs,
                    containerDefinitions: JSON.stringify([
                        {
                            name: "web",
                            image: "registry.example.com/web:1",
                            repositoryCredentials: {
                                credentialsParameter:
                                    "arn:aws:secretsmanager:us-east-1:111122223333:secret:registry",
                            },
                        },
                    ]),
                },
            })),
        change: (stack) => {
            stack.unset(stack.find(TASK, "task"), "executionRoleArn");
        },
        message: "has web, which needs an executionRoleArn",
    },
    {
        rule: "ecs-task-definition",
        title: "no size",
        fixture: fargate,
        change: (stack) => {
            stack.unset(stack.find(TASK, "task"), "cpu");
        },
        decidedBy: "structure",
        message: "is for Fargate and has no cpu",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "lambda-runtime",
        title: "a runtime that the configuration adds",
        config: { alsoKnown: ["nodejs26.x"] },
        change: (stack) => {
            stack.set(stack.find(FUNCTION), "runtime", "nodejs26.x");
        },
    },
    {
        rule: "ecs-fargate-size",
        title: "a size in thousands",
        fixture: fargate,
        change: (stack) => {
            stack.set(stack.find(TASK, "task"), "cpu", ".5 vCPU");
            stack.set(stack.find(TASK, "task"), "memory", "2 GB");
        },
    },
    {
        rule: "ecs-fargate-size",
        title: "a task for instances",
        fixture: fargate,
        change: (stack) => {
            stack.set(stack.find(TASK, "task"), "requiresCompatibilities", ["EC2"]);
            stack.set(stack.find(TASK, "task"), "memory", "700");
        },
    },
    {
        rule: "ecs-fargate-service",
        title: "a capacity provider of the stack's own on a cluster without settings",
        fixture: balanced,
        change: (stack) => {
            stack.remove(stack.find(CLUSTER_PROVIDERS));
            stack.set(stack.find(SERVICE), "capacityProviderStrategies", [{ capacityProvider: "instances" }]);
        },
    },
    {
        rule: "ecs-fargate-service",
        title: "targets by instance for tasks on a bridge",
        fixture: balanced,
        change: (stack) => {
            stack.unset(stack.find(SERVICE), "capacityProviderStrategies");
            stack.unset(stack.find(SERVICE), "networkConfiguration");
            stack.unset(stack.find(TASK, "task"), "networkMode");
            stack.set(stack.find(TASK, "task"), "requiresCompatibilities", ["EC2"]);
            stack.unset(stack.find(TARGET_GROUP, "targets"), "targetType");
        },
    },
    {
        rule: "ecs-fargate-service",
        title: "a cluster of another stack",
        fixture: balanced,
        change: (stack) => {
            stack.remove(stack.find(CLUSTER_PROVIDERS));
            stack.set(stack.find(SERVICE), "cluster", "arn:aws:ecs:us-east-1:111122223333:cluster/elsewhere");
        },
    },
    {
        rule: "ecs-service-containers",
        title: "containers that wait for an image's name",
        fixture: balanced,
        change: (stack) => {
            stack.set(stack.find(TASK, "task"), "containerDefinitions", UNKNOWN);
            stack.relate(stack.find(TASK, "task"), "containerDefinitions", stack.find(CLUSTER));
        },
    },
    {
        rule: "ecs-task-definition",
        title: "a task for instances, which have a role for images and logs",
        fixture: fargate,
        change: (stack) => {
            stack.set(stack.find(TASK, "task"), "requiresCompatibilities", ["EC2"]);
            stack.unset(stack.find(TASK, "task"), "executionRoleArn");
        },
    },
    {
        rule: "lambda-stream-source",
        title: "a queue",
        fixture: worker,
        change: (stack) => {
            stack.set(stack.find(MAPPING), "batchSize", 5);
        },
    },
    {
        rule: "appautoscaling-target",
        title: "a cluster of Kafka, which is named by its ARN",
        fixture: scaled,
        change: (stack) => {
            stack.set(stack.find(SCALED), "serviceNamespace", "kafka");
            stack.set(
                stack.find(SCALED),
                "resourceId",
                "arn:aws:kafka:us-east-1:111122223333:cluster/shop/0123",
            );
        },
    },
    {
        rule: "ecs-fargate-size",
        title: "a task without a size, which another rule reports",
        fixture: fargate,
        change: (stack) => {
            stack.unset(stack.find(TASK, "task"), "cpu");
        },
    },
];
