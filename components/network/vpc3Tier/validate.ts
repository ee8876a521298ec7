import { checkArguments } from "../../shared/argumentTable";
import {
    FIRST_FREE_SLOT,
    formatCidr,
    isNetwork,
    isPrivateBlock,
    networkOf,
    parseCidr,
    TIER_SLOT,
    TIER_SLOTS,
    VPC_PREFIX_MAX,
    VPC_PREFIX_MIN,
    ZONES_PER_TIER,
} from "../cidrPlan";
import { Exposure } from "../../shared/exposure";
import { parseIpv6Cidr } from "../ipv6Plan";
import { checkNameLength } from "../../shared/names";
import { checkLogRetention, isPort, isZoneOf, Problems } from "../../shared/validation";
import { type AdditionalTier, type Vpc3TierArgs } from "./args";
import { GATEWAY_SERVICES, isServiceName } from "./interfaceEndpoint";
import { type Settings, withDefaults } from "./settings";
import { VPC_ARGUMENTS } from "./table";

/** Fewer zones than this are no protection against losing one. */
const ZONES_MIN = 2;

/**
 * Blocks that a tier's security group has room for: 60 rules in each direction, counted for IPv4 and IPv6 apart
 * (Amazon VPC User Guide, "Amazon VPC quotas"), less the four for the next tier, the endpoints, S3 and DynamoDB,
 * which count as both.
 */
export const EGRESS_BLOCKS_MAX = 56;

/** Blocks of internal clients that the edge's group has room for: two rules each, one per port. */
const INTERNAL_BLOCKS_MAX = 30;

/**
 * Checks the arguments of a Vpc3Tier.
 *
 * @returns The arguments without null, which counts as left out.
 * @throws pulumi.InputPropertiesError that names every problem.
 */
export function validate(name: string, given: Vpc3TierArgs): Vpc3TierArgs {
    const problems = new Problems("meridian:index:Vpc3Tier", name);
    checkName(problems, problems.name);
    const args = checkArguments(problems, given, VPC_ARGUMENTS);
    const settings = withDefaults(args);
    checkPlace(problems, args);
    checkCidrBlock(problems, args.cidrBlock);
    checkInternalClients(problems, args, settings);
    checkPorts(problems, settings);
    checkEgress(problems, args);
    checkInterfaceEndpoints(problems, settings.interfaceEndpoints);
    checkLogRetention(problems, "flowLogRetentionDays", settings.flowLogRetentionDays);
    checkAdditionalTiers(problems, args.additionalTiers ?? []);
    problems.throwIfAny();
    return args;
}

function checkName(problems: Problems, name: string): void {
    problems.check(
        /^(?!sg-|sg$)[A-Za-z][A-Za-z0-9-]*$/.test(name),
        "name",
        name,
        "letters, digits and hyphens, a letter first, and not sg, which EC2 keeps for the ids of security groups",
    );
    checkNameLength(problems, "name", `${name}-flow-log-role`, "aws:iam/role:Role");
}

function checkPlace(problems: Problems, args: Vpc3TierArgs): void {
    const { region, availabilityZones: zones } = args;
    problems.check(
        zones.length >= ZONES_MIN && zones.length <= ZONES_PER_TIER,
        "availabilityZones",
        zones,
        `${ZONES_MIN} to ${ZONES_PER_TIER} zones`,
    );
    zones.forEach((zone, index) => {
        const path = `availabilityZones[${index}]`;
        if (zones.indexOf(zone) < index) {
            problems.add(path, zone, "each zone once");
        } else if (!problems.isRefused("region")) {
            problems.check(
                isZoneOf(region, zone),
                path,
                zone,
                `a zone of ${region}, such as ${region}a`,
                "Name zones of the region, or change region",
            );
        }
    });
}

function checkCidrBlock(problems: Problems, text: string): void {
    const block = parseCidr(text);
    if (block === undefined) {
        problems.add("cidrBlock", text, "an IPv4 block, such as 10.20.0.0/16");
        return;
    }
    problems.check(
        block.prefix >= VPC_PREFIX_MIN && block.prefix <= VPC_PREFIX_MAX,
        "cidrBlock",
        text,
        `a prefix from /${VPC_PREFIX_MIN} to /${VPC_PREFIX_MAX}`,
        "AWS takes no larger VPC, and in a smaller one a balancer has no room to scale",
    );
    const network = networkOf(block);
    problems.check(
        formatCidr(network) === text,
        "cidrBlock",
        text,
        "a block whose host bits are zero",
        `Write ${formatCidr(network)}`,
    );
    problems.check(
        isPrivateBlock(network),
        "cidrBlock",
        text,
        "a block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        "Other addresses belong to somebody on the internet, who would be out of reach from the VPC",
    );
}

function checkInternalClients(problems: Problems, args: Vpc3TierArgs, { exposure }: Settings): void {
    const path = "internalClientCidrBlocks";
    const blocks = args.internalClientCidrBlocks;
    if (blocks === undefined) {
        return;
    }
    problems.check(
        exposure === Exposure.Internal,
        path,
        blocks,
        `nothing while exposure is ${exposure}`,
        "Remove them, or set exposure to Internal",
    );
    problems.check(
        blocks.length >= 1 && blocks.length <= INTERNAL_BLOCKS_MAX,
        path,
        blocks,
        `1 to ${INTERNAL_BLOCKS_MAX} blocks, because a security group takes 60 rules and a block has two`,
    );
    checkEach(
        problems,
        path,
        blocks,
        (block) => isNetwork(block) && isPrivateNetwork(block),
        "an IPv4 block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 whose host bits are zero",
    );
}

function isPrivateNetwork(text: string): boolean {
    const block = parseCidr(text);
    return block !== undefined && isPrivateBlock(block);
}

function checkPorts(problems: Problems, settings: Settings): void {
    const { webPort, apiPort, databasePort } = settings;
    for (const [path, port] of Object.entries({ webPort, apiPort, databasePort })) {
        problems.check(isPort(port), path, port, "an integer from 1 to 65535");
    }
    problems.check(
        databasePort !== webPort && databasePort !== apiPort,
        "databasePort",
        databasePort,
        "another port than webPort and apiPort",
    );
}

function checkEgress(problems: Problems, args: Vpc3TierArgs): void {
    checkBlocks(problems, "internetEgressCidrBlocks", args.internetEgressCidrBlocks, isNetwork, "IPv4");
    checkBlocks(
        problems,
        "internetEgressIpv6CidrBlocks",
        args.internetEgressIpv6CidrBlocks,
        isIpv6Network,
        "IPv6",
    );
}

function checkBlocks(
    problems: Problems,
    path: string,
    blocks: readonly string[] = [],
    accepts: (text: string) => boolean,
    family: string,
): void {
    checkEach(problems, path, blocks, accepts, `an ${family} block whose host bits are zero`);
    problems.check(
        blocks.length <= EGRESS_BLOCKS_MAX,
        path,
        blocks.length,
        `at most ${EGRESS_BLOCKS_MAX} blocks, because a security group takes 60 rules`,
    );
}

function isIpv6Network(text: string): boolean {
    return parseIpv6Cidr(text) !== undefined;
}

function checkInterfaceEndpoints(problems: Problems, services: readonly string[]): void {
    checkEach(
        problems,
        "interfaceEndpoints",
        services,
        isServiceName,
        "the end of a service's name, such as ecr.api for com.amazonaws.eu-central-1.ecr.api",
    );
    services.forEach((service, index) => {
        problems.check(
            !GATEWAY_SERVICES.includes(service),
            `interfaceEndpoints[${index}]`,
            service,
            "a service other than s3 and dynamodb",
            "Leave it out: these two have gateway endpoints, which cost nothing",
        );
    });
}

function checkAdditionalTiers(problems: Problems, tiers: AdditionalTier[]): void {
    const room = TIER_SLOTS - FIRST_FREE_SLOT;
    problems.check(tiers.length <= room, "additionalTiers", tiers.length, `at most ${room} tiers`);
    const slots = tiers.map((tier, index) => tier.slot ?? FIRST_FREE_SLOT + index);
    tiers.forEach((tier, index) => {
        const path = `additionalTiers[${index}]`;
        problems.check(
            /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/.test(tier.name) && !Object.hasOwn(TIER_SLOT, tier.name),
            `${path}.name`,
            tier.name,
            `1 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last, and none of ${Object.keys(TIER_SLOT).join(", ")}`,
        );
        if (tiers.findIndex((other) => other.name === tier.name) < index) {
            problems.add(`${path}.name`, tier.name, "each name once");
        }
        const slot = slots[index];
        // Without a slot of its own, a fifth tier is one too many and nothing else.
        if (tier.slot !== undefined) {
            problems.check(
                Number.isInteger(tier.slot) && tier.slot >= FIRST_FREE_SLOT && tier.slot < TIER_SLOTS,
                `${path}.slot`,
                tier.slot,
                `an integer from ${FIRST_FREE_SLOT} to ${TIER_SLOTS - 1}`,
            );
        }
        if (slots.findIndex((other) => other === slot) < index) {
            problems.add(`${path}.slot`, slot, "each slot once", "Give every additional tier a slot");
        }
    });
}

function checkEach(
    problems: Problems,
    path: string,
    values: readonly string[],
    isValid: (value: string) => boolean,
    allowed: string,
): void {
    values.forEach((value, index) => {
        if (values.indexOf(value) < index) {
            problems.add(`${path}[${index}]`, value, "each value once");
        } else {
            problems.check(isValid(value), `${path}[${index}]`, value, allowed);
        }
    });
}
