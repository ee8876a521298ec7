import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type RegionalConfig } from "../configTypes";
import { originHeaderName } from "../regionOutputs";

/** The header by which a region's balancer knows a distribution. */
export interface OriginHeader {
    readonly name: string;
    /** What the distributions send. */
    readonly value: pulumi.Output<string>;
    /** What the balancer lets in as well, while the header is being rotated. */
    readonly alsoAccepted: pulumi.Output<string> | undefined;
}

/**
 * Makes the values of the secret header: the one that the distributions send, and where the header is being rotated another
 * one that the balancer lets in. Each number has a value of its own, so that a value stays the same when it goes from
 * being the next to being sent, and then to being the last.
 */
export function createOriginHeader(config: RegionalConfig): OriginHeader {
    const { version, alsoAccepted } = config.originHeader;
    const value = (number: number): pulumi.Output<string> =>
        new random.RandomPassword(number === 1 ? "shop-origin-header" : `shop-origin-header-${number}`, {
            length: 48,
            // The listener rule reads * and ? as wildcards.
            special: false,
        }).result;
    return {
        name: originHeaderName(config.entry.key),
        value: value(version),
        alsoAccepted: alsoAccepted === undefined ? undefined : value(alsoAccepted),
    };
}
