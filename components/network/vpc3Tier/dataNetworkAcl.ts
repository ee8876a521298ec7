import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { TIER_SLOT, tierCidrBlocks } from "../cidrPlan";
import { type Vpc3TierArgs } from "./args";
import { type Settings } from "./settings";
import { type Network } from "./network";
import { mergeTags } from "../../shared/tags";

/** Where the numbers of the rules begin, and the step that leaves room for rules in between. */
const RULE_STEP = 100;

/**
 * Ports that an answer may go to: network ACLs keep no state, and a client's port is anything above the
 * well-known ones. Source: Amazon VPC User Guide, "Ephemeral ports".
 */
const EPHEMERAL_PORTS = { fromPort: 1024, toPort: 65535 };

/**
 * Closes the data subnets to everything but the database's port, and that to everyone but the api subnets and the
 * clients that are named: a second lock that holds even where a security group was opened by mistake.
 */
export function createDataNetworkAcl(
    name: string,
    args: Vpc3TierArgs,
    settings: Settings,
    network: Network,
    parent: pulumi.Resource,
): aws.ec2.NetworkAcl {
    const { databasePort } = settings;
    const clients = [
        ...tierCidrBlocks(args.cidrBlock, TIER_SLOT.api, args.availabilityZones.length),
        ...settings.databaseClients,
    ];
    const rule = (cidrBlock: string, position: number) => ({
        ruleNo: (position + 1) * RULE_STEP,
        action: "allow",
        protocol: "tcp",
        cidrBlock,
    });
    return new aws.ec2.NetworkAcl(
        `${name}-data-acl`,
        {
            vpcId: network.vpcId,
            subnetIds: network.subnetIds("data"),
            ingress: clients.map((block, position) => ({
                ...rule(block, position),
                fromPort: databasePort,
                toPort: databasePort,
            })),
            egress: clients.map((block, position) => ({ ...rule(block, position), ...EPHEMERAL_PORTS })),
            tags: mergeTags({ Name: `${name}-data`, tier: "data" }, args.tags),
        },
        { parent },
    );
}
