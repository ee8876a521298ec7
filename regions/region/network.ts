import type * as pulumi from "@pulumi/pulumi";
import { TIER_SLOT, tierCidrBlock, Vpc3Tier } from "../../components/network";
import { databaseClients } from "../catalogue";
import { Exposure } from "../../components/shared/exposure";
import { type RegionalConfig } from "../configTypes";
import { DATABASE_PORT } from "./database";
import { type Surroundings } from "./surroundings";

/** Makes the network: CloudFront alone comes in. */
export function createNetwork(
    config: RegionalConfig,
    { key }: Surroundings,
    opts: pulumi.ComponentResourceOptions,
): Vpc3Tier {
    return new Vpc3Tier(
        "shop-vpc",
        {
            region: config.entry.region,
            accountId: config.accountId,
            cidrBlock: config.network.cidrBlock,
            availabilityZones: [...config.network.availabilityZones],
            natGateways: config.network.natGateways,
            egressOnlyIpv6: config.network.egressOnlyIpv6,
            interfaceEndpoints: [...config.network.interfaceEndpoints],
            internetEgressCidrBlocks: [...config.network.internetEgressCidrBlocks],
            exposure: Exposure.CloudFront,
            databasePort: DATABASE_PORT,
            ...peersOf(config),
            flowLogRetentionDays: config.logRetentionDays,
            kmsKeyArn: key.keyArn,
        },
        opts,
    );
}

/** Who else comes to the database over a peering connection, or where it is beyond one. */
function peersOf({ catalogue, databaseRegion, entry }: RegionalConfig) {
    if (databaseRegion.key !== entry.key) {
        return { remoteDatabaseCidrBlocks: [tierCidrBlock(databaseRegion.cidrBlock, TIER_SLOT.data)] };
    }
    const clients = databaseClients(catalogue, entry);
    return clients.length === 0
        ? {}
        : {
              databaseClientCidrBlocks: clients.map(({ cidrBlock }) =>
                  tierCidrBlock(cidrBlock, TIER_SLOT.api),
              ),
          };
}
