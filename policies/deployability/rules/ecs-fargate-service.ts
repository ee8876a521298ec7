import {
    flag,
    isUnknown,
    list,
    type Member,
    object,
    type ReportStack,
    stackRule,
    type StackView,
    text,
    texts,
} from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { FARGATE_PROVIDERS, isForFargate } from "../shared/tasks";
import { TARGET_GROUPS } from "../shared/types";
import { judge, visit } from "../shared/values";

const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const CLUSTER = "aws:ecs/cluster:Cluster";
const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";

export const rule = stackRule({
    id: "ecs-fargate-service",
    severity: "high",
    description:
        "Services have the network, the launch type, the targets and the scheduling that their tasks and deployments take.",
    fix: 'Give Fargate services networkConfiguration, tasks with networkMode "awsvpc", target groups with targetType "ip" and REPLICA scheduling, either launchType or capacityProviderStrategies, and for the latter a ClusterCapacityProviders.',
    frameworks: { controls: ["F14.2", "F14.3", "F14.4", "F14.5", "F14.7"] },
    types: [SERVICE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(SERVICE), (service) => {
            judge(
                () => {
                    judgeLaunch(service, report);
                },
                () => {
                    judgeNetwork(stack, service, report);
                },
                () => {
                    judgeTask(stack, service, report);
                },
                () => {
                    judgeCluster(stack, service, report);
                },
                () => {
                    judgeScheduling(service, report);
                },
            );
        });
    },
});

function judgeLaunch(service: Member, report: ReportStack): void {
    if (isInput(service, "launchType") && isInput(service, "capacityProviderStrategies")) {
        report("has both launchType and capacityProviderStrategies.", service);
    }
    if (text(inputOf(service, "launchType")) === "FARGATE_SPOT") {
        report('has launchType "FARGATE_SPOT", which is a capacity provider.', service);
    }
}

function judgeNetwork(stack: StackView, service: Member, report: ReportStack): void {
    if (fargateOf(service) === undefined && !usesAwsvpc(stack, service)) {
        return;
    }
    if (!isInput(service, "networkConfiguration")) {
        report("runs tasks with interfaces of their own and has no networkConfiguration.", service);
    }
    if (isInput(service, "iamRole")) {
        report("runs tasks with interfaces of their own and has an iamRole.", service);
    }
    for (const group of stack.referencesOf(service, "loadBalancers", ...TARGET_GROUPS)) {
        // The provider's default.
        const kind = text(inputOf(group, "targetType")) ?? "instance";
        if (kind !== "ip") {
            report(
                `runs tasks with interfaces of their own, and its target group ${group.name} has targetType "${kind}".`,
                service,
            );
        }
    }
}

function usesAwsvpc(stack: StackView, service: Member): boolean {
    return tasksOf(stack, service).some((task) => text(inputOf(task, "networkMode")) === "awsvpc");
}

function tasksOf(stack: StackView, service: Member): readonly Member[] {
    return stack.referencesOf(service, "taskDefinition", TASK);
}

function judgeTask(stack: StackView, service: Member, report: ReportStack): void {
    for (const task of tasksOf(stack, service)) {
        // The default of tasks on Linux.
        const mode = text(inputOf(task, "networkMode")) ?? "bridge";
        // Of tasks that say that they are for Fargate another rule speaks.
        if (mode !== "awsvpc" && fargateOf(service) !== undefined && !isForFargate(task.props)) {
            report(`runs ${task.name} with networkMode "${mode}" on Fargate.`, service);
        }
    }
}

/** Fargate's capacity providers are a cluster's only once it is said so. */
function judgeCluster(stack: StackView, service: Member, report: ReportStack): void {
    const [cluster] = stack.referencesOf(service, "cluster", CLUSTER);
    const [wanted] = cluster === undefined ? [] : fargateProvidersOf(service);
    if (cluster === undefined || wanted === undefined) {
        return;
    }
    const settings = stack.referrersOf(cluster, CLUSTER_PROVIDERS, "clusterName");
    const given = settings.flatMap((each) => texts(each.props.capacityProviders));
    if (given.includes(wanted)) {
        return;
    }
    // Settings of which nobody knows whose they are may be the cluster's; reading them says so.
    const unclear = stack
        .ofType(CLUSTER_PROVIDERS)
        .find(
            (each) =>
                isUnknown(() => each.props.clusterName) &&
                stack.referencesOf(each, "clusterName", CLUSTER).length === 0,
        );
    text(unclear?.props.clusterName);
    report(
        `has the capacity provider ${wanted}, which no ClusterCapacityProviders gives to ${cluster.name}.`,
        service,
    );
}

function judgeScheduling(service: Member, report: ReportStack): void {
    const controller = text(object(inputOf(service, "deploymentController")).type) ?? "ECS";
    judge(
        () => {
            const isDaemon = text(inputOf(service, "schedulingStrategy")) === "DAEMON";
            const fargate = isDaemon ? fargateOf(service) : undefined;
            if (isDaemon && (fargate !== undefined || controller !== "ECS")) {
                report(`has schedulingStrategy "DAEMON" with ${fargate ?? controller}.`, service);
            }
        },
        () => {
            const breaker = object(inputOf(service, "deploymentCircuitBreaker"));
            if (controller !== "ECS" && flag(breaker.enable) === true) {
                report(`has a deploymentCircuitBreaker with deployments by ${controller}.`, service);
            }
        },
        () => {
            if (isInput(service, "healthCheckGracePeriodSeconds") && !isInput(service, "loadBalancers")) {
                report("has healthCheckGracePeriodSeconds without loadBalancers.", service);
            }
        },
    );
}

/** By what a service runs on Fargate; undefined where it does not say that it does. */
function fargateOf(service: Member): string | undefined {
    return text(inputOf(service, "launchType")) === "FARGATE" ? "FARGATE" : fargateProvidersOf(service)[0];
}

/** The capacity providers of Fargate that a service names. */
function fargateProvidersOf(service: Member): readonly string[] {
    const found: string[] = [];
    if (list(inputOf(service, "capacityProviderStrategies")).length > 0) {
        visit(service.props, "capacityProviderStrategies[].capacityProvider", (value) => {
            found.push(text(value) ?? "");
        });
    }
    return found.filter((name) => FARGATE_PROVIDERS.includes(name));
}
