import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { mergeTags, type TagsInput } from "../shared/tags";
import { HTTPS } from "./visitors";

/** Where a component's own security group is and what it is for. */
export interface OwnSecurityGroupArgs {
    region: string;
    vpcId: pulumi.Input<string>;
    /** What wears the group. Changing it replaces the group. */
    description: string;
    /** IPv4 blocks that its wearers may call on port 443. None when left out or empty. */
    httpsEgressCidrBlocks?: readonly string[];
    tags?: TagsInput;
}

/**
 * Makes the security group of a component, `<name>-security-group`, which lets nobody in and nothing out but what is
 * said here (`<name>-https-egress-<number>`); a SecurityGroupConnection says the rest.
 */
export function ownSecurityGroup(
    name: string,
    args: OwnSecurityGroupArgs,
    parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
    const { region, vpcId, description } = args;
    const group = new aws.ec2.SecurityGroup(
        `${name}-security-group`,
        { region, vpcId, description, tags: mergeTags({ Name: name }, args.tags) },
        { parent },
    );
    (args.httpsEgressCidrBlocks ?? []).forEach((cidrIpv4, index) => {
        new aws.vpc.SecurityGroupEgressRule(
            `${name}-https-egress-${index + 1}`,
            {
                region,
                securityGroupId: group.id,
                description: "HTTPS to services outside",
                ipProtocol: "tcp",
                fromPort: HTTPS,
                toPort: HTTPS,
                cidrIpv4,
                tags: mergeTags({ Name: `${name}-https-egress` }, args.tags),
            },
            { parent },
        );
    });
    return group;
}
