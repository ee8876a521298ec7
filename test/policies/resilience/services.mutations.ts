import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";

const SERVICE = "aws:ecs/service:Service";

const services: readonly FixtureResource[] = [
    {
        type: SERVICE,
        name: "orders",
        inputs: {
            name: "orders",
            deploymentCircuitBreaker: { enable: true, rollback: true },
            region: "us-east-1",
            taskDefinition: "orders:1",
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "ecs-service-rollback",
        title: "a breaker that breaks off and turns nothing back",
        fixture: services,
        change: (stack) => {
            stack.set(stack.find(SERVICE, "orders"), "deploymentCircuitBreaker.rollback", false);
        },
        message: "turns no deployment back",
    },
    {
        rule: "ecs-service-rollback",
        title: "alarms that turn nothing back",
        fixture: services,
        change: (stack) => {
            const service = stack.find(SERVICE, "orders");
            stack.unset(service, "deploymentCircuitBreaker");
            stack.set(service, "alarms", { alarmNames: ["errors"], enable: true, rollback: false });
        },
        message: "turns no deployment back",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "ecs-service-rollback",
        title: "alarms, where traffic is shifted",
        fixture: services,
        change: (stack) => {
            const service = stack.find(SERVICE, "orders");
            stack.unset(service, "deploymentCircuitBreaker");
            stack.set(service, "alarms", { alarmNames: ["errors"], enable: true, rollback: true });
        },
    },
    {
        rule: "ecs-service-rollback",
        title: "CodeDeploy, which turns back by itself",
        fixture: services,
        change: (stack) => {
            const service = stack.find(SERVICE, "orders");
            stack.unset(service, "deploymentCircuitBreaker");
            stack.set(service, "deploymentController", { type: "CODE_DEPLOY" });
        },
    },
];
