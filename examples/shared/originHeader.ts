import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/** The header by which what stands behind a distribution knows it. */
export interface OriginHeader {
    readonly name: string;
    readonly value: pulumi.Output<string>;
}

/**
 * Makes the header's value in the primary region; what is behind the distribution in the other region lets the same one in,
 * which the primary's stack tells as `originHeader`.
 *
 * @param resource Name of the resource that makes it up.
 * @param name Name of the header.
 */
export function originHeader(
    resource: string,
    name: string,
    primary: pulumi.StackReference | undefined,
): OriginHeader {
    if (primary !== undefined) {
        return { name, value: primary.requireOutput("originHeader") as pulumi.Output<string> };
    }
    const value = new random.RandomPassword(resource, {
        length: 48,
        // The listener rule reads * and ? as wildcards.
        special: false,
    }).result;
    return { name, value };
}
