import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The port of everything that is served. */
export const HTTPS = 443;

/** Answers with a redirect to 443. */
export const HTTP = 80;

/** The ports that viewers come to, by what they speak. */
export const VIEWERS_PORTS = [
    ["https", HTTPS],
    ["http", HTTP],
] as const;

/** AWS's list of the addresses that CloudFront fetches from, VPC origins included. */
export const CLOUDFRONT_LIST = "com.amazonaws.global.cloudfront.origin-facing";

/** AWS's list of the addresses of Route 53's health checkers. */
export function healthCheckersList(region: string): string {
    return `com.amazonaws.${region}.route53-healthchecks`;
}

/** The id of a prefix list of AWS's. */
export function prefixListId(region: string, name: string, parent: pulumi.Resource): pulumi.Output<string> {
    // Named by its region, because an invoke would else ask wherever the provider happens to be.
    return aws.ec2.getManagedPrefixListOutput({ name, region }, { parent }).id;
}

/**
 * What a rule about a block is called: after the block and not after its place in a list, so that removing one leaves
 * the others alone. Every character becomes one, so that no two blocks share a name.
 */
export function blockRole(block: string): string {
    const everywhere: Record<string, string> = { "0.0.0.0/0": "internet", "::/0": "internet-ipv6" };
    return everywhere[block] ?? block.toLowerCase().replaceAll(/[^0-9a-f]/g, "-");
}
