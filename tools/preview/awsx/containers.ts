/** The children of awsx's ECS components. Names, inputs and order are the plugin's (pulumi/pulumi-awsx, awsx/ecs). */
import { type Resource } from "../deployment";
import { type Properties } from "../types";
import { derived, plainValue, unwrapped } from "../values";
import {
    type Children,
    type Expand,
    type Expansion,
    expansion,
    idOf,
    list,
    ofClass,
    onlyOneOf,
    outputOf,
    record,
    shortHash,
    text,
} from "./children";
import { defaultVpc } from "./defaultVpc";
import { fargateSize } from "./fargateSizes";
import { OPEN_RULES } from "./loadBalancers";

const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
const SERVICE = "aws:ecs/service:Service";
const EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

/** Where tasks run. */
type Kind = "Fargate" | "EC2";

/** What comes of a task definition. */
interface Task {
    readonly taskDefinition: Resource;
    readonly logGroup?: Resource | undefined;
    readonly taskRole?: Resource | undefined;
    readonly executionRole?: Resource | undefined;
    readonly loadBalancers: unknown;
}

/** A role that is made, or one that is there. */
interface MadeRole {
    readonly role?: Resource;
    readonly arn?: unknown;
}

async function makeRole(
    children: Children,
    name: string,
    given: Properties,
    policies: readonly string[],
): Promise<MadeRole> {
    onlyOneOf(given, ["roleArn", "args"]);
    if (plainValue(given["skip"]) === true) {
        return {};
    }
    if (given["roleArn"] !== undefined) {
        return { arn: given["roleArn"] };
    }
    const { policyArns, ...args } = record(given["args"]);
    const role = await children.make("aws:iam/role:Role", name, {
        assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Action: "sts:AssumeRole",
                    Principal: { Service: "ecs-tasks.amazonaws.com" },
                    Effect: "Allow",
                    Sid: "",
                },
            ],
        }),
        ...args,
    });
    const attached = policyArns === undefined ? policies : list(unwrapped(policyArns));
    for (const policyArn of attached) {
        await children.make(
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            `${name}-${shortHash(String(plainValue(policyArn)))}`,
            { role: outputOf(role, "name"), policyArn },
        );
    }
    return { role, arn: outputOf(role, "arn") };
}

/** The log group of the containers, and how they find it. */
async function makeLogGroup(
    children: Children,
    name: string,
    given: Properties,
): Promise<{ readonly logGroup?: Resource; readonly found?: { name: unknown; region: unknown } }> {
    onlyOneOf(given, ["existing", "args"]);
    if (plainValue(given["skip"]) === true) {
        return {};
    }
    const { region } = children.expander;
    const existing = given["existing"] === undefined ? undefined : record(given["existing"]);
    if (existing !== undefined) {
        return { found: { name: existing["name"], region: existing["region"] ?? region } };
    }
    const logGroup = await children.make("aws:cloudwatch/logGroup:LogGroup", name, record(given["args"]));
    return { logGroup, found: { name: outputOf(logGroup, "name"), region } };
}

/** The containers by their names. */
function containersOf(args: Properties): readonly (readonly [string, Properties])[] {
    const { container, containers } = args;
    if ((container === undefined) === (containers === undefined)) {
        throw new Error("Exactly one of [container] or [containers] must be provided");
    }
    if (container === undefined) {
        return Object.entries(record(containers)).map(([name, each]) => [name, record(each)]);
    }
    return [[text(plainValue(record(container)["name"])) ?? "container", record(container)]];
}

interface Mapping {
    readonly mapping: Properties;
    readonly targetGroup: Resource | undefined;
}

function mappingsOf(children: Children, container: Properties): Mapping[] {
    return list(unwrapped(container["portMappings"])).map((each) => {
        const mapping = record(unwrapped(each));
        return { mapping, targetGroup: children.referred(mapping["targetGroup"]) };
    });
}

/** A container as ECS takes it. */
function definitionOf(
    children: Children,
    name: string,
    container: Properties,
    logs: { readonly name: unknown; readonly region: unknown } | undefined,
): Properties {
    const portMappings = mappingsOf(children, container).map(({ mapping, targetGroup }) => {
        const port = targetGroup === undefined ? undefined : outputOf(targetGroup, "port");
        const { containerPort, hostPort, protocol } = mapping;
        return {
            containerPort: containerPort ?? port ?? hostPort,
            hostPort: hostPort ?? port ?? containerPort,
            protocol,
        };
    });
    const logConfiguration =
        container["logConfiguration"] ??
        (logs === undefined
            ? undefined
            : {
                  logDriver: "awslogs",
                  options: {
                      "awslogs-group": logs.name,
                      "awslogs-region": logs.region,
                      "awslogs-stream-prefix": name,
                  },
              });
    return {
        ...container,
        portMappings: container["portMappings"] === undefined ? undefined : portMappings,
        name,
        logConfiguration,
    };
}

/** Makes what a task definition of awsx is made of. */
async function makeTask(children: Children, args: Properties, kind: Kind): Promise<Task> {
    const { goal, expander } = children;
    const containers = containersOf(args);
    const { logGroup, found } = await makeLogGroup(children, goal.name, record(args["logGroup"]));
    const task = await makeRole(children, `${goal.name}-task`, record(args["taskRole"]), []);
    const execution = await makeRole(children, `${goal.name}-execution`, record(args["executionRole"]), [
        EXECUTION_POLICY,
    ]);
    const definitions = containers.map(([name, container]) => definitionOf(children, name, container, found));
    const containerDefinitions = derived([definitions], (all) => JSON.stringify(all));
    const size = (name: "cpu" | "memory"): unknown =>
        args[name] ?? derived([definitions], (all) => fargateSize(list(all).map(record))[name]);
    const taskDefinition = await children.make(TASK_DEFINITION, goal.name, {
        ...(kind === "EC2" ? { networkMode: "awsvpc" } : {}),
        ...ofClass(TASK_DEFINITION, args),
        ...(kind === "EC2"
            ? { requiresCompatibilities: ["EC2"] }
            : {
                  cpu: size("cpu"),
                  memory: size("memory"),
                  requiresCompatibilities: ["FARGATE"],
                  networkMode: "awsvpc",
              }),
        taskRoleArn: task.arn,
        executionRoleArn: execution.arn,
        family:
            args["family"] ??
            derived(
                [containerDefinitions],
                (all) => `${goal.name}-${shortHash(`${expander.stack}${String(all)}`)}`,
            ),
        containerDefinitions,
    });
    const loadBalancers = containers.flatMap(([containerName, container]) =>
        mappingsOf(children, container).flatMap(({ targetGroup }) =>
            targetGroup === undefined
                ? []
                : [
                      {
                          containerName,
                          containerPort: outputOf(targetGroup, "port"),
                          targetGroupArn: outputOf(targetGroup, "arn"),
                      },
                  ],
        ),
    );
    return { taskDefinition, logGroup, taskRole: task.role, executionRole: execution.role, loadBalancers };
}

async function expandTaskDefinition(children: Children, kind: Kind): Promise<Expansion> {
    const { loadBalancers, ...resources } = await makeTask(children, children.goal.inputs, kind);
    return expansion(resources, { loadBalancers: derived([loadBalancers], (all) => all) }, children);
}

/** The network of a service that names none: the default one, with a group that lets all in. */
async function defaultNetwork(children: Children, args: Properties): Promise<Properties> {
    const { vpcId, publicSubnetIds } = await defaultVpc(children.expander);
    const group = await children.make("aws:ec2/securityGroup:SecurityGroup", `${children.goal.name}-sg`, {
        vpcId,
        ...OPEN_RULES,
    });
    return {
        subnets: publicSubnetIds,
        assignPublicIp: args["assignPublicIp"] ?? false,
        securityGroups: [idOf(group)],
    };
}

async function expandService(children: Children, kind: Kind): Promise<Expansion> {
    const { goal } = children;
    const args = goal.inputs;
    onlyOneOf(args, ["taskDefinition", "taskDefinitionArgs"]);
    if (kind === "Fargate") {
        onlyOneOf(args, ["networkConfiguration", "assignPublicIp"]);
        onlyOneOf(args, ["capacityProviderStrategies", "useClusterDefaultCapacityProviderStrategy"]);
    }
    const own = args["taskDefinitionArgs"];
    const task =
        own === undefined
            ? undefined
            : await makeTask(
                  await children.component(`awsx:ecs:${kind}TaskDefinition`, goal.name),
                  record(own),
                  kind,
              );
    const taskDefinition = task === undefined ? args["taskDefinition"] : outputOf(task.taskDefinition, "arn");
    if (taskDefinition === undefined) {
        throw new Error("Either `taskDefinition` or `taskDefinitionArgs` must be provided.");
    }
    const hasStrategy =
        args["capacityProviderStrategies"] !== undefined ||
        args["useClusterDefaultCapacityProviderStrategy"] !== undefined;
    const networkConfiguration =
        args["networkConfiguration"] ??
        (kind === "Fargate" ? await defaultNetwork(children, args) : undefined);
    const service = await children.make(SERVICE, goal.name, {
        ...(kind === "Fargate" ? { desiredCount: 1 } : {}),
        ...ofClass(SERVICE, args),
        networkConfiguration,
        cluster: children.outputOrValue(args["cluster"], "arn"),
        launchType: kind === "EC2" ? "EC2" : hasStrategy ? undefined : "FARGATE",
        loadBalancers: args["loadBalancers"] ?? task?.loadBalancers,
        waitForSteadyState: derived([args["continueBeforeSteadyState"] ?? false], (given) => given !== true),
        taskDefinition,
    });
    return expansion({ service, taskDefinition: task?.taskDefinition }, {}, children);
}

/** Makes what awsx's task definitions and services are made of. */
export const ECS_EXPANSIONS: Readonly<Record<string, Expand>> = {
    "awsx:ecs:FargateTaskDefinition": async (children) => expandTaskDefinition(children, "Fargate"),
    "awsx:ecs:FargateService": async (children) => expandService(children, "Fargate"),
    "awsx:ecs:EC2TaskDefinition": async (children) => expandTaskDefinition(children, "EC2"),
    "awsx:ecs:EC2Service": async (children) => expandService(children, "EC2"),
};
