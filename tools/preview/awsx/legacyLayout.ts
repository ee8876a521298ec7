/** How awsx lays subnets out under its strategy `Legacy`, which is what it takes where a program names none. */
import { blocksOverlap, type CidrBlock, formatCidr, networkOf } from "../../../components/shared/cidrBlock";
import { type Properties } from "../types";
import { blockAfter, readBlock } from "./netmask";
import { type PlannedSubnet, type SubnetSpec, type SubnetType } from "./subnets";

/** What the layout is made from. */
export interface LegacyRequest {
    readonly vpcName: string;
    readonly cidrBlock: string;
    readonly zones: readonly string[];
    readonly specs: readonly SubnetSpec[] | undefined;
    readonly zoneMask: number | undefined;
}

/** The kinds in the order in which they get their blocks, and the smallest prefix that each takes by itself. */
const KINDS: readonly (readonly [SubnetType, number])[] = [
    ["Private", 19],
    ["Public", 20],
    ["Isolated", 24],
];

/** The n-th block of those into which a block is parted by further bits. Its host bits may stay set, as awsx has it. */
function part(block: CidrBlock, bits: number, n: number): CidrBlock {
    const prefix = block.prefix + bits;
    if (prefix > 32) {
        throw new Error(`Requested ${bits} new bits, but only ${32 - block.prefix} are available.`);
    }
    return { base: block.base + n * 2 ** (32 - prefix), prefix };
}

/** Lays out one zone's subnets, kind after kind. */
function placeInZone(request: LegacyRequest, zoneIndex: number, base: CidrBlock): PlannedSubnet[] {
    const { specs = [], zones, vpcName } = request;
    // A single subnet may have all of a small network.
    const ownBits = specs.length === 1 ? 0 : 1;
    const placed: PlannedSubnet[] = [];
    let last: CidrBlock | undefined;
    for (const [type, smallest] of KINDS) {
        // Each kind begins behind the one before it.
        const origin = last;
        const start = origin === undefined ? base : part(origin, 0, 1);
        const from = origin ?? base;
        specs
            .filter((spec) => spec.type === type)
            .forEach((spec, n) => {
                const mask = spec.cidrMask ?? Math.max(base.prefix + ownBits, smallest);
                let block = part(start, mask - from.prefix, n);
                if (last !== undefined && blocksOverlap(networkOf(last), networkOf(block))) {
                    block = blockAfter(networkOf(last), mask);
                }
                placed.push({
                    cidrBlock: formatCidr(block),
                    type,
                    zone: zones[zoneIndex] ?? "",
                    zoneIndex,
                    specIndex: placed.length,
                    name: `${vpcName}-${spec.name ?? type.toLowerCase()}-${zoneIndex + 1}`,
                    spec,
                });
                last = block;
            });
    }
    return placed;
}

/** Half of each zone for private subnets, and a quarter for public ones; all of the former come first. */
function placeDefaults({ vpcName, zones }: LegacyRequest, bases: readonly CidrBlock[]): PlannedSubnet[] {
    return KINDS.slice(0, 2).flatMap(([type], specIndex) =>
        bases.map((base, zoneIndex) => {
            const half = part(base, 1, 0);
            const block = type === "Private" ? half : part(part(half, 0, 1), 1, 0);
            return {
                cidrBlock: formatCidr(block),
                type,
                zone: zones[zoneIndex] ?? "",
                zoneIndex,
                specIndex,
                name: `${vpcName}-${type.toLowerCase()}-${zoneIndex + 1}`,
                spec: { type },
            };
        }),
    );
}

/** Lays out the subnets. */
export function placeLegacy(request: LegacyRequest): PlannedSubnet[] {
    const network = readBlock(request.cidrBlock);
    const bits =
        request.zoneMask === undefined
            ? Math.ceil(Math.log2(Math.max(request.zones.length, 1)))
            : request.zoneMask - network.prefix;
    const bases = request.zones.map((_, index) => part(network, bits, index));
    return request.specs === undefined
        ? placeDefaults(request, bases)
        : bases.flatMap((base, zoneIndex) => placeInZone(request, zoneIndex, base));
}

/** The blocks that lie free between two. */
function gap(one: CidrBlock, other: CidrBlock): CidrBlock[] {
    const [start, end] = one.base < other.base ? [one, other] : [other, one];
    const gaps: CidrBlock[] = [];
    let previous = start;
    let next = blockAfter(start, start.prefix);
    while (next.base < end.base) {
        for (;;) {
            const wider = networkOf({ base: next.base, prefix: next.prefix - 1 });
            if (next.prefix === 0 || blocksOverlap(wider, previous) || blocksOverlap(wider, end)) {
                break;
            }
            next = wider;
        }
        gaps.push(next);
        previous = next;
        next = blockAfter(next, next.prefix);
    }
    return gaps;
}

/**
 * The output `subnetLayout`: what as specs of the strategy `Auto` would give the first zone's subnets. awsx takes as many
 * from the beginning of its list as one zone has; without specs that list has all zones' private subnets first.
 */
export function resolvedLegacy(subnets: readonly PlannedSubnet[], zones: number): Properties[] {
    const resolved: Properties[] = [];
    let previous: CidrBlock | undefined;
    for (const { cidrBlock, type } of subnets.slice(0, subnets.length / Math.max(zones, 1))) {
        const block = readBlock(cidrBlock);
        const free = previous === undefined ? [] : gap(previous, block);
        resolved.push(...free.map(({ prefix }) => ({ type: "Unused", cidrMask: prefix })), {
            type,
            cidrMask: block.prefix,
        });
        previous = block;
    }
    return resolved;
}
