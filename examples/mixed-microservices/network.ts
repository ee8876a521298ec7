import type * as pulumi from "@pulumi/pulumi";

import { NetworkPeering, type Vpc3Tier } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import {
    type NetworkWithStores,
    networkWithStores,
    type StackNetwork,
    stackNetwork,
} from "../shared/network";
import { type MixedSettings } from "./settings";

/** The port of the relational database; not 5432, which is what whoever scans a network tries first. */
export const DATABASE_PORT = 5433;

/** The networks: the one that all four entries share, and the one of the tools, joined to it. */
export interface MixedNetworks {
    /** With the cache in the tier of stores. */
    readonly main: NetworkWithStores;
    readonly tools: StackNetwork;
}

/** Makes both networks and joins them: private subnets of each reach private subnets of the other, where groups let them. */
export function createNetworks(
    settings: MixedSettings,
    foundation: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): MixedNetworks {
    const main = networkWithStores("mixed-vpc", settings, foundation, DATABASE_PORT, opts);
    const tools = stackNetwork(
        "mixed-tools-vpc",
        { ...settings, cidrBlock: settings.toolsCidrBlock },
        foundation,
        { databasePort: DATABASE_PORT, additionalTiers: [] },
        opts,
    );
    const { region, availabilityZones } = settings;
    const side = ({ tiers }: StackNetwork, cidrBlock: string) => ({
        region,
        cidrBlock,
        vpcId: tiers.vpcId,
        routeTableIds: byZone(availabilityZones, tiers),
    });
    new NetworkPeering(
        "mixed-peering",
        {
            requester: side(tools, settings.toolsCidrBlock),
            accepter: side(main, settings.cidrBlock),
            dnsResolution: true,
        },
        opts,
    );
    return { main, tools };
}

/** The route tables of the api subnets: of the balancer inside, and of whoever calls it. */
function byZone(
    zones: readonly string[],
    { apiRouteTableIds }: Vpc3Tier,
): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
        zones.map((zone, index) => [zone.slice(-1), apiRouteTableIds.apply((ids) => ids[index] ?? "")]),
    );
}
