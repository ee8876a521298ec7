/** What laying out subnets needs of IPv4 and IPv6 blocks, beside the arithmetic of the network's own plan. */
import {
    blockSize,
    type CidrBlock,
    formatCidr,
    networkOf,
    parseCidr,
} from "../../../components/shared/cidrBlock";

/** Reads `10.0.0.0/16`. The address may lie anywhere in the block. */
export function readBlock(text: string): CidrBlock {
    const block = parseCidr(text);
    if (block === undefined) {
        throw new Error(`Invalid net address: ${text}`);
    }
    return networkOf(block);
}

/** The last address, as a number. */
export function lastOf(block: CidrBlock): number {
    return block.base + blockSize(block) - 1;
}

/** The block with that prefix that comes first after this one. */
export function blockAfter(block: CidrBlock, prefix: number): CidrBlock {
    const { base } = networkOf({ base: lastOf(block), prefix });
    return { base: base + blockSize({ base, prefix }), prefix };
}

/** Writes an address out. */
export function address(value: number): string {
    return formatCidr({ base: value, prefix: 32 }).replace("/32", "");
}

/**
 * The /64 block with that number in a /56 block.
 *
 * @param block Such as `2600:1f16:abc:de00::/56`.
 */
export function ipv6Subnet(block: string, index: number): string {
    const groups = block.split("::")[0]?.split(":") ?? [];
    const fourth = Number.parseInt(groups[3] ?? "0", 16) + index;
    return `${groups.slice(0, 3).join(":")}:${fourth.toString(16)}::/64`;
}
