import { stackRule } from "../../framework";
import { eachKnown, eachObject, isGiven, isInput } from "../../framework/items";
import { type Member, type StackView } from "../../framework/stackView";
import { type Props, text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { DEFAULT_TABLE, subnetsOf, TABLE } from "../shared/routeTables";

interface Config {
    readonly tierTag: string;
    readonly privateTiers: readonly string[];
    readonly isolatedTiers: readonly string[];
}

const ROUTE = "aws:ec2/route:Route";
const TABLES = [TABLE, DEFAULT_TABLE];
const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";

// What a default route of a private tier may lead to. A carrier, transit or local gateway, or somebody's network
// interface, is another way out, and has to be justified.
const WAYS_OUT = ["natGatewayId", "egressOnlyGatewayId"];
const TARGETS = [
    "carrierGatewayId",
    "coreNetworkArn",
    "localGatewayId",
    "networkInterfaceId",
    "odbNetworkArn",
    "transitGatewayId",
    "vpcEndpointId",
    "vpcPeeringConnectionId",
];

export const rule = stackRule<Config>({
    id: "tier-routes",
    severity: "critical",
    description:
        "Subnets of the inner tiers have a default route through NAT alone, and those of the data tier none.",
    fix: "Point the route at a NAT gateway (IPv6: an egress-only gateway), or remove it from the data tier's route table.",
    frameworks: { controls: ["P24"] },
    config: {
        tierTag: {
            type: "string",
            default: "tier",
            description:
                "The tag that says which tier a subnet belongs to. Subnets without it are not judged.",
        },
        privateTiers: {
            type: "array",
            items: { type: "string" },
            default: ["web", "api"],
            description: "Tiers with a way out through NAT.",
        },
        isolatedTiers: {
            type: "array",
            items: { type: "string" },
            default: ["data"],
            description: "Tiers with no way out.",
        },
    },
    types: [ROUTE, ...TABLES],
    checkStack: (stack, report, config) => {
        stack.each(stack.ofType(ROUTE), (route) => {
            const tables = stack.referencesOf(route, "routeTableId", ...TABLES);
            const destination =
                text(route.props.destinationCidrBlock) ?? text(route.props.destinationIpv6CidrBlock);
            judge(stack, { route, props: route.props, tables, destination }, config, report);
        });
        stack.each(stack.ofType(...TABLES), (table) => {
            if (isInput(table, "routes")) {
                eachObject(table.props.routes, (props) => {
                    const destination = text(props.cidrBlock) ?? text(props.ipv6CidrBlock);
                    judge(stack, { route: table, props, tables: [table], destination }, config, report);
                });
            }
        });
    },
});

interface Way {
    /** The resource that has the route. */
    readonly route: Member;
    readonly props: Props;
    readonly tables: readonly Member[];
    readonly destination: string | undefined;
}

function judge(
    stack: StackView,
    way: Way,
    { tierTag, privateTiers, isolatedTiers }: Config,
    report: (reason: string, member: Member) => void,
): void {
    if (way.destination !== "0.0.0.0/0" && way.destination !== "::/0") {
        return;
    }
    const judged = new Set<string>();
    eachKnown(
        way.tables.flatMap((table) => subnetsOf(stack, table)),
        (subnet) => {
            const tier = tagOf(subnet, tierTag) ?? "";
            if (judged.has(tier)) {
                return;
            }
            judged.add(tier);
            if (isolatedTiers.includes(tier)) {
                report(
                    `leads ${way.destination} out of the tier "${tier}", which is to be isolated.`,
                    way.route,
                );
            } else if (privateTiers.includes(tier)) {
                const target = strangeTarget(stack, way);
                if (target !== undefined) {
                    report(
                        `leads ${way.destination} of the tier "${tier}" to ${target}, and NAT or an egress-only gateway is the only way out.`,
                        way.route,
                    );
                }
            }
        },
    );
}

/** What the route leads to, if it is neither a NAT gateway nor an egress-only one. */
function strangeTarget(stack: StackView, { route, props }: Way): string | undefined {
    // What a route leaves out, the provider fills in; not so inside the inline routes of a table.
    const leadsTo = (property: string): boolean =>
        props === route.props ? isInput(route, property) : isGiven(props, property);
    if (leadsTo("gatewayId")) {
        const toInternet =
            stack.referencesOf(route, "gatewayId", INTERNET_GATEWAY).length > 0 ||
            stack.referencesOf(route, "routes", INTERNET_GATEWAY).length > 0 ||
            text(props.gatewayId)?.startsWith("igw-") === true;
        return toInternet ? "an internet gateway" : `the gateway ${text(props.gatewayId) ?? ""}`;
    }
    const other = TARGETS.find(leadsTo);
    return other !== undefined && !WAYS_OUT.some(leadsTo) ? `what its ${other} names` : undefined;
}
