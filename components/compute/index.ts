// What other domains and the stacks use of this one; what is not here is its own business.
export { ApiTier } from "./apiTier/apiTier";
export { isPinned, parseImageReference, repositoryArn } from "./imageReference";
export { areVariableNames } from "./environment";
export { ImageRepositories } from "./imageRepositories";
export { ImageRepository } from "./imageRepository";
export { architectureOf } from "../shared/instanceTypes";
export { PULL_ACTIONS, PUSH_ACTIONS, SIGN_IN } from "./repository";
export { ServiceBalancer } from "./serviceBalancer/serviceBalancer";
export { type FleetCapacity } from "./tier/args";
export { MAX_INSTANCE_TYPES, MIN_SPOT_TYPES } from "./tier/capacityTable";
export { HEALTH_CHECK_PATH_FORM, isHealthCheckPath } from "./tier/healthCheckPath";
export { FIRST_UNPRIVILEGED_PORT, TAKEN_PORTS } from "./tier/table";
export { WebTier } from "./webTier/webTier";
export { ContainerCluster } from "./containerCluster/containerCluster";
export { Ec2ContainerService, type Ec2ContainerServiceArgs } from "./ec2ContainerService/ec2ContainerService";
export { FargateService, type FargateServiceArgs } from "./fargateService/fargateService";
export { ServerlessFunction, type ServerlessFunctionArgs } from "./serverlessFunction/serverlessFunction";
