/** Good arguments of what delivers and of what it delivers to, for tests to change one property of. */
import { type GitHubDeliveryRoleArgs } from "../../../components/delivery/gitHubDeliveryRole";
import { type DeliveryPipelineArgs } from "../../../components/delivery/deliveryPipeline/deliveryPipeline";
import { type ServiceBalancerArgs } from "../../../components/compute/serviceBalancer/serviceBalancer";
import { type ImageRepositoryArgs } from "../../../components/compute/imageRepository";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";
import { LOG_KEY, TOPIC } from "./tierArguments";

const place = { region: TEST_REGION, accountId: TEST_ACCOUNT };

export const TASK_ROLES = ["front-task", "front-execution"].map(
    (role) => `arn:aws:iam::${TEST_ACCOUNT}:role/${role}`,
);

export const FRONT_URL = `${TEST_ACCOUNT}.dkr.ecr.${TEST_REGION}.amazonaws.com/shop-prod/front`;

export const CONNECTION = `arn:aws:codeconnections:${TEST_REGION}:${TEST_ACCOUNT}:connection/11111111-2222-3333-4444-555555555555`;

export const goodBalancer: ServiceBalancerArgs = {
    ...place,
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0a", "subnet-0b"],
    internalClientCidrBlocks: ["10.20.0.0/16"],
    domainName: "services.shop.example.com",
    hostedZoneId: "Z0123456789EXAMPLE0AB",
    kmsKeyArn: LOG_KEY,
    alarmTopicArns: [TOPIC],
};

export const goodRepository: ImageRepositoryArgs = {
    ...place,
    repositoryName: "shop-prod/front",
    kmsKeyArn: LOG_KEY,
};

export const goodPipeline: DeliveryPipelineArgs = {
    ...place,
    source: { connectionArn: CONNECTION, repository: "example/shop", branch: "main" },
    images: { front: { repositoryUrl: FRONT_URL, context: "services/front" } },
    test: { buildspecPath: "buildspec.test.yml" },
    deployments: [
        {
            name: "production",
            services: [{ clusterName: "shop", serviceName: "front", image: "front" }],
            taskRoleArns: TASK_ROLES,
        },
    ],
    approvalTopicArn: TOPIC,
    kmsKeyArn: LOG_KEY,
    alarmTopicArns: [TOPIC],
};

export const goodGitHubRole: GitHubDeliveryRoleArgs = {
    ...place,
    repository: "example/shop",
    branches: ["main"],
    repositoryUrls: [FRONT_URL],
    services: [{ clusterName: "shop", serviceName: "front" }],
    taskRoleArns: TASK_ROLES,
};
