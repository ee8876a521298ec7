import { stackRule } from "../../framework";
import { inputOf } from "../../framework/items";
import { matchesAny } from "../../framework/patterns";
import { type Member, type StackView } from "../../framework/stackView";
import { flag, object, text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";

interface Config {
    readonly environmentTag: string;
    readonly environments: readonly string[];
    readonly natGatewaysPerVpc: number;
    readonly scheduleTag: string;
    readonly scheduled: readonly string[];
}

const NAT = "aws:ec2/natGateway:NatGateway";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";

// Types with a standby in another zone, and whether they have one.
const STANDBYS: Readonly<Record<string, (member: Member) => string | undefined>> = {
    "aws:rds/instance:Instance": (member) =>
        flag(inputOf(member, "multiAz")) === true ? "multiAz true" : undefined,
    "aws:elasticache/replicationGroup:ReplicationGroup": (member) =>
        flag(inputOf(member, "multiAzEnabled")) === true ? "multiAzEnabled true" : undefined,
    "aws:opensearch/domain:Domain": (member) =>
        flag(object(inputOf(member, "clusterConfig")).multiAzWithStandbyEnabled) === true
            ? "clusterConfig.multiAzWithStandbyEnabled true"
            : undefined,
};

export const rule = stackRule<Config>({
    id: "non-production-economical",
    severity: "low",
    description:
        "Environments that no customer sees have one NAT gateway, no standbys, and rest by a schedule.",
    fix: "Use one NAT gateway for each VPC, leave out standbys, and tag what runs with the schedule that stops it.",
    frameworks: { controls: ["P29"] },
    level: "advisory",
    config: {
        environmentTag: {
            type: "string",
            default: "environment",
            description: "The tag that says which environment a resource belongs to.",
        },
        environments: {
            type: "array",
            items: { type: "string" },
            default: ["dev*", "test*", "sandbox*", "qa*", "preview*"],
            description:
                "The environments that are judged, as patterns. Staging is like production, and is not.",
        },
        natGatewaysPerVpc: {
            type: "integer",
            minimum: 0,
            default: 1,
            description: "Most NAT gateways of a VPC.",
        },
        scheduleTag: {
            type: "string",
            default: "schedule",
            description: "The tag that says when a resource is stopped.",
        },
        scheduled: {
            type: "array",
            items: { type: "string" },
            default: [
                "aws:autoscaling/group:Group",
                "aws:docdb/cluster:Cluster",
                "aws:ec2/instance:Instance",
                "aws:rds/cluster:Cluster",
                "aws:rds/instance:Instance",
            ],
            description: "Types of resources that can be stopped, and must have the tag.",
        },
    },
    checkStack: (stack, report, config) => {
        const isJudged = (member: Member): boolean =>
            matchesAny(config.environments, tagOf(member, config.environmentTag) ?? "");
        const gateways = new Map<string, Member[]>();
        stack.each(stack.ofType(NAT), (gateway) => {
            if (isJudged(gateway)) {
                const vpc = vpcOf(stack, gateway);
                gateways.set(vpc, [...(gateways.get(vpc) ?? []), gateway]);
            }
        });
        for (const together of gateways.values()) {
            const [first] = together;
            if (together.length > config.natGatewaysPerVpc && first !== undefined) {
                const which =
                    together.length === 1 ? "a NAT gateway" : `one of ${together.length} NAT gateways`;
                report(`is ${which} of its VPC, and ${config.natGatewaysPerVpc} is the most.`, first);
            }
        }
        stack.each(stack.ofType(...Object.keys(STANDBYS)), (member) => {
            const standby = isJudged(member) ? STANDBYS[member.type]?.(member) : undefined;
            if (standby !== undefined) {
                report(`has ${standby}, which doubles its price.`, member);
            }
        });
        stack.each(stack.ofType(...config.scheduled), (member) => {
            if (isJudged(member) && tagOf(member, config.scheduleTag) === undefined) {
                report(`has no tag ${config.scheduleTag}, and runs at night.`, member);
            }
        });
    },
});

/** What tells a gateway's VPC from others. */
function vpcOf(stack: StackView, gateway: Member): string {
    const [subnet] = stack.referencesOf(gateway, "subnetId", SUBNET);
    const [vpc] =
        subnet === undefined
            ? stack.referencesOf(gateway, "vpcId", VPC)
            : stack.referencesOf(subnet, "vpcId", VPC);
    return vpc?.urn ?? text(gateway.props.vpcId) ?? "";
}
