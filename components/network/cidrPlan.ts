import { blockSize, formatCidr, readCidr } from "../shared/cidrBlock";

/**
 * Equal parts that a VPC's block is cut into, one per tier. The plan depends on this number and never on how
 * many tiers there are, so that a new tier takes a part that was free.
 */
export const TIER_SLOTS = 8;

/**
 * Equal parts that a tier's slot is cut into, one per availability zone: as many as a VPC may use, so that a
 * new zone takes a part that was free.
 */
export const ZONES_PER_TIER = 4;

/** The slots of the four tiers that every VPC has. The rest are for additional tiers. */
export const TIER_SLOT = { edge: 0, web: 1, api: 2, data: 3 } as const;

/** The first slot that an additional tier may take. */
export const FIRST_FREE_SLOT = 4;

/** The shortest prefix of a VPC's block that AWS takes. Source: Amazon VPC User Guide, "VPC CIDR blocks". */
export const VPC_PREFIX_MIN = 16;

/**
 * The longest prefix of a VPC's block that leaves every subnet room: cut into 8 tiers and 4 zones it gives
 * /25 subnets, of whose 128 addresses AWS keeps 5 and a balancer wants 8 free to scale into.
 */
export const VPC_PREFIX_MAX = 20;

const SLOT_BITS = Math.log2(TIER_SLOTS);
const SUBNET_BITS = SLOT_BITS + Math.log2(ZONES_PER_TIER);

/**
 * The subnets' blocks of one tier, one per availability zone.
 *
 * A block depends on the VPC's block, the tier's slot and the zone's position alone. So neither another tier
 * nor another zone ever changes it.
 *
 * @param vpcCidrBlock The VPC's block, /16 to /20, with its host bits zero.
 * @param slot The tier's slot, from 0 to 7.
 * @param zones How many availability zones are in use, from 1 to 4.
 */
export function tierCidrBlocks(vpcCidrBlock: string, slot: number, zones: number): string[] {
    if (!(Number.isInteger(slot) && slot >= 0 && slot < TIER_SLOTS)) {
        throw new RangeError(`slot is ${slot}; allowed: an integer from 0 to ${TIER_SLOTS - 1}`);
    }
    if (!(Number.isInteger(zones) && zones >= 1 && zones <= ZONES_PER_TIER)) {
        throw new RangeError(`zones is ${zones}; allowed: an integer from 1 to ${ZONES_PER_TIER}`);
    }
    const vpc = readCidr(vpcCidrBlock);
    const prefix = vpc.prefix + SUBNET_BITS;
    return Array.from({ length: zones }, (_, zone) => {
        const position = slot * ZONES_PER_TIER + zone;
        return formatCidr({ base: vpc.base + position * blockSize({ base: 0, prefix }), prefix });
    });
}

/**
 * The whole of a tier's slot, in which its subnets are whatever zones there are or will be.
 *
 * @param vpcCidrBlock The VPC's block, /16 to /20, with its host bits zero.
 * @param slot The tier's slot, from 0 to 7.
 */
export function tierCidrBlock(vpcCidrBlock: string, slot: number): string {
    const [first = ""] = tierCidrBlocks(vpcCidrBlock, slot, 1);
    return formatCidr({ base: readCidr(first).base, prefix: readCidr(vpcCidrBlock).prefix + SLOT_BITS });
}
