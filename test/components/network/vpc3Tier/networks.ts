/** One Vpc3Tier in a program of its own, and ways to look at what it made. */
import { Vpc3Tier, type Vpc3TierArgs } from "../../../../components/network/vpc3Tier/vpc3Tier";
import {
    at,
    ofType,
    one,
    previewProgram,
    type ProgramPreview,
    type RegisteredResource,
    TEST_ACCOUNT,
    testProvider,
} from "../../../support/preview";

export const ZONES = ["eu-central-1a", "eu-central-1b"];

export const SUBNET = "aws:ec2/subnet:Subnet";
export const ROUTE = "aws:ec2/route:Route";
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** Previews a program with one Vpc3Tier, whose outputs are the program's. */
export async function preview(change: Partial<Vpc3TierArgs> = {}): Promise<ProgramPreview> {
    const args: Vpc3TierArgs = {
        region: "eu-central-1",
        accountId: TEST_ACCOUNT,
        cidrBlock: "10.20.0.0/16",
        availabilityZones: ZONES,
        ...change,
    };
    return previewProgram(() => {
        const vpc = new Vpc3Tier("shop-vpc", args, { providers: [testProvider()] });
        return {
            vpcId: vpc.vpcId,
            cidrBlock: vpc.cidrBlock,
            edgeSubnetIds: vpc.edgeSubnetIds,
            webSubnetIds: vpc.webSubnetIds,
            apiSubnetIds: vpc.apiSubnetIds,
            dataSubnetIds: vpc.dataSubnetIds,
            apiRouteTableIds: vpc.apiRouteTableIds,
            dataRouteTableIds: vpc.dataRouteTableIds,
            additionalSubnetIds: vpc.additionalSubnetIds,
            edgeSecurityGroupIds: vpc.edgeSecurityGroupIds,
            webSecurityGroupId: vpc.webSecurityGroupId,
            apiBalancerSecurityGroupId: vpc.apiBalancerSecurityGroupId,
            apiSecurityGroupId: vpc.apiSecurityGroupId,
            dataSecurityGroupId: vpc.dataSecurityGroupId,
            endpointSecurityGroupId: vpc.endpointSecurityGroupId,
            webPort: vpc.webPort,
            apiPort: vpc.apiPort,
            databasePort: vpc.databasePort,
            flowLogGroupName: vpc.flowLogGroupName,
        };
    });
}

/** One input of all resources of a type, by logical name without the component's. */
export function inputsByName(result: ProgramPreview, type: string, input: string): Record<string, unknown> {
    return Object.fromEntries(
        ofType(result, type).map((resource) => [
            resource.name.replace(/^shop-vpc-(?:network-)?/, ""),
            at(resource.inputs, input),
        ]),
    );
}

export function idsOfSubnets(result: ProgramPreview, tier: string, zones = ZONES.length): string[] {
    return Array.from(
        { length: zones },
        (_, zone) => one(result, SUBNET, `shop-vpc-network-${tier}-${zone + 1}`).id,
    );
}

export function idsOfRouteTables(result: ProgramPreview, ...tiers: string[]): string[] {
    return tiers.flatMap((tier) =>
        ZONES.map(
            (_, zone) =>
                one(result, "aws:ec2/routeTable:RouteTable", `shop-vpc-network-${tier}-${zone + 1}`).id,
        ),
    );
}

/** Every rule as one line: `group <- peer port` or `group -> peer port`. */
export function rules(result: ProgramPreview, type: typeof INGRESS | typeof EGRESS): string[] {
    const nameOfPeer = new Map<unknown, string>([
        ...ofType(result, GROUP).map((group) => [group.id, shortName(group)] as const),
        ...ofType(result, ENDPOINT).map(
            (endpoint) => [endpoint.outputs["prefixListId"], shortName(endpoint)] as const,
        ),
        ...result.invokes.map((invoke) => [invoke.result["id"], String(invoke.args["name"])] as const),
    ]);
    return ofType(result, type)
        .map(({ inputs }) => {
            const peers = ["referencedSecurityGroupId", "prefixListId", "cidrIpv4", "cidrIpv6"]
                .map((key) => inputs[key])
                .filter((peer) => peer !== undefined)
                .map((peer) => nameOfPeer.get(peer) ?? (peer as string));
            const ports = [inputs["fromPort"], inputs["toPort"]].map(String);
            const port = [...new Set(ports)].join("-");
            const group = nameOfPeer.get(inputs["securityGroupId"]) ?? "?";
            return `${group} ${type === INGRESS ? "<-" : "->"} ${peers.join("+")} ${String(inputs["ipProtocol"])}/${port}`;
        })
        .sort();
}

export function shortName(resource: RegisteredResource): string {
    return resource.name.replace(/^shop-vpc-/, "");
}
