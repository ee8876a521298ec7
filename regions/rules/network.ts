import { parseCidr } from "../../components/cidrPlan";
import { parseImageReference } from "../../components/imageReference";
import { NatGatewayStrategy } from "../../components/vpc3Tier/args";
import { overlapping, vpcBlock, VPC_BLOCK_FORM, zoneProblems } from "../catalogue";
import { check, checkEach, checkOneOf, type RuleContext } from "./rule";

/** A security group has room for this many blocks beside the rules that every tier has. */
const EGRESS_BLOCKS_MAX = 56;

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
    check(
        context,
        "internetEgressCidrBlocks",
        (value) => value.length <= EGRESS_BLOCKS_MAX,
        `at most ${EGRESS_BLOCKS_MAX} blocks, which is what a security group has room for`,
    );
    checkEach(
        context,
        "interfaceEndpoints",
        (item) => /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*$/.test(item) && !["s3", "dynamodb"].includes(item),
        "the end of a service name, such as ecr.api for com.amazonaws.<region>.ecr.api; s3 and dynamodb have " +
            "gateway endpoints in any case",
    );
    imageRules(context);
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
            problems.addLine(
                `${problems.fileKey("availabilityZones")} in Pulumi.${problems.stack}.yaml ${problem}`,
                "or an empty list for the catalogue's zones",
            );
        }
    }
    if (cidrBlock === "") {
        return;
    }
    const block = vpcBlock(cidrBlock);
    if (!problems.check(block !== undefined, "cidrBlock", cidrBlock, `${VPC_BLOCK_FORM}, or nothing`)) {
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
