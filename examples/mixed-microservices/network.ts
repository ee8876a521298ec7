import type * as pulumi from "@pulumi/pulumi";

import { NetworkPeering, TierType, type Vpc3Tier } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { type StackNetwork, stackNetwork } from "../shared/network";
import { type MixedSettings } from "./settings";

/** The port of the relational database; not 5432, which is what whoever scans a network tries first. */
export const DATABASE_PORT = 5433;

/** The tier of the cache: without a way out, and apart from the relational database's. */
const STORES = "stores";

/** The networks: the one that all four entries share, and the one of the tools, joined to it. */
export interface MixedNetworks {
    readonly main: StackNetwork & { readonly storeSubnetIds: pulumi.Output<string[]> };
    readonly tools: StackNetwork;
}

/** Makes both networks and joins them: private subnets of each reach private subnets of the other, where groups let them. */
export function createNetworks(
    settings: MixedSettings,
    foundation: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): MixedNetworks {
    const shape = { databasePort: DATABASE_PORT, additionalTiers: [] };
    const main = stackNetwork(
        "mixed-vpc",
        settings,
        foundation,
        { ...shape, additionalTiers: [{ name: STORES, type: TierType.Isolated }] },
        opts,
    );
    const tools = stackNetwork(
        "mixed-tools-vpc",
        { ...settings, cidrBlock: settings.toolsCidrBlock },
        foundation,
        shape,
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
    const storeSubnetIds = main.tiers.additionalSubnetIds.apply((subnets) => subnets[STORES] ?? []);
    return { main: { ...main, storeSubnetIds }, tools };
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
