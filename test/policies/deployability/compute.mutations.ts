import { type Accepted, type FixtureResource, type Mutant, refTo } from "../mutation";

const FUNCTION = "aws:lambda/function:Function";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const SERVICE = "aws:ecs/service:Service";
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
];
