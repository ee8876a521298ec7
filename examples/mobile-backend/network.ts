import type * as pulumi from "@pulumi/pulumi";

import { TierType } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { type StackNetwork, stackNetwork } from "../shared/network";
import { type BackendSettings } from "./settings";

/** The tier of DAX, which has no way out. */
const STORES = "stores";

/** The network, and where in it DAX stands. */
export interface BackendNetwork extends StackNetwork {
    readonly storeSubnetIds: pulumi.Output<string[]>;
}

/** Makes the network, which there is for DAX alone: without it the function needs none. */
export function createNetwork(
    settings: BackendSettings,
    foundation: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): BackendNetwork | undefined {
    if (settings.daxNodes === 0) {
        return undefined;
    }
    const network = stackNetwork(
        "mobile-vpc",
        settings,
        foundation,
        // No database stands in the data tier; its group lets nobody in.
        { databasePort: 5432, additionalTiers: [{ name: STORES, type: TierType.Isolated }] },
        opts,
    );
    return {
        ...network,
        storeSubnetIds: network.tiers.additionalSubnetIds.apply((subnets) => subnets[STORES] ?? []),
    };
}
