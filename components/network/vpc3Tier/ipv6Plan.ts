import { TIER_SLOTS, ZONES_PER_TIER } from "../cidrPlan";

/** Groups of 16 bits in an IPv6 address. */
const GROUPS = 8;

/** Reads an IPv6 block; undefined when the text is none or has host bits set. */
export function parseIpv6Cidr(text: string): { groups: number[]; prefix: number } | undefined {
    const match = /^([0-9a-fA-F:]+)\/(\d{1,3})$/.exec(text);
    const groups = parseAddress(match?.[1] ?? "");
    const prefix = Number(match?.[2]);
    if (groups === undefined || prefix > 128 || hasHostBits(groups, prefix)) {
        return undefined;
    }
    return { groups, prefix };
}

/**
 * The /64 of one subnet in the VPC's /56.
 *
 * It follows the IPv4 plan: the tier's slot and the zone's position decide alone, so that neither another tier
 * nor another zone renumbers a subnet.
 *
 * @param within Any block of the VPC's /56: the /56 itself or one of its /64.
 * @param slot The tier's slot, from 0 to 7.
 * @param zone The zone's position, from 0 to 3.
 */
export function subnetIpv6Block(within: string, slot: number, zone: number): string {
    const block = parseIpv6Cidr(within);
    if (block === undefined || (block.prefix !== 56 && block.prefix !== 64)) {
        throw new RangeError(`"${within}" is no IPv6 block of a VPC; allowed: a /56 or one of its /64`);
    }
    const position = slot * ZONES_PER_TIER + zone;
    if (!(Number.isInteger(position) && position >= 0 && position < TIER_SLOTS * ZONES_PER_TIER)) {
        throw new RangeError(`slot ${slot} and zone ${zone} are outside the plan`);
    }
    const [first = 0, second = 0, third = 0, fourth = 0] = block.groups;
    // The /56 ends in the middle of the fourth group; its lower 8 bits number the /64s.
    const groups = [first, second, third, (fourth & 0xff00) | position];
    while (groups.at(-1) === 0) {
        groups.pop();
    }
    return `${groups.map((group) => group.toString(16)).join(":")}::/64`;
}

function parseAddress(text: string): number[] | undefined {
    const halves = text.split("::");
    if (halves.length > 2) {
        return undefined;
    }
    const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
    const missing = GROUPS - head.length - tail.length;
    // "::" stands for at least one group; without it all eight are there.
    if (halves.length === 2 ? missing < 1 : missing !== 0) {
        return undefined;
    }
    const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
    return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
        ? groups.map((group) => Number.parseInt(group, 16))
        : undefined;
}

function hasHostBits(groups: number[], prefix: number): boolean {
    return groups.some((group, index) => {
        const kept = Math.min(16, Math.max(0, prefix - index * 16));
        return (group & (0xffff >>> kept)) !== 0;
    });
}
