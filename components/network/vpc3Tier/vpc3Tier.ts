import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Vpc3TierArgs } from "./args";
import { createDataNetworkAcl } from "./dataNetworkAcl";
import { createGatewayEndpoints, createInterfaceEndpoints } from "./endpoints";
import { createFlowLogs } from "./flowLogs";
import { createNetwork } from "./network";
import { createSecurityGroups } from "./securityGroups";
import { withDefaults } from "./settings";
import { validate } from "./validate";
import { after } from "../../shared/after";
import { mergeTags } from "../../shared/tags";

export { Exposure } from "../../shared/exposure";
export { type AdditionalTier, NatGatewayStrategy, TierType, type Vpc3TierArgs } from "./args";

/**
 * A network for a shop in three layers: subnets for the edge balancer (public), for web and api instances
 * (private) and for data (no way out) in two to four availability zones, with one security group per layer that
 * hears from the layer before it alone.
 *
 * Children, each name beginning with the component's:
 * - `network`: the awsx.ec2.Vpc, whose own children are `network-<tier>-<n>` and so on;
 * - `default`: the default security group, emptied;
 * - `edge-cloudfront` and `edge-health-checks`, or `edge-internet`, or `edge-internal`; `web`, `api-balancer`, `api`, `data`,
 *   `endpoints`: security groups, with rules `<group>-from-<source>` and `<group>-to-<target>`;
 * - `data-acl`: the network ACL of the data subnets;
 * - `s3-endpoint`, `dynamodb-endpoint`, and `<service>-endpoint` for each interface endpoint;
 * - `ipv6-egress`, and `web-ipv6-egress-<n>` and `api-ipv6-egress-<n>`: egress-only gateway and its routes;
 * - `flow-logs`, `flow-log-role`, `flow-log-policy`, `flow-log`.
 */
export class Vpc3Tier extends pulumi.ComponentResource {
    /** Id of the VPC. */
    readonly vpcId: pulumi.Output<string>;
    /** IPv4 block of the VPC, as given. */
    readonly cidrBlock: pulumi.Output<string>;
    /** Ids of the public subnets, for balancers that face viewers or CloudFront: one per zone, in the order of the zones. */
    readonly edgeSubnetIds: pulumi.Output<string[]>;
    /** Ids of the web subnets, one per zone. Known once all that a starting instance needs is there. */
    readonly webSubnetIds: pulumi.Output<string[]>;
    /** Ids of the api subnets, one per zone. Known once all that a starting instance needs is there. */
    readonly apiSubnetIds: pulumi.Output<string[]>;
    /** Ids of the data subnets, one per zone. Known once their network ACL is in force. */
    readonly dataSubnetIds: pulumi.Output<string[]>;
    /** Ids of the api subnets' route tables, one per zone. */
    readonly apiRouteTableIds: pulumi.Output<string[]>;
    /** Ids of the data subnets' route tables, one per zone. */
    readonly dataRouteTableIds: pulumi.Output<string[]>;
    /** Ids of the additional tiers' subnets, by the name of the tier: one per zone. */
    readonly additionalSubnetIds: pulumi.Output<Record<string, string[]>>;
    /** Ids of the security groups for the edge balancer, which wears all of them: two for CloudFront, else one. */
    readonly edgeSecurityGroupIds: pulumi.Output<string[]>;
    /** Id of the web instances' security group. */
    readonly webSecurityGroupId: pulumi.Output<string>;
    /** Id of the security group for the balancer between web and api. */
    readonly apiBalancerSecurityGroupId: pulumi.Output<string>;
    /** Id of the api instances' security group. */
    readonly apiSecurityGroupId: pulumi.Output<string>;
    /** Id of the database's security group. */
    readonly dataSecurityGroupId: pulumi.Output<string>;
    /** Id of the interface endpoints' security group. Missing when there are no interface endpoints. */
    readonly endpointSecurityGroupId?: pulumi.Output<string>;
    /** TCP port that the web instances are reached on. */
    readonly webPort: pulumi.Output<number>;
    /** TCP port that the api instances are reached on. */
    readonly apiPort: pulumi.Output<number>;
    /** TCP port that the database is reached on. */
    readonly databasePort: pulumi.Output<number>;
    /** Name of the log group of the flow logs. */
    readonly flowLogGroupName: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children: letters, digits and hyphens, at most 42 characters.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the
     * component included.
     */
    constructor(name: string, args: Vpc3TierArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:Vpc3Tier", name, args, opts);
        const settings = withDefaults(args);

        const network = createNetwork(name, args, settings, this);
        const gateways = createGatewayEndpoints(name, args, settings, network, this);
        emptyDefaultSecurityGroup(name, args, network.vpcId, this);
        const groups = createSecurityGroups(name, args, settings, network.vpcId, gateways, this);
        const endpoints = createInterfaceEndpoints(name, args, settings, network, groups.endpoints, this);
        const dataAcl = createDataNetworkAcl(name, args, settings, network, this);
        const flowLogs = createFlowLogs(name, args, settings, network.vpcId, this);

        const wayOut = [gateways.s3, gateways.dynamodb, ...endpoints, ...network.routes, ...groups.rules];
        const additional = (args.additionalTiers ?? []).map(
            (tier) => [tier.name, network.subnetIds(tier.name)] as const,
        );
        this.vpcId = network.vpcId;
        this.cidrBlock = pulumi.output(args.cidrBlock);
        this.edgeSubnetIds = network.subnetIds("edge");
        this.webSubnetIds = after(wayOut, network.subnetIds("web"));
        this.apiSubnetIds = after(wayOut, network.subnetIds("api"));
        this.dataSubnetIds = after([dataAcl], network.subnetIds("data"));
        this.apiRouteTableIds = pulumi.all(network.routeTableIds("api"));
        this.dataRouteTableIds = pulumi.all(network.routeTableIds("data"));
        this.additionalSubnetIds = pulumi.all(Object.fromEntries(additional));
        this.edgeSecurityGroupIds = pulumi.all(groups.edge);
        this.webSecurityGroupId = groups.web;
        this.apiBalancerSecurityGroupId = groups.apiBalancer;
        this.apiSecurityGroupId = groups.api;
        this.dataSecurityGroupId = groups.data;
        if (groups.endpoints !== undefined) {
            this.endpointSecurityGroupId = groups.endpoints;
        }
        this.webPort = pulumi.output(settings.webPort);
        this.apiPort = pulumi.output(settings.apiPort);
        this.databasePort = pulumi.output(settings.databasePort);
        this.flowLogGroupName = flowLogs.name;
        this.registerOutputs({
            vpcId: this.vpcId,
            cidrBlock: this.cidrBlock,
            edgeSubnetIds: this.edgeSubnetIds,
            webSubnetIds: this.webSubnetIds,
            apiSubnetIds: this.apiSubnetIds,
            dataSubnetIds: this.dataSubnetIds,
            apiRouteTableIds: this.apiRouteTableIds,
            dataRouteTableIds: this.dataRouteTableIds,
            additionalSubnetIds: this.additionalSubnetIds,
            edgeSecurityGroupIds: this.edgeSecurityGroupIds,
            webSecurityGroupId: this.webSecurityGroupId,
            apiBalancerSecurityGroupId: this.apiBalancerSecurityGroupId,
            apiSecurityGroupId: this.apiSecurityGroupId,
            dataSecurityGroupId: this.dataSecurityGroupId,
            endpointSecurityGroupId: this.endpointSecurityGroupId,
            webPort: this.webPort,
            apiPort: this.apiPort,
            databasePort: this.databasePort,
            flowLogGroupName: this.flowLogGroupName,
        });
    }
}

/** AWS gives every VPC a group that lets its wearers talk to each other and everywhere; this takes its rules. */
function emptyDefaultSecurityGroup(
    name: string,
    args: Vpc3TierArgs,
    vpcId: pulumi.Output<string>,
    parent: pulumi.Resource,
): void {
    new aws.ec2.DefaultSecurityGroup(
        `${name}-default`,
        { vpcId, ingress: [], egress: [], tags: mergeTags({ Name: `${name}-default` }, args.tags) },
        { parent },
    );
}
