import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { Exposure } from "../../shared/exposure";
import { type Vpc3TierArgs } from "./args";
import { type GatewayEndpoints } from "./endpoints";
import { type Settings } from "./settings";
import { hasNoTags, mergeTags, type TagsInput } from "../../shared/tags";
import {
    blockRole,
    CLOUDFRONT_LIST,
    healthCheckersList,
    HTTPS,
    prefixListId,
    VIEWERS_PORTS,
} from "../visitors";

/** The ids of the groups, and what a tier has to wait for. */
export interface SecurityGroups {
    /** One group per kind of visitor. */
    readonly edge: pulumi.Output<string>[];
    readonly web: pulumi.Output<string>;
    readonly apiBalancer: pulumi.Output<string>;
    readonly api: pulumi.Output<string>;
    readonly data: pulumi.Output<string>;
    /** Left out where the VPC has no interface endpoints: a group that nothing wears is a finding in audits. */
    readonly endpoints?: pulumi.Output<string>;
    readonly rules: readonly pulumi.Resource[];
}

/** One end of a rule: exactly one of a group, a block or a prefix list. */
type Peer =
    | { referencedSecurityGroupId: pulumi.Input<string> }
    | { cidrIpv4: string }
    | { cidrIpv6: string }
    | { prefixListId: pulumi.Input<string> };

interface Group {
    readonly role: string;
    readonly id: pulumi.Output<string>;
}

/** Makes one group per tier, each of which hears from the tier before it alone. */
export function createSecurityGroups(
    name: string,
    args: Vpc3TierArgs,
    settings: Settings,
    vpcId: pulumi.Output<string>,
    gateways: GatewayEndpoints,
    parent: pulumi.Resource,
): SecurityGroups {
    const factory = new RuleBook(name, vpcId, args.tags ?? {}, parent);
    const edge = edgeGroups(factory, args.region, settings, parent);
    const web = factory.group("web", "Web instances: from the edge balancer alone");
    const apiBalancer = factory.group("api-balancer", "Api balancer: from the web instances alone");
    const api = factory.group("api", "Api instances: from the api balancer alone");
    const data = factory.group("data", "Database: from the api instances alone, and no way out");

    edge.forEach((group) => {
        factory.link(group, web, settings.webPort);
    });
    factory.link(web, apiBalancer, HTTPS);
    factory.link(apiBalancer, api, settings.apiPort);
    factory.link(api, data, settings.databasePort);
    // Groups cannot be named across regions, so blocks it is.
    for (const block of settings.databaseClients) {
        factory.in(
            data,
            `client-${blockRole(block)}`,
            settings.databasePort,
            { cidrIpv4: block },
            `Clients in ${block}`,
        );
    }
    for (const block of settings.remoteDatabases) {
        factory.out(
            api,
            `database-${blockRole(block)}`,
            settings.databasePort,
            { cidrIpv4: block },
            `Database in ${block}`,
        );
    }

    const endpoints =
        settings.interfaceEndpoints.length === 0
            ? undefined
            : factory.group("endpoints", "Interface endpoints: from the web and api instances");
    for (const group of [web, api]) {
        if (endpoints !== undefined) {
            factory.link(group, endpoints, HTTPS);
        }
        factory.out(
            group,
            "s3",
            HTTPS,
            { prefixListId: gateways.s3.prefixListId },
            "S3 through its gateway endpoint",
        );
        factory.out(
            group,
            "dynamodb",
            HTTPS,
            { prefixListId: gateways.dynamodb.prefixListId },
            "DynamoDB through its gateway endpoint",
        );
        settings.egressIpv4.forEach((block) => {
            factory.out(group, blockRole(block), HTTPS, { cidrIpv4: block }, `Calls to ${block}`);
        });
        settings.egressIpv6.forEach((block) => {
            factory.out(group, blockRole(block), HTTPS, { cidrIpv6: block }, `Calls to ${block}`);
        });
    }

    return {
        edge: edge.map((group) => group.id),
        web: web.id,
        apiBalancer: apiBalancer.id,
        api: api.id,
        data: data.id,
        ...(endpoints === undefined ? {} : { endpoints: endpoints.id }),
        rules: factory.rules,
    };
}

/** The groups of the edge balancer. Every exposure is named: one that is not known opens nothing. */
function edgeGroups(
    factory: RuleBook,
    region: string,
    { exposure, internalClients }: Settings,
    parent: pulumi.Resource,
): Group[] {
    switch (exposure) {
        case Exposure.CloudFront:
            return cloudFrontVisitors(factory, region, parent);
        case Exposure.Internet:
            return internetVisitors(factory);
        case Exposure.Internal:
            return internalVisitors(factory, internalClients);
    }
}

/**
 * A rule that names a prefix list counts as many rules as the list has room for. CloudFront's list counts 55
 * and Route 53's 25, and a group takes 60: two groups, both on the balancer.
 * Source: Amazon VPC User Guide, "AWS-managed prefix list weight".
 */
function cloudFrontVisitors(factory: RuleBook, region: string, parent: pulumi.Resource): Group[] {
    const cloudFront = factory.group("edge-cloudfront", "Edge balancer: from CloudFront");
    factory.in(
        cloudFront,
        "cloudfront",
        HTTPS,
        { prefixListId: prefixListId(region, CLOUDFRONT_LIST, parent) },
        "CloudFront servers that fetch from origins",
    );
    const healthChecks = factory.group("edge-health-checks", "Edge balancer: from Route 53 health checkers");
    factory.in(
        healthChecks,
        "route53",
        HTTPS,
        { prefixListId: prefixListId(region, healthCheckersList(region), parent) },
        "Route 53 health checkers",
    );
    return [cloudFront, healthChecks];
}

function internalVisitors(factory: RuleBook, blocks: readonly string[]): Group[] {
    const internal = factory.group("edge-internal", "Edge balancer: from the network alone");
    for (const [scheme, port] of VIEWERS_PORTS) {
        for (const block of blocks) {
            factory.in(
                internal,
                `${scheme}-${blockRole(block)}`,
                port,
                { cidrIpv4: block },
                `Clients in ${block}, ${scheme}`,
            );
        }
    }
    return [internal];
}

function internetVisitors(factory: RuleBook): Group[] {
    const internet = factory.group("edge-internet", "Edge balancer: from the internet");
    for (const [scheme, port] of VIEWERS_PORTS) {
        factory.in(internet, `${scheme}-ipv4`, port, { cidrIpv4: "0.0.0.0/0" }, `Viewers, ${scheme}`);
        factory.in(internet, `${scheme}-ipv6`, port, { cidrIpv6: "::/0" }, `Viewers, ${scheme} over IPv6`);
    }
    return [internet];
}

/** Makes groups and their rules, under names that say who talks to whom. */
class RuleBook {
    readonly rules: pulumi.Resource[] = [];

    constructor(
        private readonly name: string,
        private readonly vpcId: pulumi.Output<string>,
        private readonly tags: TagsInput,
        private readonly parent: pulumi.Resource,
    ) {}

    group(role: string, description: string): Group {
        const group = new aws.ec2.SecurityGroup(
            `${this.name}-${role}`,
            {
                vpcId: this.vpcId,
                description,
                tags: mergeTags({ Name: `${this.name}-${role}`, tier: tierOf(role) }, this.tags),
            },
            { parent: this.parent },
        );
        return { role, id: group.id };
    }

    /** Lets `from` open connections to `to` on one port, in the groups of both. */
    link(from: Group, to: Group, port: number): void {
        this.out(from, to.role, port, { referencedSecurityGroupId: to.id }, `To ${to.role}`);
        this.in(to, from.role, port, { referencedSecurityGroupId: from.id }, `From ${from.role}`);
    }

    in(group: Group, from: string, port: number, source: Peer, description: string): void {
        this.rules.push(
            new aws.vpc.SecurityGroupIngressRule(
                `${this.name}-${group.role}-from-${from}`,
                this.rule(group, port, source, description),
                { parent: this.parent },
            ),
        );
    }

    out(group: Group, to: string, port: number, target: Peer, description: string): void {
        this.rules.push(
            new aws.vpc.SecurityGroupEgressRule(
                `${this.name}-${group.role}-to-${to}`,
                this.rule(group, port, target, description),
                { parent: this.parent },
            ),
        );
    }

    private rule(group: Group, port: number, peer: Peer, description: string) {
        return {
            securityGroupId: group.id,
            description,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
            ...peer,
            ...(hasNoTags(this.tags) ? {} : { tags: this.tags }),
        };
    }
}

function tierOf(role: string): string {
    return role.startsWith("edge") ? "edge" : role === "api-balancer" ? "api" : role;
}
