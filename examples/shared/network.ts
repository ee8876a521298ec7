import type * as pulumi from "@pulumi/pulumi";

import { type AdditionalTier, TierType, Vpc3Tier } from "../../components/network";
import { type RegionalFoundation } from "../../components/operations";
import { Exposure } from "../../components/shared/exposure";
import { type Settings } from "./settings";

/** What a system's network is beside what the settings say. */
export interface NetworkShape {
    /** The port of the database in the isolated data tier. */
    readonly databasePort: number;
    /** Tiers beside edge, web, api and data. */
    readonly additionalTiers: AdditionalTier[];
}

/** A network, and the group of AWS's own endpoints in it, which take the place of their public addresses. */
export interface StackNetwork {
    readonly tiers: Vpc3Tier;
    readonly endpointSecurityGroupId: pulumi.Output<string>;
}

/**
 * Makes a stack's network, with endpoints for what tasks and instances need of AWS. Where it has no internet-facing
 * balancer of its own, CloudFront alone comes in.
 */
export function stackNetwork(
    name: string,
    settings: Settings,
    { kmsKeyArn }: RegionalFoundation,
    { databasePort, additionalTiers }: NetworkShape,
    opts: pulumi.ComponentResourceOptions,
): StackNetwork {
    const tiers = new Vpc3Tier(
        name,
        {
            region: settings.region,
            accountId: settings.accountId,
            cidrBlock: settings.cidrBlock,
            availabilityZones: settings.availabilityZones,
            exposure: Exposure.CloudFront,
            databasePort,
            interfaceEndpoints: ["ec2", "ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages"],
            additionalTiers,
            flowLogRetentionDays: settings.logRetentionDays,
            kmsKeyArn,
        },
        opts,
    );
    return { tiers, endpointSecurityGroupId: tiers.endpointSecurityGroupId as pulumi.Output<string> };
}

/** The tier of caches and search: without a way out, and apart from the relational database's. */
const STORES = "stores";

/** A network with a tier for what keeps data beside a relational database. */
export interface NetworkWithStores extends StackNetwork {
    readonly storeSubnetIds: pulumi.Output<string[]>;
}

/** Makes a stack's network with such a tier. */
export function networkWithStores(
    name: string,
    settings: Settings,
    foundation: RegionalFoundation,
    databasePort: number,
    opts: pulumi.ComponentResourceOptions,
): NetworkWithStores {
    const additionalTiers = [{ name: STORES, type: TierType.Isolated }];
    const network = stackNetwork(name, settings, foundation, { databasePort, additionalTiers }, opts);
    return {
        ...network,
        storeSubnetIds: network.tiers.additionalSubnetIds.apply((subnets) => subnets[STORES] ?? []),
    };
}
