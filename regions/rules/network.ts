import {
    EGRESS_BLOCKS_MAX,
    GATEWAY_SERVICES,
    isServiceName,
    NatGatewayStrategy,
} from "../../components/network";
import { formatCidr, isNetwork, networkOf, parseCidr } from "../../components/shared/cidrBlock";
import { parseImageReference } from "../../components/compute";
import {
    databaseClients,
    findRegion,
    meetsDocker,
    NOT_DOCKERS,
    overlapping,
    type RegionEntry,
    vpcBlock,
    VPC_BLOCK_FORM,
    zoneProblems,
} from "../catalogue";
import { ENDPOINT_SERVICES, isKnownService } from "../endpointServices";
import { nearest } from "../nearest";
import { check, checkEach, checkOneOf, type RuleContext } from "./rule";

const WITHOUT_NAT: string = NatGatewayStrategy.None;

/** The address plan, the zones, and the ways out. */
export function networkRules(context: RuleContext): void {
    placeRules(context);
    checkOneOf(context, "natGateways", Object.values(NatGatewayStrategy));
    checkEach(
        context,
        "internetEgressCidrBlocks",
        (item) => parseCidr(item) !== undefined,
        "an IPv4 block, such as 203.0.113.0/24",
    );
    hostBitsRule(context);
    // One is the database's, where that is in another region.
    const most = EGRESS_BLOCKS_MAX - (context.region?.databaseIn === undefined ? 0 : 1);
    check(
        context,
        "internetEgressCidrBlocks",
        (value) => value.length <= most,
        `at most ${most} blocks, which is what a security group has room for`,
    );
    checkEach(
        context,
        "interfaceEndpoints",
        (item) => isServiceName(item) && !GATEWAY_SERVICES.includes(item),
        "the end of a service name, such as ecr.api for com.amazonaws.<region>.ecr.api; s3 and dynamodb have " +
            "gateway endpoints in any case",
    );
    warnOfUnknownServices(context);
    imageRules(context);
}

/** EC2 refuses a rule for a block whose host bits are set. */
function hostBitsRule({ problems, values }: RuleContext): void {
    (values.internetEgressCidrBlocks ?? []).forEach((item, position) => {
        const block = parseCidr(item);
        if (block !== undefined && !isNetwork(item)) {
            const path = `internetEgressCidrBlocks[${position}]`;
            problems.add(
                path,
                item,
                "a block whose host bits are zero",
                `Write ${formatCidr(networkOf(block))}`,
            );
        }
    });
}

/** AWS adds services, so one that is not in the list may be there; a slip would fail half-way through an update. */
function warnOfUnknownServices({ problems, values }: RuleContext): void {
    for (const service of values.interfaceEndpoints ?? []) {
        if (isServiceName(service) && !GATEWAY_SERVICES.includes(service) && !isKnownService(service)) {
            const near = nearest(service, ENDPOINT_SERVICES);
            problems.warn(
                `${problems.subject("interfaceEndpoints")} has ${JSON.stringify(service)}, which is none of the services ` +
                    "that this program knows to have an interface endpoint" +
                    (near === undefined ? "" : `. Did you mean ${near}?`) +
                    " AWS refuses a service that it does not offer in the region: aws ec2 describe-vpc-endpoint-services",
            );
        }
    }
}

function placeRules(context: RuleContext): void {
    const { problems, catalogue, region } = context;
    const { availabilityZones: zones = [], cidrBlock = "" } = context.values;
    if (region === undefined) {
        const allowed = "nothing in the global stack's file, because it has no network";
        check(context, "availabilityZones", (value) => value.length === 0, allowed);
        check(context, "cidrBlock", (value) => value === "", allowed);
        return;
    }
    if (zones.length > 0) {
        for (const problem of zoneProblems(region.region, zones)) {
            problems.addOf(
                "availabilityZones",
                `${problems.subject("availabilityZones")} ${problem}; or an empty list for the catalogue's zones`,
            );
        }
    }
    memberZonesRule(context, region);
    peeringRules(context, region);
    if (cidrBlock === "") {
        return;
    }
    const block = vpcBlock(cidrBlock);
    if (!problems.check(block !== undefined, "cidrBlock", cidrBlock, `${VPC_BLOCK_FORM}, or nothing`)) {
        return;
    }
    if (block !== undefined && !problems.check(!meetsDocker(block), "cidrBlock", cidrBlock, NOT_DOCKERS)) {
        return;
    }
    const others = catalogue.filter((entry) => entry.key !== region.key);
    const taken = block === undefined ? undefined : overlapping(block, others);
    problems.check(
        taken === undefined,
        "cidrBlock",
        cidrBlock,
        `a block apart from ${taken?.key ?? ""}'s ${taken?.cidrBlock ?? ""} in regions/catalogue.ts`,
    );
}

/**
 * The global stack spreads a region's database instances over the catalogue's zones, in subnets that the region's stack
 * made. The founding region's stack spreads its own.
 */
function memberZonesRule({ catalogue, problems, values }: RuleContext, region: RegionEntry): void {
    const { availabilityZones: zones = [], foundingRegion = "" } = values;
    const missing = region.availabilityZones.filter((zone) => !zones.includes(zone));
    problems.check(
        zones.length === 0 ||
            missing.length === 0 ||
            findRegion(catalogue, foundingRegion)?.key === region.key,
        "availabilityZones",
        zones,
        `zones with ${missing.join(", ")} among them, which regions/catalogue.ts has: the database's instances would have ` +
            "no subnet there",
        "Change both, or give an empty list for the catalogue's zones",
    );
}

/**
 * What another region's network is told of this one's address plan stands in the catalogue, so a region that shares its
 * database, or uses another's, has the plan that stands there.
 */
function peeringRules(context: RuleContext, region: RegionEntry): void {
    const { catalogue } = context;
    const clients = databaseClients(catalogue, region).map(({ key }) => key);
    if (region.databaseIn === undefined && clients.length === 0) {
        return;
    }
    const because =
        region.databaseIn === undefined
            ? `${clients.join(", ")} use its database`
            : `it uses ${region.databaseIn}'s database`;
    check(
        context,
        "cidrBlock",
        (value) => value === "" || value === region.cidrBlock,
        `nothing, or the catalogue's ${region.cidrBlock}, because ${because} over a peering connection`,
        "Change the entry in regions/catalogue.ts",
    );
    check(
        context,
        "availabilityZones",
        (zones) => zones.length === 0 || zones.join() === region.availabilityZones.join(),
        `an empty list, or the catalogue's ${region.availabilityZones.join(", ")}, because ${because} over a peering ` +
            "connection",
        "Change the entry in regions/catalogue.ts",
    );
}

function imageRules(context: RuleContext): void {
    const { problems, region, values } = context;
    if (values.natGateways !== WITHOUT_NAT || region === undefined) {
        return;
    }
    for (const key of ["webImage", "apiImage"] as const) {
        check(
            context,
            key,
            (image) => parseImageReference(image)?.ecr?.region === region.region,
            `an image in this region's ECR, <account>.dkr.ecr.${region.region}.amazonaws.com/<repository>:<tag>, ` +
                `because ${problems.fileKey("natGateways")} is None`,
            "Push the image to ECR, or give the region NAT gateways",
        );
    }
}
