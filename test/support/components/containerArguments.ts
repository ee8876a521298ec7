/** Good arguments of container services, for tests to change one property of. */
import {
    ClusterCapacity,
    type ContainerClusterArgs,
    ContainerInsights,
    type InstanceCapacity,
} from "../../../components/compute/containerCluster/containerCluster";
import { type ContainerServiceArgs } from "../../../components/compute/containerService/args";
import {
    ClaimFormat,
    type ServiceBalancerAttachment,
} from "../../../components/compute/containerService/balancerArgs";
import {
    ContainerProtocol,
    CpuArchitecture,
} from "../../../components/compute/containerService/containerArgs";
import {
    DeploymentStage,
    DeploymentStrategy,
    PauseTimeout,
    type ServiceDeployment,
} from "../../../components/compute/containerService/deploymentArgs";
import { type Ec2ContainerServiceArgs } from "../../../components/compute/ec2ContainerService/ec2ContainerService";
import { type FargateServiceArgs } from "../../../components/compute/fargateService/fargateService";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";
import { LOG_KEY, TOPIC } from "./tierArguments";

const arn = (service: string, rest: string): string =>
    `arn:aws:${service}:${TEST_REGION}:${TEST_ACCOUNT}:${rest}`;

export const LISTENER = arn(
    "elasticloadbalancing",
    "listener/app/shop-edge/0123456789abcdef/fedcba9876543210",
);
export const TEST_LISTENER = arn(
    "elasticloadbalancing",
    "listener/app/shop-edge/0123456789abcdef/0000000000000001",
);
export const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

export const goodAttachment: ServiceBalancerAttachment = {
    listenerArn: LISTENER,
    securityGroupId: "sg-0edge",
    loadBalancerArnSuffix: "app/shop-edge/0123456789abcdef",
    rules: [{ priority: 100, pathPatterns: ["/orders", "/orders/*"] }],
};

export const goodFargate: FargateServiceArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    clusterArn: arn("ecs", "cluster/shop"),
    clusterName: "shop",
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-1a", "subnet-1b"],
    image: `${TEST_ACCOUNT}.dkr.ecr.${TEST_REGION}.amazonaws.com/shop/orders:1.4.2`,
    balancers: { edge: goodAttachment },
    kmsKeyArn: LOG_KEY,
    alarmTopicArns: [TOPIC],
    tags: { project: "shop" },
};

export const goodCluster: ContainerClusterArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    kmsKeyArn: LOG_KEY,
    alarmTopicArns: [TOPIC],
    tags: { project: "shop" },
};

export const goodInstances: InstanceCapacity = {
    instanceTypes: ["m7g.large", "m8g.large"],
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-1a", "subnet-1b"],
};

/** A service on instances that hold 12 tasks. */
export const goodEc2: Ec2ContainerServiceArgs = {
    ...goodFargate,
    capacityProviderName: "shop-instances",
    taskCeiling: 12,
};

/** What both kinds of services can be told, with everything in it that goes together. */
const everything: Partial<ContainerServiceArgs> = {
    containerPort: 8080,
    containerProtocol: ContainerProtocol.Http,
    tlsProxy: { image: `public.ecr.aws/nginx/nginx@${DIGEST}`, port: 8443 },
    command: ["node", "server.js"],
    user: "1000:1000",
    architecture: CpuArchitecture.Arm64,
    environment: { MODE: "shop" },
    secrets: {
        DATABASE_PASSWORD: arn("secretsmanager", "secret:shop/orders-AbCdEf:password::"),
        FLAGS: arn("ssm", "parameter/shop/flags"),
    },
    secretKmsKeyArns: [LOG_KEY],
    healthCheck: {
        command: ["CMD-SHELL", "curl --fail http://localhost:8080/healthz"],
        intervalSeconds: 30,
        timeoutSeconds: 5,
        retries: 3,
        startPeriodSeconds: 60,
    },
    writablePaths: ["/tmp", "/var/cache/app"],
    imageOwnsWritablePaths: false,
    permissions: [
        [
            {
                sid: "ReadItems",
                actions: ["dynamodb:GetItem"],
                resources: [arn("dynamodb", "table/orders")],
                conditions: [{ operator: "StringEquals", key: "aws:RequestedRegion", values: [TEST_REGION] }],
            },
        ],
    ],
    permissionsBoundaryArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`,
    scaling: {
        minTasks: 2,
        maxTasks: 4,
        cpuPercent: 60,
        memoryPercent: 80,
        requestsPerTarget: 1000,
        backlog: { queueName: "shop-orders", messagesPerTask: 20 },
    },
    balancers: {
        edge: {
            ...goodAttachment,
            rules: [
                {
                    priority: 100,
                    pathPatterns: ["/v1/orders/*"],
                    hostHeaders: ["shop.example.com"],
                    rewrite: { regex: "^/v1/(.*)$", replace: "/$1" },
                    hostRewrite: { regex: "^shop\\.(.*)$", replace: "orders.$1" },
                    requiredHeader: { name: "x-shop-origin", values: ["0123456789abcdefghij"] },
                    tokenValidation: {
                        issuer: `https://cognito-idp.${TEST_REGION}.amazonaws.com/${TEST_REGION}_shop`,
                        jwksEndpoint: `https://cognito-idp.${TEST_REGION}.amazonaws.com/${TEST_REGION}_shop/.well-known/jwks.json`,
                        additionalClaims: [
                            { name: "client_id", format: ClaimFormat.SingleString, values: ["shop"] },
                        ],
                    },
                },
            ],
            healthCheckPath: "/healthz",
            healthCheckMatcher: "200",
            deregistrationDelaySeconds: 30,
            testListenerArn: TEST_LISTENER,
        },
    },
    healthCheckGracePeriodSeconds: 60,
    serviceConnect: {
        namespaceArn: arn("servicediscovery", "namespace/ns-0123456789abcdef"),
        discoveryName: "orders",
        clientPort: 8080,
    },
    deployedByPipeline: true,
    tracing: {
        collectorImage: `public.ecr.aws/aws-observability/aws-otel-collector@${DIGEST}`,
        configuration: "receivers: {}",
    },
    commandExecution: { logGroupArn: arn("logs", "log-group:shop-command-log"), kmsKeyArn: LOG_KEY },
    stopTimeoutSeconds: 30,
    availabilityZoneRebalancing: true,
    faultInjection: false,
    internetEgressCidrBlocks: ["203.0.113.0/24"],
    logRetentionDays: 365,
};

const canary: ServiceDeployment = {
    strategy: DeploymentStrategy.Canary,
    bakeMinutes: 10,
    canaryPercent: 10,
    canaryBakeMinutes: 10,
    hooks: [
        { stages: [DeploymentStage.PreScaleUp], pauseMinutes: 60, onTimeout: PauseTimeout.Rollback },
        { stages: [DeploymentStage.PostTestTrafficShift], functionArn: arn("lambda", "function:judge") },
    ],
    alarmNames: ["shop-checkout"],
};

const linear: ServiceDeployment = {
    strategy: DeploymentStrategy.Linear,
    stepPercent: 20,
    stepBakeMinutes: 5,
};

/** Arguments that are fine, and that name everything once. */
export const fullFargate: FargateServiceArgs[] = [
    {
        ...goodFargate,
        ...everything,
        deployment: canary,
        cpu: 512,
        memoryMiB: 1024,
        ephemeralStorageGiB: 21,
        spot: { onDemandTasks: 2, onDemandWeight: 1, spotWeight: 3 },
    },
    { ...goodFargate, deployment: linear },
];
export const fullEc2: Ec2ContainerServiceArgs[] = [
    { ...goodEc2, ...everything, deployment: canary, cpu: 512, memoryMiB: 1024 },
];
export const fullCluster: ContainerClusterArgs[] = [
    {
        ...goodCluster,
        containerInsights: ContainerInsights.Enhanced,
        defaultStrategy: [
            { capacity: ClusterCapacity.Fargate, base: 1, weight: 1 },
            { capacity: ClusterCapacity.FargateSpot, base: 0, weight: 3 },
        ],
        serviceConnectNamespace: "shop",
        commandExecution: true,
        instanceCapacity: {
            ...goodInstances,
            minInstances: 2,
            maxInstances: 6,
            targetCapacityPercent: 90,
            imageId: "ami-0123456789abcdef0",
            volumeSizeGiB: 30,
            volumeKmsKeyArn: LOG_KEY,
            internetEgressCidrBlocks: ["203.0.113.0/24"],
        },
        logRetentionDays: 365,
        permissionsBoundaryArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/boundary`,
    },
];
