import type * as pulumi from "@pulumi/pulumi";

import { type RegionalFoundation } from "../../components/operations";
import { type NetworkWithStores, networkWithStores } from "../shared/network";
import { type BackendSettings } from "./settings";

/** Makes the network, which there is for DAX alone: without it the function needs none. */
export function createNetwork(
    settings: BackendSettings,
    foundation: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): NetworkWithStores | undefined {
    // No database stands in the data tier; its group lets nobody in.
    return settings.daxNodes === 0
        ? undefined
        : networkWithStores("mobile-vpc", settings, foundation, 5432, opts);
}
