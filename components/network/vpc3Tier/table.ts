import {
    accountId,
    allOf,
    alsoWhere,
    atMost,
    byDefault,
    flag,
    input,
    isCount,
    isGiven,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    number,
    numberOf,
    object,
    once,
    oneOf,
    port,
    region,
    required,
    tags,
    text,
    textOf,
    textWhere,
    unless,
} from "../../shared/argumentRules";
import {
    type ArgumentTable,
    type Given,
    type Judge,
    type Place,
    type Refusal,
} from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { type AdditionalTier, NatGatewayStrategy, TierType, type Vpc3TierArgs } from "./args";
import {
    blocksOverlap,
    formatCidr,
    isNetwork,
    isPrivateBlock,
    networkOf,
    parseCidr,
} from "../../shared/cidrBlock";
import {
    FIRST_FREE_SLOT,
    TIER_SLOT,
    TIER_SLOTS,
    VPC_PREFIX_MAX,
    VPC_PREFIX_MIN,
    ZONES_PER_TIER,
} from "../cidrPlan";
import { parseIpv6Cidr } from "./ipv6Plan";
import { GATEWAY_SERVICES, isServiceName } from "./interfaceEndpoint";
import { DEFAULT_EXPOSURE, DEFAULT_PORTS, slotAt } from "./settings";
import { isRegion, isZoneOf } from "../../shared/validation";

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
 * Blocks of clients that the network ACL before the database has room for: 20 rules in each direction (Amazon VPC User
 * Guide, "Amazon VPC quotas"), less one for each of four zones and the two by which AWS refuses the rest.
 */
export const CLIENT_BLOCKS_MAX = 14;

/** Tiers that the plan has room for beside the four that every VPC has. */
const ADDITIONAL_TIERS_MAX = TIER_SLOTS - FIRST_FREE_SLOT;

const IPV4_BLOCK = "an IPv4 block, such as 10.20.0.0/16";

/** A VPC's own block, for which the plan of its subnets has several conditions. */
function vpcBlock(value: unknown): readonly Refusal[] {
    const block = parseCidr(String(value));
    if (block === undefined) {
        return [{ allowed: IPV4_BLOCK }];
    }
    const network = networkOf(block);
    const refusedUnless = (holds: boolean, allowed: string, remedy: string): Refusal[] =>
        holds ? [] : [{ allowed, remedy }];
    return [
        ...refusedUnless(
            block.prefix >= VPC_PREFIX_MIN && block.prefix <= VPC_PREFIX_MAX,
            `a prefix from /${VPC_PREFIX_MIN} to /${VPC_PREFIX_MAX}`,
            "AWS takes no larger VPC, and in a smaller one a balancer has no room to scale",
        ),
        ...refusedUnless(
            formatCidr(network) === value,
            "a block whose host bits are zero",
            `Write ${formatCidr(network)}`,
        ),
        ...refusedUnless(
            isPrivateBlock(network),
            "a block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
            "Other addresses belong to somebody on the internet, who would be out of reach from the VPC",
        ),
    ];
}

const EACH_ONCE = "each value once";

/** Blocks that instances may call. */
function egressBlocks(family: string, accepts: (block: string) => boolean, kind: string) {
    return list(
        once(textWhere(accepts, `an ${family} block whose host bits are zero`, { kind }), EACH_ONCE),
        `a list of ${family} blocks`,
        atMost(
            EGRESS_BLOCKS_MAX,
            `at most ${EGRESS_BLOCKS_MAX} blocks, because a security group takes 60 rules`,
        ),
    );
}

const BLOCK_KIND = "a block, such as 10.20.0.0/16";

/** The rule of IPv4 blocks that something may call on port 443. */
export function internetEgressBlocks() {
    return egressBlocks("IPv4", isNetwork, BLOCK_KIND);
}

const PRIVATE_BLOCK = "an IPv4 block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 whose host bits are zero";

function isPrivateNetwork(text: string): boolean {
    const block = parseCidr(text);
    return block !== undefined && isNetwork(text) && isPrivateBlock(block);
}

/** Blocks that a peering connection or the like joins to the VPC. */
function outsideBlocks(judge: Judge) {
    return list(
        once(
            alsoWhere(
                (block, args) => {
                    const [inner, own] = [parseCidr(String(block)), parseCidr(textOf(args.cidrBlock))];
                    return inner === undefined || own === undefined || !blocksOverlap(inner, own);
                },
                "a block that shares no address with the VPC's own",
                textWhere(isPrivateNetwork, PRIVATE_BLOCK, { kind: BLOCK_KIND }),
            ),
            EACH_ONCE,
        ),
        "a list of IPv4 blocks",
        judge,
    );
}

/** The additional tiers before the one that the value is a property of. */
function tiersBefore({ outer }: Place): readonly (Given | undefined)[] {
    return (outer?.before ?? []).map((tier) =>
        typeof tier === "object" && tier !== null ? (tier as Given) : undefined,
    );
}

/** A tier that names no slot has its position's; that the list has room for it is said of the list. */
const ownSlot: Judge = (slot, _, place) => {
    const number = Number(slot);
    const isInPlan = Number.isInteger(number) && number >= FIRST_FREE_SLOT && number < TIER_SLOTS;
    const taken = tiersBefore(place).map((tier, index): unknown => tier?.slot ?? slotAt(index));
    return [
        ...(isInPlan || !isGiven(place.within.slot)
            ? []
            : [{ allowed: `an integer from ${FIRST_FREE_SLOT} to ${TIER_SLOTS - 1}` }]),
        ...(taken.includes(slot)
            ? [{ allowed: "each slot once", remedy: "Give every additional tier a slot" }]
            : []),
    ];
};

const ADDITIONAL_TIER: ArgumentTable<AdditionalTier> = {
    name: required(
        text(
            "a text",
            allOf(
                unless(
                    (name) =>
                        /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/.test(String(name)) &&
                        !Object.hasOwn(TIER_SLOT, String(name)),
                    `1 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last, and none of ${Object.keys(TIER_SLOT).join(", ")}`,
                ),
                unless(
                    (name, _, place) => !tiersBefore(place).some((tier) => tier?.name === name),
                    "each name once",
                ),
            ),
        ),
    ),
    type: required(oneOf(TierType)),
    slot: {
        ...number("an integer from 4 to 7", ownSlot),
        otherwise: ({ outer }) => slotAt(outer?.before.length ?? 0),
    },
};

const PORT = port("an integer from 1 to 65535");

const portOf = (args: Given, name: keyof typeof DEFAULT_PORTS): number =>
    numberOf(args[name], DEFAULT_PORTS[name]);

const exposureOf = (args: Given): string => textOf(args.exposure, DEFAULT_EXPOSURE);

/** The rules of Vpc3Tier's arguments. */
export const VPC_ARGUMENTS: ArgumentTable<Vpc3TierArgs> = {
    region: required(region()),
    accountId: required(input(accountId("an AWS account id of 12 digits"))),
    cidrBlock: required(text(IPV4_BLOCK, vpcBlock)),
    availabilityZones: required(
        list(
            once(
                textWhere(
                    // Where the region is wrong, which zones are right cannot be said.
                    (zone, args) => !isRegion(textOf(args.region)) || isZoneOf(textOf(args.region), zone),
                    (args) => `a zone of ${textOf(args.region)}, such as ${textOf(args.region)}a`,
                    { kind: "a zone of the region", remedy: "Name zones of the region, or change region" },
                ),
                "each zone once",
            ),
            `${ZONES_MIN} to ${ZONES_PER_TIER} zones`,
            unless(
                (zones) => isCount(zones, ZONES_MIN, ZONES_PER_TIER),
                `${ZONES_MIN} to ${ZONES_PER_TIER} zones`,
            ),
        ),
    ),
    natGateways: oneOf(NatGatewayStrategy),
    egressOnlyIpv6: flag(),
    exposure: oneOf(Exposure),
    internalClientCidrBlocks: leftOutWhile(
        (args) => args.exposure !== Exposure.Internal,
        (args) => ({
            allowed: `nothing while exposure is ${exposureOf(args)}`,
            remedy: "Remove them, or set exposure to Internal",
        }),
        list(
            once(textWhere(isPrivateNetwork, PRIVATE_BLOCK, { kind: BLOCK_KIND }), EACH_ONCE),
            "a list of IPv4 blocks",
            unless(
                (blocks) => isCount(blocks, 1, INTERNAL_BLOCKS_MAX),
                `1 to ${INTERNAL_BLOCKS_MAX} blocks, because a security group takes 60 rules and a block has two`,
            ),
        ),
    ),
    webPort: PORT,
    apiPort: PORT,
    databasePort: byDefault(
        DEFAULT_PORTS.databasePort,
        alsoWhere(
            (given, args) => given !== portOf(args, "webPort") && given !== portOf(args, "apiPort"),
            "another port than webPort and apiPort",
            PORT,
        ),
    ),
    databaseClientCidrBlocks: outsideBlocks(
        atMost(
            CLIENT_BLOCKS_MAX,
            `at most ${CLIENT_BLOCKS_MAX} blocks, because a network ACL takes 20 rules`,
        ),
    ),
    remoteDatabaseCidrBlocks: outsideBlocks((blocks, args) => {
        const others = args.internetEgressCidrBlocks;
        const room = EGRESS_BLOCKS_MAX - (Array.isArray(others) ? others.length : 1);
        return isCount(blocks, 0, room)
            ? undefined
            : {
                  shown: (blocks as readonly unknown[]).length,
                  allowed: `at most ${room} blocks beside internetEgressCidrBlocks, because a security group takes 60 rules`,
              };
    }),
    internetEgressCidrBlocks: internetEgressBlocks(),
    internetEgressIpv6CidrBlocks: egressBlocks(
        "IPv6",
        (block) => parseIpv6Cidr(block) !== undefined,
        "a block, such as 2001:db8::/32",
    ),
    interfaceEndpoints: list(
        once(
            alsoWhere(
                (service) => !GATEWAY_SERVICES.includes(String(service)),
                "a service other than s3 and dynamodb",
                textWhere(
                    isServiceName,
                    "the end of a service's name, such as ecr.api for com.amazonaws.eu-central-1.ecr.api",
                    { kind: "the end of a service's name, such as ecr.api" },
                ),
                { remedy: "Leave it out: these two have gateway endpoints, which cost nothing" },
            ),
            EACH_ONCE,
        ),
        "a list of services",
    ),
    flowLogRetentionDays: logRetention(),
    kmsKeyArn: input(keyArn()),
    additionalTiers: list(
        object(ADDITIONAL_TIER),
        "a list of tiers",
        atMost(ADDITIONAL_TIERS_MAX, `at most ${ADDITIONAL_TIERS_MAX} tiers`),
    ),
    tags: tags(),
};
