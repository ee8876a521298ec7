import type * as pulumi from "@pulumi/pulumi";

import { type AdditionalTier, Vpc3Tier } from "../../components/network";
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
