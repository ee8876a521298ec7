/** Which subnets `awsx.ec2.Vpc` makes and where: its arithmetic and its refusals, without any resource. */
import {
    blockSize,
    blocksOverlap,
    type CidrBlock,
    formatCidr,
    networkOf,
} from "../../../components/shared/cidrBlock";
import { type Properties } from "../types";
import { type PlannedSubnet, type SubnetSpec, type SubnetType } from "./subnets";
import { placeLegacy, resolvedLegacy } from "./legacyLayout";
import { address, blockAfter, lastOf, readBlock } from "./netmask";

/** What the layout is made from. */
export interface LayoutRequest {
    readonly vpcName: string;
    readonly cidrBlock: string;
    readonly zones: readonly string[];
    readonly strategy: string;
    readonly specs: readonly SubnetSpec[] | undefined;
    readonly zoneMask: number | undefined;
    readonly natStrategy: string;
    readonly natAllocationIds: readonly string[];
}

/** The subnets, and the specs as they were understood. */
export interface Layout {
    readonly subnets: readonly PlannedSubnet[];
    /** The output `subnetLayout`. */
    readonly resolved: readonly Properties[];
}

const STRATEGIES = ["Auto", "Exact", "Legacy"];
const BIGGEST_ZONE = 26;

/** Bits that it takes to number so many things. */
function bitsFor(count: number): number {
    return count === 0 ? 0 : Math.ceil(Math.log2(count));
}

function defaultSpecs(zoneBits: number): SubnetSpec[] {
    if (zoneBits > BIGGEST_ZONE) {
        throw new Error(
            `Automatic subnet creation requires a VPC with at least /26 available per AZ, but only /${zoneBits} is available.`,
        );
    }
    const bits = Math.max(zoneBits, 16);
    return [
        { type: "Private", cidrMask: bits + 1 },
        { type: "Public", cidrMask: bits + 2 },
    ];
}

function checkExplicit(specs: readonly SubnetSpec[], zones: number): string[] {
    return specs.flatMap((spec, index) => {
        if (spec.cidrBlocks === undefined) {
            return ["If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks."];
        }
        if (spec.cidrBlocks.length !== zones) {
            return [
                `The number of CIDR blocks in subnetSpecs[${index}] must match the number of availability zones (${zones}).`,
            ];
        }
        const blocks = spec.cidrBlocks.map(readBlock);
        if (spec.cidrMask !== undefined && blocks.some((block) => block.prefix !== spec.cidrMask)) {
            return [`The cidrMask in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`];
        }
        if (spec.size !== undefined && blocks.some((block) => blockSize(block) !== spec.size)) {
            return [`The size in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`];
        }
        return [];
    });
}

function checkSizes(specs: readonly SubnetSpec[]): string[] {
    return specs.flatMap((spec) => {
        if (spec.size === undefined) {
            return [];
        }
        if (!Number.isInteger(Math.log2(spec.size)) || spec.size < 4) {
            return [
                `The following subnet sizes are invalid: ${spec.size}. Valid sizes are powers of two from 4.`,
            ];
        }
        if (spec.cidrMask !== undefined && 2 ** (32 - spec.cidrMask) !== spec.size) {
            const expected = 2 ** (32 - spec.cidrMask);
            return [
                `Subnet size ${spec.size} does not match the expected size for a /${spec.cidrMask} subnet (${expected}).`,
            ];
        }
        return [];
    });
}

function normalise(specs: readonly SubnetSpec[], zones: number): { explicit: boolean; specs: SubnetSpec[] } {
    const explicit = specs.some((spec) => spec.cidrBlocks !== undefined);
    const issues = [...checkSizes(specs), ...(explicit ? checkExplicit(specs, zones) : [])];
    if (issues.length > 0) {
        throw new Error(`Invalid subnet specifications:\n - ${issues.join("\n - ")}`);
    }
    if (explicit) {
        return { explicit, specs: [...specs] };
    }
    return {
        explicit,
        specs: specs.map((spec) => {
            const cidrMask =
                spec.cidrMask ?? (spec.size === undefined ? undefined : 32 - Math.log2(spec.size));
            return cidrMask === undefined ? spec : { ...spec, cidrMask, size: 2 ** (32 - cidrMask) };
        }),
    };
}

function planned(
    request: LayoutRequest,
    spec: SubnetSpec,
    specIndex: number,
    zoneIndex: number,
    block: string,
): PlannedSubnet {
    return {
        cidrBlock: block,
        type: spec.type,
        zone: request.zones[zoneIndex] ?? "",
        zoneIndex,
        specIndex,
        name: `${request.vpcName}-${spec.name ?? spec.type.toLowerCase()}-${zoneIndex + 1}`,
        spec,
    };
}

function placeExplicit(request: LayoutRequest, specs: readonly SubnetSpec[]): PlannedSubnet[] {
    return request.zones.flatMap((_, zoneIndex) =>
        specs.map((spec, index) =>
            planned(request, spec, index, zoneIndex, spec.cidrBlocks?.[zoneIndex] ?? ""),
        ),
    );
}

function placeByMask(request: LayoutRequest, given: readonly SubnetSpec[] | undefined): PlannedSubnet[] {
    const { base, prefix } = readBlock(request.cidrBlock);
    const sizeOf = (bits: number): number => blockSize({ base, prefix: bits });
    const zoneBits = request.zoneMask ?? prefix + bitsFor(request.zones.length);
    const specs = given ?? defaultSpecs(zoneBits);
    if (specs.length === 0) {
        throw new Error("No subnets specified");
    }
    const defaultBits = zoneBits + bitsFor(specs.length);
    const zoneSize = sizeOf(zoneBits);
    const needed = specs.reduce((sum, spec) => sum + sizeOf(spec.cidrMask ?? defaultBits), 0);
    if (needed > zoneSize) {
        throw new Error(
            `Subnets are too large for VPC. VPC has ${zoneSize} addresses, but subnets require ${needed} addresses.`,
        );
    }
    const result: PlannedSubnet[] = [];
    let zone = networkOf({ base, prefix: zoneBits });
    request.zones.forEach((_, zoneIndex) => {
        let block: CidrBlock | undefined;
        specs.forEach((spec, index) => {
            const bits = spec.cidrMask ?? defaultBits;
            block = block === undefined ? networkOf({ ...zone, prefix: bits }) : blockAfter(block, bits);
            result.push(planned(request, spec, index, zoneIndex, formatCidr(block)));
        });
        zone = blockAfter(zone, zoneBits);
    });
    return result;
}

function checkOverlap(subnets: readonly PlannedSubnet[]): void {
    const placed = subnets.map((subnet) => ({ subnet, block: readBlock(subnet.cidrBlock) }));
    const overlapping = placed.filter((one) =>
        placed.some((other) => other !== one && blocksOverlap(one.block, other.block)),
    );
    if (overlapping.length > 0) {
        const lines = overlapping.map(
            ({ subnet }, index) => `${index + 1}. ${subnet.name}: ${subnet.cidrBlock}`,
        );
        throw new Error(
            `The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the size of the subnets per AZ, or use less Availability Zones:\n\n${lines.join("\n")}\n`,
        );
    }
}

function checkNoGaps(cidrBlock: string, subnets: readonly PlannedSubnet[]): void {
    const vpc = readBlock(cidrBlock);
    const gaps: string[] = [];
    let previous: PlannedSubnet | undefined;
    for (const subnet of subnets) {
        const { base } = readBlock(subnet.cidrBlock);
        if (previous === undefined) {
            if (base !== vpc.base) {
                gaps.push(
                    `${subnet.name} (${subnet.cidrBlock}) does not start at the beginning of the VPC (${cidrBlock})`,
                );
            }
        } else if (base !== lastOf(readBlock(previous.cidrBlock)) + 1) {
            gaps.push(`${previous.name} (${previous.cidrBlock}) <=> ${subnet.name} (${subnet.cidrBlock})`);
        }
        previous = subnet;
    }
    if (previous !== undefined) {
        const [last, end] = [lastOf(readBlock(previous.cidrBlock)), lastOf(vpc)];
        if (last !== end) {
            gaps.push(`${previous.name} (ending ${address(last)}) ends before VPC ends (at ${address(end)})`);
        }
    }
    if (gaps.length > 0) {
        throw new Error(
            `There are gaps in the subnet ranges. Please fix the following gaps: ${gaps.join(", ")}`,
        );
    }
}

function checkNat(request: LayoutRequest, subnets: readonly PlannedSubnet[]): void {
    const given = request.natAllocationIds.length;
    const strategy = request.natStrategy;
    if (strategy === "None") {
        if (given > 0) {
            throw new Error(
                "Elastic IP allocation IDs cannot be specified when NAT Gateway strategy is 'None'.",
            );
        }
        return;
    }
    if (strategy === "Single" && given > 1) {
        throw new Error("Exactly one Elastic IP may be specified when NAT Gateway strategy is 'Single'.");
    }
    if (strategy === "OnePerAz" && given > 0 && given !== request.zones.length) {
        throw new Error(
            `The number of Elastic IPs, if specified, must match the number of availability zones for the VPC (${request.zones.length}) when NAT Gateway strategy is 'OnePerAz'`,
        );
    }
    if (strategy !== "Single" && strategy !== "OnePerAz") {
        throw new Error(`Unknown NatGatewayStrategy '${strategy}'`);
    }
    const has = (type: SubnetType) => subnets.some((subnet) => subnet.type === type);
    if (!has("Public") || !has("Private")) {
        throw new Error(
            "If NAT Gateway strategy is 'OnePerAz' or 'Single', both private and public subnets must be declared. The private subnet creates the need for a NAT Gateway, and the public subnet is required to host the NAT Gateway resource.",
        );
    }
}

function resolve(spec: SubnetSpec): Properties {
    const { type, name, cidrMask, size, cidrBlocks } = spec;
    return Object.fromEntries(
        Object.entries({ type, name, cidrMask, size, cidrBlocks }).filter(([, value]) => value !== undefined),
    );
}

/** Lays out the subnets, or says why the plugin would not. */
export function layOut(request: LayoutRequest): Layout {
    if (!STRATEGIES.includes(request.strategy)) {
        throw new Error(
            `subnetStrategy is ${JSON.stringify(request.strategy)}; allowed: ${STRATEGIES.join(", ")}`,
        );
    }
    const normal = request.specs === undefined ? undefined : normalise(request.specs, request.zones.length);
    // Without specs there is nothing that "Exact" could hold to.
    const legacy = request.strategy === "Legacy" || (normal === undefined && request.strategy === "Exact");
    const subnets = legacy
        ? placeLegacy({ ...request, specs: normal?.specs })
        : normal?.explicit === true
          ? placeExplicit(request, normal.specs)
          : placeByMask(request, normal?.specs);
    checkOverlap(subnets);
    if (request.strategy === "Exact") {
        checkNoGaps(request.cidrBlock, subnets);
    }
    checkNat(request, subnets);
    if (legacy) {
        return { subnets, resolved: resolvedLegacy(subnets, request.zones.length) };
    }
    const specs =
        normal?.specs ?? subnets.filter((subnet) => subnet.zoneIndex === 0).map((subnet) => subnet.spec);
    return { subnets, resolved: specs.map(resolve) };
}

const RANK: Readonly<Record<SubnetType, number>> = { Public: 0, Private: 1, Isolated: 2, Unused: 3 };

/** The subnets in the order in which the plugin makes them: zone by zone, public ones first. */
export function inOrderOfCreation(subnets: readonly PlannedSubnet[]): PlannedSubnet[] {
    return subnets
        .filter((subnet) => subnet.type !== "Unused")
        .sort(
            (a, b) => a.zoneIndex - b.zoneIndex || RANK[a.type] - RANK[b.type] || a.specIndex - b.specIndex,
        );
}
