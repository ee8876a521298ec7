// What other domains and the stacks use of this one; what is not here is its own business.
export { balancerSecurityGroups } from "./balancerSecurityGroups";
export { TIER_SLOT, tierCidrBlock, VPC_PREFIX_MAX, VPC_PREFIX_MIN, ZONES_PER_TIER } from "./cidrPlan";
export { EndpointService, type EndpointServiceArgs } from "./endpointService";
export { NetworkPeering, type PeeredNetwork } from "./networkPeering";
export { ownSecurityGroup } from "./ownSecurityGroup";
export { SecurityGroupConnection } from "./securityGroupConnection";
export { ServiceEndpoint, type ServiceEndpointArgs } from "./serviceEndpoint";
export { type AdditionalTier, NatGatewayStrategy, TierType } from "./vpc3Tier/args";
export { GATEWAY_SERVICES, isServiceName } from "./vpc3Tier/interfaceEndpoint";
export { ENDPOINTS_WITHOUT_NAT } from "./vpc3Tier/settings";
export { CLIENT_BLOCKS_MAX, EGRESS_BLOCKS_MAX, internetEgressBlocks } from "./vpc3Tier/table";
export { Vpc3Tier } from "./vpc3Tier/vpc3Tier";
