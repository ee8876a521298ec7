import type * as pulumi from "@pulumi/pulumi";

import { SecurityGroupConnection } from "../../components/network";

/** The port of everything that speaks HTTPS. */
export const HTTPS = 443;

/** Lets who wears some groups reach who wears another one, on one port. */
export type Link = (
    name: string,
    sourceSecurityGroupIds: Record<string, pulumi.Input<string>>,
    destinationSecurityGroupId: pulumi.Input<string>,
    port: number,
    description: string,
) => SecurityGroupConnection;

/** Links of a region. */
export function linksIn(region: string, opts: pulumi.ComponentResourceOptions): Link {
    return (name, sourceSecurityGroupIds, destinationSecurityGroupId, port, description) =>
        new SecurityGroupConnection(
            name,
            { region, sourceSecurityGroupIds, destinationSecurityGroupId, port, description },
            opts,
        );
}
