/** Networks, what connects them, and names. */
import { inputOf } from "../../../../framework/items";
import { type Member, type StackView } from "../../../../framework/stackView";
import { flag, list, number, text } from "../../../../framework/subject";
import { ifKnown } from "../../../../framework/unknowns";
import { type Bill } from "../bill";
import { hourly, type Meters, monthly } from "./meter";

const VPC = "AmazonVPC";
const DATA = "AWSDataTransfer";
const ROUTE53 = "AmazonRoute53";

function endpoint(bill: Bill, member: Member, stack: StackView): void {
    // AWS's default, Gateway, is free.
    const type = text(inputOf(member, "vpcEndpointType")) ?? "Gateway";
    if (type === "Gateway") {
        return;
    }
    if (type !== "Interface") {
        bill.gap(`${type} endpoint`, "fixed", "The table has interface endpoints alone.");
        return;
    }
    // A list that is unknown as a whole has as many elements as there are subnets to take them from.
    const zones =
        ifKnown(() => list(inputOf(member, "subnetIds")).length) ??
        stack.referencesOf(member, "subnetIds", "aws:ec2/subnet:Subnet").length;
    bill.hourly(VPC, "interface endpoint per AZ", Math.max(1, zones));
    bill.used(VPC, "interface endpoint data", "endpoint.gb");
}

/** Types of health checks that look at nothing outside of AWS. */
const WITHIN_AWS = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

function healthCheck(bill: Bill, member: Member): void {
    const type = text(inputOf(member, "type")) ?? "";
    const where = WITHIN_AWS.includes(type) ? "AWS endpoint" : "other endpoint";
    bill.fixed(ROUTE53, `health check, ${where}`, 1);
    const options = [
        type.startsWith("HTTPS"),
        type.endsWith("STR_MATCH"),
        number(inputOf(member, "requestInterval")) === 10,
        flag(inputOf(member, "measureLatency")) === true,
    ].filter(Boolean).length;
    bill.fixed(ROUTE53, `health check option, ${where}`, options);
}

function zone(bill: Bill): void {
    bill.fixed(ROUTE53, "hosted zone", 1);
    bill.used(ROUTE53, "standard queries", "route53.queries");
    bill.used(ROUTE53, "latency queries", "route53.latencyQueries");
}

/** What leaves a zone is paid for, and what arrives in another one. */
const BOTH_WAYS = 2;

export const networkMeters: Meters = {
    "aws:ec2/eip:Eip": hourly(VPC, "public IPv4 in use"),
    "aws:ec2/natGateway:NatGateway": (bill) => {
        bill.hourly(VPC, "NAT gateway");
        bill.used(VPC, "NAT gateway data processed", "nat.gb");
    },
    "aws:ec2/vpc:Vpc": (bill) => {
        bill.used(DATA, "out to internet", "vpc.gbToInternet");
        bill.used(DATA, "between AZs, each direction", "vpc.gbBetweenZones", { each: BOTH_WAYS });
        bill.used(DATA, "to other Regions", "vpc.gbToOtherRegions");
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": endpoint,
    "aws:ec2/vpnConnection:VpnConnection": hourly(VPC, "VPN connection"),
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": hourly(VPC, "transit gateway attachment"),
    "aws:globalaccelerator/accelerator:Accelerator": hourly("AWSGlobalAccelerator", "accelerator"),
    "aws:route53/healthCheck:HealthCheck": healthCheck,
    "aws:route53/resolverEndpoint:ResolverEndpoint": (bill, member) => {
        bill.hourly(ROUTE53, "Resolver endpoint ENI", list(inputOf(member, "ipAddresses")).length);
    },
    "aws:route53/zone:Zone": zone,
    "aws:acmpca/certificateAuthority:CertificateAuthority": monthly(
        "AWSCertificateManager",
        "private certificate authority",
    ),
};
