import type * as pulumi from "@pulumi/pulumi";
import { Vpc3Tier } from "../../components/network";
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
            flowLogRetentionDays: config.logRetentionDays,
            kmsKeyArn: key.keyArn,
        },
        opts,
    );
}
