import type * as pulumi from "@pulumi/pulumi";

import { DocumentEngine } from "../../components/data";
import { TierType } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { stackNetwork } from "../shared/network";
import { type PlatformSettings } from "./settings";

/** The port of everything that speaks MongoDB's protocol. */
const DATABASE_PORT = 27017;

/** The tier of MongoDB's instances, which fetch their packages from outside; DocumentDB's are in the isolated one. */
const REPLICA_SET_TIER = "mongo";

/** The network and who is where in it. */
export interface PlatformNetwork {
    readonly vpcId: pulumi.Output<string>;
    readonly frontBalancerSubnetIds: pulumi.Output<string[]>;
    readonly frontSubnetIds: pulumi.Output<string[]>;
    readonly backSubnetIds: pulumi.Output<string[]>;
    /** The group of AWS's own endpoints in the network, which takes the place of their public addresses. */
    readonly endpointSecurityGroupId: pulumi.Output<string>;
    /** Where the database is, by its engine. */
    readonly databaseSubnetIds: (engine: DocumentEngine) => pulumi.Output<string[]>;
}

/** Makes the network: the balancer of the front end in public subnets, everything else in private ones. */
export function createNetwork(
    settings: PlatformSettings,
    foundation: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): PlatformNetwork {
    // The tiers' own security groups stay unworn: each part of the platform has one of its own.
    const { tiers: network, endpointSecurityGroupId } = stackNetwork(
        "platform-vpc",
        settings,
        foundation,
        {
            databasePort: DATABASE_PORT,
            additionalTiers: [{ name: REPLICA_SET_TIER, type: TierType.Private }],
        },
        opts,
    );
    return {
        vpcId: network.vpcId,
        frontBalancerSubnetIds: network.edgeSubnetIds,
        frontSubnetIds: network.webSubnetIds,
        backSubnetIds: network.apiSubnetIds,
        endpointSecurityGroupId,
        databaseSubnetIds: (engine) =>
            engine === DocumentEngine.DocumentDb
                ? network.dataSubnetIds
                : network.additionalSubnetIds.apply((tiers) => (tiers[REPLICA_SET_TIER] ?? []).slice(0, 3)),
    };
}
