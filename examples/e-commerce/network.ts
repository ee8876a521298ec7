import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { type NetworkWithStores, networkWithStores } from "../shared/network";
import { type ShopSettings } from "./settings";

/** The port of the relational database; not 5432, which is what whoever scans a network tries first. */
export const DATABASE_PORT = 5433;

/** The network, with DAX in the tier of stores. */
export interface ShopNetwork extends NetworkWithStores {
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
    const network = networkWithStores("commerce-vpc", settings, foundation, DATABASE_PORT, opts);
    const { tiers } = network;
    return {
        ...network,
        databaseGroup: ownSecurityGroup(
            "commerce-db",
            { region: settings.region, vpcId: tiers.vpcId, description: "Database of the shop" },
            tiers,
        ),
    };
}
