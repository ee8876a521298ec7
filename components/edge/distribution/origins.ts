import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { type OriginHeader } from "./args";

/** A failing origin is given up after two attempts of five seconds, not CloudFront's three of ten. */
export const PATIENCE = { connectionAttempts: 2, connectionTimeout: 5 } as const;

/** The answers by which an origin says that it is in trouble, and another one is asked. */
export const TROUBLE = [500, 502, 503, 504];

/** How CloudFront speaks to a server: over TLS alone. */
export const HTTPS_ORIGIN = {
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: ["TLSv1.2"],
    originReadTimeout: 30,
    // Less than the 60 seconds after which a load balancer hangs up by default, so that CloudFront
    // does not send a request into a connection that is just being closed.
    originKeepaliveTimeout: 30,
};

/** The headers by which an origin recognises the distribution, their values marked as secrets. */
export function secretHeaders(
    headers: readonly OriginHeader[] = [],
): { name: string; value: pulumi.Output<string> }[] {
    return headers.map(({ name, value }) => ({ name, value: pulumi.secret(value) }));
}

/**
 * Makes the way into a network, `<name>-vpc-origin`, and says how an origin takes it in place of one over the internet.
 */
export function vpcOrigin(
    parent: pulumi.Resource,
    name: string,
    loadBalancerArn: pulumi.Input<string>,
    tags: TagsInput,
): Pick<aws.types.input.cloudfront.DistributionOrigin, "vpcOriginConfig"> {
    const { originSslProtocols, originReadTimeout, originKeepaliveTimeout, ...endpoint } = HTTPS_ORIGIN;
    const origin = new aws.cloudfront.VpcOrigin(
        `${name}-vpc-origin`,
        {
            vpcOriginEndpointConfig: {
                ...endpoint,
                name: `${name}-vpc-origin`,
                arn: loadBalancerArn,
                originSslProtocols: { items: originSslProtocols, quantity: originSslProtocols.length },
            },
            tags,
        },
        { parent },
    );
    return { vpcOriginConfig: { vpcOriginId: origin.id, originReadTimeout, originKeepaliveTimeout } };
}
