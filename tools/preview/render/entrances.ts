/** What of a resource can be reached from the internet, as far as its own inputs say. */
import { type Properties, type Step } from "../types";
import { nameOf } from "../urn";
import { isRecord } from "../values";
import { items, textOf } from "./inputs";

/** A way in from the internet. */
export interface Entrance {
    readonly text: string;
    /** Whether anybody may use it, with nothing before it that asks. */
    readonly open: boolean;
}

/** Names of managed prefix lists by id. */
type PrefixLists = ReadonlyMap<string, string>;

type Look = (inputs: Properties, name: string, lists: PrefixLists) => readonly Entrance[];

const EVERYBODY = ["0.0.0.0/0", "::/0"];

const LOOKS: Readonly<Record<string, Look>> = {
    "aws:lb/loadBalancer:LoadBalancer": balancer,
    "aws:alb/loadBalancer:LoadBalancer": balancer,
    "aws:cloudfront/distribution:Distribution": (inputs, name) => {
        const aliases = items(inputs["aliases"]).filter((alias) => typeof alias === "string");
        const open = textOf(inputs["webAclId"]) === undefined;
        const what = `distribution ${aliases.length === 0 ? name : aliases.join(" ")}`;
        return [{ text: open ? `${what} without a web ACL` : what, open }];
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (inputs, _, lists) => [
        ...from([inputs["cidrIpv4"], inputs["cidrIpv6"]], inputs),
        ...fromLists([inputs["prefixListId"]], inputs, lists),
    ],
    "aws:ec2/securityGroupRule:SecurityGroupRule": (inputs, _, lists) =>
        inputs["type"] === "ingress" ? inline(inputs, lists) : [],
    "aws:ec2/securityGroup:SecurityGroup": (inputs, _, lists) =>
        items(inputs["ingress"]).flatMap((rule) => (isRecord(rule) ? inline(rule, lists) : [])),
    "aws:ec2/subnet:Subnet": (inputs) =>
        where(inputs["mapPublicIpOnLaunch"] === true, "subnet that gives public addresses"),
    "aws:ec2/instance:Instance": (inputs, name) =>
        where(inputs["associatePublicIpAddress"] === true, `instance ${name} with a public address`),
    "aws:rds/instance:Instance": publicDatabase,
    "aws:rds/clusterInstance:ClusterInstance": publicDatabase,
    "aws:redshift/cluster:Cluster": publicDatabase,
    "aws:lambda/functionUrl:FunctionUrl": (inputs, name) =>
        inputs["authorizationType"] === "NONE"
            ? where(true, `function URL ${name} without authorization`)
            : [{ text: `function URL ${name}`, open: false }],
    "aws:apigateway/restApi:RestApi": (inputs, name) =>
        items(
            isRecord(inputs["endpointConfiguration"]) ? inputs["endpointConfiguration"]["types"] : undefined,
        ).includes("PRIVATE")
            ? []
            : [{ text: `API ${name}`, open: false }],
    "aws:apigatewayv2/api:Api": (_, name) => [{ text: `API ${name}`, open: false }],
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (inputs, name) =>
        where(
            ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].some(
                (flag) => inputs[flag] !== true,
            ),
            `bucket that may become public (${name})`,
        ),
};

/** The ways in from the internet that a resource opens. */
export function entrances({ op, urn, newState }: Step, lists: PrefixLists): readonly Entrance[] {
    return op === "create" ? (LOOKS[newState.type]?.(newState.inputs, nameOf(urn), lists) ?? []) : [];
}

function balancer(inputs: Properties, name: string): Entrance[] {
    // AWS makes a balancer that does not say otherwise an internet-facing one. Who reaches it, its security groups say.
    return inputs["internal"] === true ? [] : [{ text: `load balancer ${name}`, open: false }];
}

function publicDatabase(inputs: Properties, name: string): Entrance[] {
    return where(inputs["publiclyAccessible"] === true, `database ${name} with a public address`);
}

/** A rule of the older shape, with lists of blocks. */
function inline(rule: Properties, lists: PrefixLists): Entrance[] {
    return [
        ...from([...items(rule["cidrBlocks"]), ...items(rule["ipv6CidrBlocks"])], rule),
        ...fromLists(items(rule["prefixListIds"]), rule, lists),
    ];
}

function from(blocks: readonly unknown[], rule: Properties): Entrance[] {
    return where(
        blocks.some((block) => typeof block === "string" && EVERYBODY.includes(block)),
        `${ports(rule)} from everybody`,
    );
}

function fromLists(ids: readonly unknown[], rule: Properties, lists: PrefixLists): Entrance[] {
    return ids.flatMap((id) =>
        typeof id === "string"
            ? [{ text: `${ports(rule)} from ${lists.get(id) ?? `prefix list ${id}`}`, open: false }]
            : [],
    );
}

function ports({ fromPort, toPort, ipProtocol, protocol }: Properties): string {
    const which = ipProtocol ?? protocol;
    if (which === "-1" || which === "all" || typeof fromPort !== "number") {
        return "every port";
    }
    return fromPort === toPort || typeof toPort !== "number"
        ? `port ${fromPort}`
        : `ports ${fromPort} to ${toPort}`;
}

function where(holds: boolean, text: string): Entrance[] {
    return holds ? [{ text, open: true }] : [];
}
