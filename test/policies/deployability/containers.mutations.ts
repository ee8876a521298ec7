import {
    type Accepted,
    type FixtureResource,
    type Mutant,
    type MutableStack,
    refTo,
} from "../../support/policies/mutation";

const CLUSTER = "aws:ecs/cluster:Cluster";
const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const GROUP = "aws:autoscaling/group:Group";
const LISTENER = "aws:lb/listener:Listener";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const RULE = "aws:lb/listenerRule:ListenerRule";
const SCALED = "aws:appautoscaling/target:Target";
const SERVICE = "aws:ecs/service:Service";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const VPC = "aws:ec2/vpc:Vpc";

const region = "us-east-1";

const targets = (name: string): FixtureResource => ({
    type: TARGET_GROUP,
    name,
    inputs: {
        name,
        port: 8080,
        protocol: "HTTP",
        region,
        targetType: "ip",
        vpcId: refTo(VPC, "shop-vpc-network"),
    },
});

const rule = (
    name: string,
    priority: number,
    actions: unknown[],
    ignoreChanges: string[] = [],
): FixtureResource => ({
    type: RULE,
    name,
    inputs: {
        listenerArn: refTo(LISTENER, "shop-web-https"),
        priority,
        conditions: [{ pathPattern: { values: ["/orders/*"] } }],
        actions,
        region,
    },
    options: { ignoreChanges },
});

const ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_shop";
const VALIDATION = {
    type: "jwt-validation",
    order: 1,
    jwtValidation: {
        issuer: ISSUER,
        jwksEndpoint: `${ISSUER}/.well-known/jwks.json`,
        additionalClaims: [{ name: "client_id", format: "single-string", values: ["shop"] }],
    },
};

/** A service that shifts traffic, with a scaling target. */
const shifting: readonly FixtureResource[] = [
    { type: CLUSTER, name: "cluster", inputs: { name: "shop", region } },
    {
        type: CLUSTER_PROVIDERS,
        name: "providers",
        inputs: {
            capacityProviders: ["FARGATE", "FARGATE_SPOT"],
            clusterName: refTo(CLUSTER, "cluster"),
            region,
        },
    },
    {
        type: TASK,
        name: "task",
        inputs: {
            family: "orders",
            containerDefinitions: JSON.stringify([
                {
                    name: "orders",
                    image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1",
                    essential: true,
                    logConfiguration: { logDriver: "awslogs", options: {} },
                },
            ]),
            cpu: "256",
            executionRoleArn: "arn:aws:iam::111122223333:role/execution",
            memory: "512",
            networkMode: "awsvpc",
            region,
            requiresCompatibilities: ["FARGATE"],
        },
    },
    targets("blue"),
    targets("green"),
    rule(
        "production",
        700,
        [
            {
                type: "forward",
                forward: {
                    targetGroups: [
                        { arn: refTo(TARGET_GROUP, "blue"), weight: 100 },
                        { arn: refTo(TARGET_GROUP, "green"), weight: 0 },
                    ],
                },
            },
        ],
        ["actions"],
    ),
    {
        type: SERVICE,
        name: "service",
        inputs: {
            name: "orders",
            alarms: { alarmNames: ["errors"], enable: true, rollback: true },
            capacityProviderStrategies: [
                { base: 2, capacityProvider: "FARGATE", weight: 1 },
                { capacityProvider: "FARGATE_SPOT", weight: 3 },
            ],
            cluster: refTo(CLUSTER, "cluster"),
            deploymentConfiguration: {
                strategy: "CANARY",
                bakeTimeInMinutes: "10",
                canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: "10" },
                lifecycleHooks: [{ targetType: "PAUSE", lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT"] }],
            },
            desiredCount: 2,
            loadBalancers: [
                {
                    containerName: "orders",
                    containerPort: 8080,
                    targetGroupArn: refTo(TARGET_GROUP, "blue"),
                    advancedConfiguration: {
                        alternateTargetGroupArn: refTo(TARGET_GROUP, "green"),
                        productionListenerRule: refTo(RULE, "production"),
                        roleArn: "arn:aws:iam::111122223333:role/infrastructure",
                    },
                },
            ],
            networkConfiguration: { subnets: ["subnet-0123456789abcdef0"] },
            region,
            taskDefinition: refTo(TASK, "task"),
        },
        options: { ignoreChanges: ["desiredCount"] },
    },
    {
        type: SCALED,
        name: "scaled",
        inputs: {
            maxCapacity: 10,
            minCapacity: 2,
            region,
            resourceId: refTo(SERVICE, "service"),
            scalableDimension: "ecs:service:DesiredCount",
            serviceNamespace: "ecs",
        },
    },
];

/** Instances that ECS scales. */
const instances: readonly FixtureResource[] = [
    {
        type: GROUP,
        name: "instances",
        inputs: {
            name: "instances",
            launchTemplate: { id: refTo(TEMPLATE, "shop-web-fleet-template"), version: "1" },
            maxSize: 6,
            minSize: 2,
            protectFromScaleIn: true,
            region,
            vpcZoneIdentifiers: ["subnet-0123456789abcdef0"],
        },
    },
    {
        type: PROVIDER,
        name: "provider",
        inputs: {
            name: "shop-instances",
            autoScalingGroupProvider: {
                autoScalingGroupArn: refTo(GROUP, "instances"),
                managedDraining: "ENABLED",
                managedScaling: { status: "ENABLED", targetCapacity: 90 },
                managedTerminationProtection: "ENABLED",
            },
            region,
        },
    },
];

const tokens: readonly FixtureResource[] = [
    targets("blue"),
    rule("guarded", 700, [
        VALIDATION,
        { type: "forward", order: 2, targetGroupArn: refTo(TARGET_GROUP, "blue") },
    ]),
];

const STRATEGY = "capacityProviderStrategies";

function mutant(
    of: string,
    title: string,
    fixture: readonly FixtureResource[],
    change: (stack: MutableStack) => void,
    message: string,
    rest: Partial<Mutant> = {},
): Mutant {
    return { rule: of, title, fixture, change, message, ...rest };
}

const inService = (path: string, value: unknown) => (stack: MutableStack) => {
    stack.set(stack.find(SERVICE, "service"), path, value);
};

export const mutants: readonly Mutant[] = [
    mutant(
        "ecs-capacity-strategy",
        "two bases",
        shifting,
        inService(`${STRATEGY}[1].base`, 1),
        `has 2 providers with a base in ${STRATEGY}; allowed: 1`,
    ),
    mutant(
        "ecs-capacity-strategy",
        "no weights",
        shifting,
        (stack) => {
            inService(`${STRATEGY}[0].weight`, 0)(stack);
            inService(`${STRATEGY}[1].weight`, 0)(stack);
        },
        `has no provider with a weight in ${STRATEGY}`,
    ),
    mutant(
        "ecs-capacity-strategy",
        "Fargate and instances",
        shifting,
        inService(`${STRATEGY}[1].capacityProvider`, "shop-instances"),
        `has both Fargate and instances in ${STRATEGY}`,
    ),
    mutant(
        "ecs-capacity-strategy",
        "a cluster's default without weights",
        shifting,
        (stack) => {
            stack.set(stack.find(CLUSTER_PROVIDERS, "providers"), "defaultCapacityProviderStrategies", [
                { capacityProvider: "FARGATE" },
                { capacityProvider: "FARGATE_SPOT" },
            ]);
        },
        "has no provider with a weight in defaultCapacityProviderStrategies",
    ),
    mutant(
        "ecs-deployment-strategy",
        "a circuit breaker while traffic is shifted",
        shifting,
        inService("deploymentCircuitBreaker", { enable: true, rollback: true }),
        "has a deploymentCircuitBreaker with CANARY",
    ),
    mutant(
        "ecs-deployment-strategy",
        "a strategy as CodeDeploy spells it",
        shifting,
        inService("deploymentConfiguration.strategy", "Canary"),
        'has the strategy "Canary"; allowed: ROLLING, BLUE_GREEN, LINEAR, CANARY',
    ),
    mutant(
        "ecs-deployment-strategy",
        "another strategy's numbers",
        shifting,
        inService("deploymentConfiguration.strategy", "LINEAR"),
        "has canaryConfiguration with the strategy LINEAR",
    ),
    mutant(
        "ecs-deployment-strategy",
        "no time to watch the new tasks",
        shifting,
        (stack) => {
            const service = stack.find(SERVICE, "service");
            stack.set(service, "deploymentConfiguration.strategy", "BLUE_GREEN");
            stack.unset(service, "deploymentConfiguration.canaryConfiguration");
            stack.unset(service, "deploymentConfiguration.bakeTimeInMinutes");
        },
        "has the strategy BLUE_GREEN without bakeTimeInMinutes",
    ),
    mutant(
        "ecs-deployment-strategy",
        "one target group alone",
        shifting,
        (stack) => {
            stack.unset(stack.find(SERVICE, "service"), "loadBalancers[0].advancedConfiguration");
        },
        "has the strategy CANARY and no advancedConfiguration in loadBalancers[0]",
    ),
    mutant(
        "ecs-deployment-strategy",
        "nothing to shift traffic by",
        shifting,
        (stack) => {
            stack.unset(stack.find(SERVICE, "service"), "loadBalancers");
        },
        "with neither loadBalancers nor serviceConnectConfiguration",
    ),
    mutant(
        "ecs-deployment-strategy",
        "a pause while traffic is shifted",
        shifting,
        inService("deploymentConfiguration.lifecycleHooks[0].lifecycleStages[0]", "PRODUCTION_TRAFFIC_SHIFT"),
        "has lifecycleHooks[0] that pauses at PRODUCTION_TRAFFIC_SHIFT",
    ),
    mutant(
        "ecs-deployment-strategy",
        "a canary of nobody",
        shifting,
        inService("deploymentConfiguration.canaryConfiguration.canaryPercent", 0),
        "canaryPercent 0; allowed: 0.1 to 100",
    ),
    mutant(
        "ecs-shifted-rule",
        "weights that each update sets back",
        shifting,
        (stack) => {
            stack.setOptions(stack.find(RULE, "production"), { ignoreChanges: [] });
        },
        "has actions that service shifts the weights of",
        { decidedBy: "relations" },
    ),
    mutant(
        "ecs-desired-count",
        "a number of tasks that each update sets back",
        shifting,
        (stack) => {
            stack.setOptions(stack.find(SERVICE, "service"), { ignoreChanges: [] });
        },
        "has desiredCount and a scaling target",
        { decidedBy: "relations" },
    ),
    mutant(
        "ecs-capacity-provider",
        "protection without scaling",
        instances,
        (stack) => {
            stack.set(
                stack.find(PROVIDER, "provider"),
                "autoScalingGroupProvider.managedScaling.status",
                "DISABLED",
            );
        },
        'has managedTerminationProtection with managedScaling.status "DISABLED"',
    ),
    mutant(
        "ecs-capacity-provider",
        "a group that protects nothing",
        instances,
        (stack) => {
            stack.unset(stack.find(GROUP, "instances"), "protectFromScaleIn");
        },
        "has managedTerminationProtection, and instances has no protectFromScaleIn",
    ),
    mutant(
        "ecs-capacity-provider",
        "fuller than full",
        instances,
        (stack) => {
            stack.set(
                stack.find(PROVIDER, "provider"),
                "autoScalingGroupProvider.managedScaling.targetCapacity",
                101,
            );
        },
        "targetCapacity 101; allowed: 1 to 100",
    ),
    mutant(
        "ecs-capacity-provider",
        "a name of AWS's own",
        instances,
        (stack) => {
            stack.set(stack.find(PROVIDER, "provider"), "name", "ecs-instances");
        },
        'has the name "ecs-instances"',
    ),
    mutant(
        "elb-token-validation",
        "nothing after the validation",
        tokens,
        (stack) => {
            stack.set(stack.find(RULE, "guarded"), "actions", [VALIDATION]);
        },
        "validates tokens and does nothing with the request",
    ),
    mutant(
        "elb-token-validation",
        "tokens in clear",
        tokens,
        (stack) => {
            stack.set(stack.find(LISTENER, "shop-web-https"), "protocol", "HTTP");
        },
        'validates tokens on shop-web-https, whose protocol is "HTTP"',
        { alsoFires: ["elb-listener-certificate"] },
    ),
    mutant(
        "elb-token-validation",
        "a claim that is checked anyway",
        tokens,
        (stack) => {
            stack.set(
                stack.find(RULE, "guarded"),
                "actions[0].jwtValidation.additionalClaims[0].name",
                "exp",
            );
        },
        'has the claim "exp" in additionalClaims',
    ),
    mutant(
        "elb-token-validation",
        "too many claims",
        tokens,
        (stack) => {
            stack.set(
                stack.find(RULE, "guarded"),
                "actions[0].jwtValidation.additionalClaims",
                Array.from({ length: 11 }, (_, index) => ({
                    name: `claim${index}`,
                    format: "single-string",
                    values: ["a"],
                })),
            );
        },
        "has 11 additionalClaims; allowed: 10",
    ),
    mutant(
        "elb-limits",
        "a claim's format as Pulumi's documentation spells it",
        tokens,
        (stack) => {
            stack.set(
                stack.find(RULE, "guarded"),
                "actions[0].jwtValidation.additionalClaims[0].format",
                "singleString",
            );
        },
        "allowed: single-string, string-array, space-separated-values",
    ),
];

export const accepted: readonly Accepted[] = [
    {
        rule: "ecs-deployment-strategy",
        title: "a circuit breaker where tasks roll",
        fixture: shifting,
        change: (stack) => {
            const service = stack.find(SERVICE, "service");
            stack.set(service, "deploymentConfiguration", { strategy: "ROLLING" });
            stack.set(service, "deploymentCircuitBreaker", { enable: true, rollback: true });
        },
    },
    {
        rule: "ecs-deployment-strategy",
        title: "names in a namespace to shift traffic by",
        fixture: shifting,
        change: (stack) => {
            const service = stack.find(SERVICE, "service");
            stack.unset(service, "loadBalancers");
            stack.set(service, "serviceConnectConfiguration", { enabled: true });
        },
    },
    {
        rule: "ecs-capacity-strategy",
        title: "one provider without a weight, which gets all tasks",
        fixture: shifting,
        change: inService(STRATEGY, [{ capacityProvider: "FARGATE" }]),
    },
    {
        rule: "ecs-capacity-provider",
        title: "a group that is not protected, and need not be",
        fixture: instances,
        change: (stack) => {
            stack.set(
                stack.find(PROVIDER, "provider"),
                "autoScalingGroupProvider.managedTerminationProtection",
                "DISABLED",
            );
            stack.unset(stack.find(GROUP, "instances"), "protectFromScaleIn");
        },
    },
];
