import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { Exposure } from "../shared/exposure";
import { mergeTags, type TagsInput } from "../shared/tags";
import { ownSecurityGroup } from "./ownSecurityGroup";
import {
    blockRole,
    CLOUDFRONT_LIST,
    healthCheckersList,
    HTTPS,
    prefixListId,
    VIEWERS_PORTS,
} from "./visitors";

/** Who comes to a balancer. */
export interface BalancerVisitors {
    region: string;
    vpcId: pulumi.Input<string>;
    exposure: Exposure;
    /** Clients of an internal balancer, on ports 443 and 80. */
    clientCidrBlocks: readonly string[];
    /** Whether CloudFront comes from a VPC origin, by AWS's list of its addresses. */
    vpcOrigin: boolean;
    /** The group of CloudFront's VPC origins, where there is one. */
    vpcOriginSecurityGroupId?: pulumi.Input<string>;
    /** Another port, and who comes to it. */
    test?: { port: number; cidrBlocks: readonly string[] };
    tags?: TagsInput;
}

/** The groups of a balancer. */
export interface BalancerSecurityGroups {
    /** The group by which the balancer's targets know it: what opens connections to them wears it. */
    readonly own: pulumi.Output<string>;
    /** All that it wears, that one first. */
    readonly all: pulumi.Output<string>[];
    /** What lets visitors in. */
    readonly rules: readonly pulumi.CustomResource[];
}

type Peer =
    | { cidrIpv4: string }
    | { cidrIpv6: string }
    | { prefixListId: pulumi.Input<string> }
    | { referencedSecurityGroupId: pulumi.Input<string> };

/**
 * Makes the security groups of a balancer: `<name>-security-group`, by which its targets know it, and one for each of
 * AWS's prefix lists that it hears from, `<name>-cloudfront-security-group`, `<name>-health-checks-security-group` and
 * `<name>-vpc-origin-security-group`. A rule that names a list counts as many rules as the list has room for: CloudFront's
 * 55 and Route 53's 25, and a group takes 60. Rules are called `<name>-from-<whom>`.
 * Source: Amazon VPC User Guide, "AWS-managed prefix list weight".
 */
export function balancerSecurityGroups(
    name: string,
    args: BalancerVisitors,
    parent: pulumi.Resource,
): BalancerSecurityGroups {
    const { region, vpcId, tags } = args;
    const rules: pulumi.CustomResource[] = [];
    const group = (role: string, description: string): pulumi.Output<string> =>
        ownSecurityGroup(
            role === "" ? name : `${name}-${role}`,
            { region, vpcId, description, ...(tags === undefined ? {} : { tags }) },
            parent,
        ).id;
    const letIn = (
        securityGroupId: pulumi.Input<string>,
        whom: string,
        port: number,
        peer: Peer,
        description: string,
    ): void => {
        rules.push(
            new aws.vpc.SecurityGroupIngressRule(
                `${name}-from-${whom}`,
                {
                    region,
                    securityGroupId,
                    description,
                    ipProtocol: "tcp",
                    fromPort: port,
                    toPort: port,
                    ...peer,
                    tags: mergeTags({ Name: `${name}-from-${whom}` }, tags),
                },
                { parent },
            ),
        );
    };
    const listGroup = (role: string, list: string, who: string): pulumi.Output<string> => {
        const id = group(role, `Balancer ${name}: from ${who}`);
        letIn(id, role, HTTPS, { prefixListId: prefixListId(region, list, parent) }, who);
        return id;
    };

    const own = group("", `Balancer ${name}`);
    const lists: pulumi.Output<string>[] = [];
    switch (args.exposure) {
        case Exposure.CloudFront:
            lists.push(
                listGroup("cloudfront", CLOUDFRONT_LIST, "CloudFront servers that fetch from origins"),
                listGroup("health-checks", healthCheckersList(region), "Route 53 health checkers"),
            );
            break;
        case Exposure.Internet:
            for (const [scheme, port] of VIEWERS_PORTS) {
                letIn(own, scheme, port, { cidrIpv4: "0.0.0.0/0" }, `Viewers, ${scheme}`);
            }
            break;
        case Exposure.Internal:
            for (const [scheme, port] of VIEWERS_PORTS) {
                for (const block of args.clientCidrBlocks) {
                    const whom = `${scheme}-${blockRole(block)}`;
                    letIn(own, whom, port, { cidrIpv4: block }, `Clients in ${block}, ${scheme}`);
                }
            }
            break;
    }
    if (args.vpcOrigin) {
        lists.push(listGroup("vpc-origin", CLOUDFRONT_LIST, "CloudFront from a VPC origin"));
    }
    if (args.vpcOriginSecurityGroupId !== undefined) {
        letIn(
            own,
            "vpc-origin-group",
            HTTPS,
            { referencedSecurityGroupId: args.vpcOriginSecurityGroupId },
            "CloudFront from its VPC origins",
        );
    }
    const { test } = args;
    test?.cidrBlocks.forEach((block) => {
        letIn(own, `test-${blockRole(block)}`, test.port, { cidrIpv4: block }, `Test traffic from ${block}`);
    });
    return { own, all: [own, ...lists], rules };
}
