import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { policyDocument, type PolicyStatement } from "../../security/policyDocument";
import { TierType, type Vpc3TierArgs } from "./args";
import { ownAccountOnly } from "../ownAccountOnly";
import { s3EndpointStatements } from "./endpointPolicies";
import { type Network } from "./network";
import { type Settings } from "./settings";
import { mergeTags } from "../../shared/tags";

/** The endpoints that are routes instead of network interfaces. */
export interface GatewayEndpoints {
    readonly s3: aws.ec2.VpcEndpoint;
    readonly dynamodb: aws.ec2.VpcEndpoint;
}

/**
 * Makes the gateway endpoints of S3 and DynamoDB, for every tier that runs programs: not for edge, whose
 * balancers need neither, nor for data, which has no way out at all.
 */
export function createGatewayEndpoints(
    name: string,
    args: Vpc3TierArgs,
    settings: Settings,
    network: Network,
    parent: pulumi.Resource,
): GatewayEndpoints {
    const routeTableIds = settings.tiers
        .filter((tier) => tier.type !== TierType.Public && tier.name !== "data")
        .flatMap((tier) => network.routeTableIds(tier.name));
    const gateway = (service: string, statements: PolicyStatement[]): aws.ec2.VpcEndpoint =>
        new aws.ec2.VpcEndpoint(
            `${name}-${service}-endpoint`,
            {
                vpcId: network.vpcId,
                vpcEndpointType: "Gateway",
                serviceName: `com.amazonaws.${args.region}.${service}`,
                routeTableIds,
                policy: policyDocument(statements),
                tags: mergeTags({ Name: `${name}-${service}` }, args.tags),
            },
            { parent },
        );
    return {
        s3: gateway("s3", s3EndpointStatements(args.region, args.accountId)),
        dynamodb: gateway("dynamodb", [ownAccountOnly(args.accountId)]),
    };
}

/** Makes the interface endpoints in the api subnets, from where they serve every subnet of their zone. */
export function createInterfaceEndpoints(
    name: string,
    args: Vpc3TierArgs,
    settings: Settings,
    network: Network,
    securityGroupId: pulumi.Input<string> | undefined,
    parent: pulumi.Resource,
): aws.ec2.VpcEndpoint[] {
    if (securityGroupId === undefined) {
        return [];
    }
    const subnetIds = network.subnetIds("api");
    return settings.interfaceEndpoints.map((service) => {
        const role = `${service.replaceAll(".", "-")}-endpoint`;
        return new aws.ec2.VpcEndpoint(
            `${name}-${role}`,
            {
                vpcId: network.vpcId,
                vpcEndpointType: "Interface",
                serviceName: `com.amazonaws.${args.region}.${service}`,
                subnetIds,
                securityGroupIds: [securityGroupId],
                // Programs keep calling the service by its public name.
                privateDnsEnabled: true,
                policy: policyDocument([ownAccountOnly(args.accountId)]),
                tags: mergeTags({ Name: `${name}-${service}` }, args.tags),
            },
            { parent },
        );
    });
}
