// What other domains and the stacks use of this one; what is not here is its own business.
export { imageBuildspec } from "./buildspec";
export { DeliveryPipeline } from "./deliveryPipeline/deliveryPipeline";
export { type EcsTarget } from "./ecsTarget";
export { GitHubDeliveryRole } from "./gitHubDeliveryRole";
