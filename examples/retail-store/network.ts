import type * as pulumi from "@pulumi/pulumi";

import { TierType, Vpc3Tier } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { Exposure } from "../../components/shared/exposure";
import { type StoreSettings } from "./settings";

/** The port of the relational database; not 5432, which is what whoever scans a network tries first. */
export const DATABASE_PORT = 5433;

/** The tier of caches and search: without a way out, and apart from the relational database's. */
const STORES = "stores";

/** The network, and where in it what is not in a tier of its own stands. */
export interface StoreNetwork {
    readonly tiers: Vpc3Tier;
    readonly storeSubnetIds: pulumi.Output<string[]>;
    /** The group of AWS's own endpoints in the network, which take the place of their public addresses. */
    readonly endpointSecurityGroupId: pulumi.Output<string>;
}

/** Makes the network: CloudFront alone comes in. */
export function createNetwork(
    settings: StoreSettings,
    { kmsKeyArn }: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): StoreNetwork {
    const tiers = new Vpc3Tier(
        "store-vpc",
        {
            region: settings.region,
            accountId: settings.accountId,
            cidrBlock: settings.cidrBlock,
            availabilityZones: settings.availabilityZones,
            exposure: Exposure.CloudFront,
            databasePort: DATABASE_PORT,
            interfaceEndpoints: ["ec2", "ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages"],
            additionalTiers: [{ name: STORES, type: TierType.Isolated }],
            flowLogRetentionDays: settings.logRetentionDays,
            kmsKeyArn,
        },
        opts,
    );
    return {
        tiers,
        storeSubnetIds: tiers.additionalSubnetIds.apply((subnets) => subnets[STORES] ?? []),
        endpointSecurityGroupId: tiers.endpointSecurityGroupId as pulumi.Output<string>,
    };
}
