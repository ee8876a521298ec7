import type * as pulumi from "@pulumi/pulumi";

import { type RegionalFoundation } from "../../components/operations";
import { type NetworkWithStores, networkWithStores } from "../shared/network";
import { type StoreSettings } from "./settings";

/** The port of the relational database; not 5432, which is what whoever scans a network tries first. */
export const DATABASE_PORT = 5433;

/** The network, with caches and search in the tier of stores. */
export type StoreNetwork = NetworkWithStores;

/** Makes the network: CloudFront alone comes in. */
export function createNetwork(
    settings: StoreSettings,
    foundation: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): StoreNetwork {
    return networkWithStores("store-vpc", settings, foundation, DATABASE_PORT, opts);
}
