import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { serviceTrust } from "../security/policyDocument";
import { type TagsInput } from "../shared/tags";

/** Whose enhanced monitoring a role publishes. */
export interface MonitoringRoleArgs {
    region: string;
    accountId: pulumi.Input<string>;
    /** Identifier of the database. */
    identifier: string;
    tags: TagsInput;
}

/**
 * Makes the role with which RDS publishes enhanced monitoring, `<name>-monitoring-role` and `<name>-monitoring-policy`.
 *
 * @returns The role's ARN, once it may do so.
 */
export function createMonitoringRole(
    name: string,
    args: MonitoringRoleArgs,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const role = new aws.iam.Role(
        `${name}-monitoring-role`,
        {
            description: `Publishes enhanced monitoring of ${args.identifier}`,
            assumeRolePolicy: serviceTrust(
                "monitoring.rds.amazonaws.com",
                args.accountId,
                pulumi.interpolate`arn:aws:rds:${args.region}:${args.accountId}:db:*`,
            ),
            tags: args.tags,
        },
        { parent },
    );
    const attachment = new aws.iam.RolePolicyAttachment(
        `${name}-monitoring-policy`,
        {
            role: role.name,
            policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        },
        { parent },
    );
    // RDS checks the role's permissions when an instance is made, so nobody gets the ARN before it has them. The
    // URN, which previews know, carries the dependency.
    return pulumi.all([role.arn, attachment.urn]).apply(([arn]) => arn);
}
