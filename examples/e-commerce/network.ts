import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup, TierType } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { type StackNetwork, stackNetwork } from "../shared/network";
import { type ShopSettings } from "./settings";

/** The port of the relational database; not 5432, which is what whoever scans a network tries first. */
export const DATABASE_PORT = 5433;

/** The tier of DAX: without a way out, and apart from the relational database's. */
const STORES = "stores";

/** The network, and where in it what is not in a tier of its own stands. */
export interface ShopNetwork extends StackNetwork {
    readonly storeSubnetIds: pulumi.Output<string[]>;
    /** The group that the database's instances wear. */
    readonly databaseGroup: aws.ec2.SecurityGroup;
}

/** Makes the network: balancers for CloudFront in public subnets, everything else in private ones. */
export function createNetwork(
    settings: ShopSettings,
    foundation: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): ShopNetwork {
    // The tiers' own security groups stay unworn: each part of the shop has one of its own.
    const network = stackNetwork(
        "commerce-vpc",
        settings,
        foundation,
        { databasePort: DATABASE_PORT, additionalTiers: [{ name: STORES, type: TierType.Isolated }] },
        opts,
    );
    const { tiers } = network;
    return {
        ...network,
        storeSubnetIds: tiers.additionalSubnetIds.apply((subnets) => subnets[STORES] ?? []),
        databaseGroup: ownSecurityGroup(
            "commerce-db",
            { region: settings.region, vpcId: tiers.vpcId, description: "Database of the shop" },
            tiers,
        ),
    };
}
