import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { serviceTrust } from "../../security/policyDocument";
import { type TagsInput } from "../../shared/tags";

/** What the role of a cluster's instances is made for. */
export interface ClusterInstanceRoleArgs {
    region: string;
    accountId: pulumi.Input<string>;
    permissionsBoundaryArn?: pulumi.Input<string>;
    tags: TagsInput;
}

// Amazon ECS Developer Guide, "Amazon ECS container instance IAM role".
const AGENT_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";

/**
 * Makes the role that the agent of ECS has on an instance, `<name>-instance-role`, with `<name>-instance-agent` and
 * `<name>-instance-profile`. Tasks have roles of their own.
 */
export function clusterInstanceRole(
    name: string,
    args: ClusterInstanceRoleArgs,
    opts: pulumi.CustomResourceOptions,
): { profile: aws.iam.InstanceProfile; permissions: pulumi.Resource[] } {
    const role = new aws.iam.Role(
        `${name}-instance-role`,
        {
            description: `Instances of ${name} in ${args.region}`,
            assumeRolePolicy: serviceTrust("ec2.amazonaws.com", args.accountId),
            permissionsBoundary: args.permissionsBoundaryArn,
            tags: args.tags,
        },
        opts,
    );
    const agent = new aws.iam.RolePolicyAttachment(
        `${name}-instance-agent`,
        { role: role.name, policyArn: AGENT_POLICY },
        opts,
    );
    const profile = new aws.iam.InstanceProfile(
        `${name}-instance-profile`,
        { role: role.name, tags: args.tags },
        opts,
    );
    return { profile, permissions: [agent] };
}
