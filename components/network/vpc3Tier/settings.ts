import { FIRST_FREE_SLOT, TIER_SLOT } from "../cidrPlan";
import { Exposure } from "../../shared/exposure";
import { NatGatewayStrategy, TierType, type Vpc3TierArgs } from "./args";

/** One tier of subnets, placed in the CIDR plan. */
export interface Tier {
    readonly name: string;
    readonly slot: number;
    readonly type: TierType;
}

/** The arguments of a Vpc3Tier with what was left out filled in. */
export interface Settings {
    readonly natGateways: NatGatewayStrategy;
    readonly egressOnlyIpv6: boolean;
    readonly exposure: Exposure;
    /** Who may open connections to an internal edge. */
    readonly internalClients: readonly string[];
    readonly webPort: number;
    readonly apiPort: number;
    readonly databasePort: number;
    /** Who may open connections to the database from outside of the VPC. */
    readonly databaseClients: readonly string[];
    /** Where api may open connections to a database outside of the VPC. */
    readonly remoteDatabases: readonly string[];
    /** What web and api may call over IPv4; empty when there is no way to it. */
    readonly egressIpv4: readonly string[];
    /** What web and api may call over IPv6; empty when there is no way to it. */
    readonly egressIpv6: readonly string[];
    readonly interfaceEndpoints: readonly string[];
    readonly flowLogRetentionDays: number;
    readonly tiers: readonly Tier[];
}

/**
 * The interface endpoints without which an instance in a subnet with no NAT gateway cannot start its container:
 * its image (ecr), its configuration (ssm, secretsmanager, kms), its credentials (sts), its management without
 * SSH (ssm, ssmmessages), its logs, metrics and traces (logs, monitoring, xray, ec2 for the agent's tags), and
 * its place in the group (autoscaling, for life-cycle hooks).
 */
export const ENDPOINTS_WITHOUT_NAT: readonly string[] = [
    "autoscaling",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "kms",
    "logs",
    "monitoring",
    "secretsmanager",
    "ssm",
    "ssmmessages",
    "sts",
    "xray",
];

/** The ports where nothing is said. */
export const DEFAULT_PORTS = { webPort: 8443, apiPort: 8443, databasePort: 5432 } as const;

/** Who may open connections to the edge where nothing is said. */
export const DEFAULT_EXPOSURE = Exposure.CloudFront;

/** The slot of an additional tier that names none, by its position in the list. */
export function slotAt(position: number): number {
    return FIRST_FREE_SLOT + position;
}

/** Fills in what was left out. */
export function withDefaults(args: Vpc3TierArgs): Settings {
    const natGateways = args.natGateways ?? NatGatewayStrategy.OnePerAz;
    const hasNat = natGateways !== NatGatewayStrategy.None;
    const egressOnlyIpv6 = args.egressOnlyIpv6 ?? false;
    return {
        natGateways,
        egressOnlyIpv6,
        exposure: args.exposure ?? DEFAULT_EXPOSURE,
        internalClients: args.internalClientCidrBlocks ?? [args.cidrBlock],
        webPort: args.webPort ?? DEFAULT_PORTS.webPort,
        apiPort: args.apiPort ?? DEFAULT_PORTS.apiPort,
        databasePort: args.databasePort ?? DEFAULT_PORTS.databasePort,
        databaseClients: args.databaseClientCidrBlocks ?? [],
        remoteDatabases: args.remoteDatabaseCidrBlocks ?? [],
        egressIpv4: hasNat ? (args.internetEgressCidrBlocks ?? ["0.0.0.0/0"]) : [],
        egressIpv6: egressOnlyIpv6 ? (args.internetEgressIpv6CidrBlocks ?? ["::/0"]) : [],
        interfaceEndpoints: args.interfaceEndpoints ?? (hasNat ? [] : ENDPOINTS_WITHOUT_NAT),
        flowLogRetentionDays: args.flowLogRetentionDays ?? 365,
        tiers: tiersOf(args, hasNat),
    };
}

function tiersOf(args: Vpc3TierArgs, hasNat: boolean): Tier[] {
    const compute = hasNat ? TierType.Private : TierType.Isolated;
    const additional = (args.additionalTiers ?? []).map((tier, index) => ({
        name: tier.name,
        slot: tier.slot ?? slotAt(index),
        // awsx calls a subnet private when a NAT gateway is its way out.
        type: tier.type === TierType.Private ? compute : tier.type,
    }));
    return [
        { name: "edge", slot: TIER_SLOT.edge, type: TierType.Public },
        { name: "web", slot: TIER_SLOT.web, type: compute },
        { name: "api", slot: TIER_SLOT.api, type: compute },
        { name: "data", slot: TIER_SLOT.data, type: TierType.Isolated },
        ...additional,
    ];
}
