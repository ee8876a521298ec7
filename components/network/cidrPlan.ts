/** An IPv4 block in numbers: its first address and the length of its prefix. */
export interface CidrBlock {
    /** First address as an unsigned 32-bit number. */
    readonly base: number;
    /** Length of the prefix in bits, from 0 to 32. */
    readonly prefix: number;
}

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

// RFC 1918.
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => readCidr(range));

/** Reads an IPv4 block such as `10.20.0.0/16`; undefined when the text is none. Host bits may be set. */
export function parseCidr(text: string): CidrBlock | undefined {
    const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
    if (match === null) {
        return undefined;
    }
    const digits = match.slice(1);
    // A leading zero is octal to some readers and decimal to others, so AWS takes neither.
    const numbers = digits.map((part) => (/^0\d/.test(part) ? NaN : Number(part)));
    const prefix = numbers.pop() ?? NaN;
    if (!(prefix <= 32) || !numbers.every((octet) => octet <= 255)) {
        return undefined;
    }
    return { base: numbers.reduce((address, octet) => address * 256 + octet, 0), prefix };
}

/** Writes a block the way that AWS does. */
export function formatCidr({ base, prefix }: CidrBlock): string {
    const octets = [24, 16, 8, 0].map((shift) => (base >>> shift) & 255);
    return `${octets.join(".")}/${prefix}`;
}

/** How many addresses a block has. */
export function blockSize({ prefix }: CidrBlock): number {
    return 2 ** (32 - prefix);
}

/** The block that the address is in: the same prefix with all host bits zero. */
export function networkOf(block: CidrBlock): CidrBlock {
    return { base: block.base - (block.base % blockSize(block)), prefix: block.prefix };
}

/** Whether the text is an IPv4 block as AWS writes it: with its host bits zero. */
export function isNetwork(text: string): boolean {
    const block = parseCidr(text);
    return block !== undefined && formatCidr(networkOf(block)) === text;
}

/** Whether every address of `inner` is in `outer`. */
export function containsBlock(outer: CidrBlock, inner: CidrBlock): boolean {
    return (
        inner.prefix >= outer.prefix &&
        inner.base >= outer.base &&
        inner.base + blockSize(inner) <= outer.base + blockSize(outer)
    );
}

/** Whether the two blocks share an address. */
export function blocksOverlap(one: CidrBlock, other: CidrBlock): boolean {
    return one.base < other.base + blockSize(other) && other.base < one.base + blockSize(one);
}

/** Whether the whole block is for private use (RFC 1918). */
export function isPrivateBlock(block: CidrBlock): boolean {
    return PRIVATE_RANGES.some((range) => containsBlock(range, block));
}

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

function readCidr(text: string): CidrBlock {
    const block = parseCidr(text);
    if (block === undefined) {
        throw new RangeError(
            `"${text}" is no IPv4 block; allowed: four numbers and a prefix, such as 10.20.0.0/16`,
        );
    }
    return block;
}
