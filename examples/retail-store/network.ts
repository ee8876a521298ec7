import type * as pulumi from "@pulumi/pulumi";

import { TierType } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { type StackNetwork, stackNetwork } from "../shared/network";
import { type StoreSettings } from "./settings";

/** The port of the relational database; not 5432, which is what whoever scans a network tries first. */
export const DATABASE_PORT = 5433;

/** The tier of caches and search: without a way out, and apart from the relational database's. */
const STORES = "stores";

/** The network, and where in it what is not in a tier of its own stands. */
export interface StoreNetwork extends StackNetwork {
    readonly storeSubnetIds: pulumi.Output<string[]>;
}

/** Makes the network: CloudFront alone comes in. */
export function createNetwork(
    settings: StoreSettings,
    foundation: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): StoreNetwork {
    const network = stackNetwork(
        "store-vpc",
        settings,
        foundation,
        { databasePort: DATABASE_PORT, additionalTiers: [{ name: STORES, type: TierType.Isolated }] },
        opts,
    );
    return {
        ...network,
        storeSubnetIds: network.tiers.additionalSubnetIds.apply((subnets) => subnets[STORES] ?? []),
    };
}
