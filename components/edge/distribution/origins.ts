import * as pulumi from "@pulumi/pulumi";

import { type OriginHeader } from "./args";

/** A failing origin is given up after two attempts of five seconds, not CloudFront's three of ten. */
export const PATIENCE = { connectionAttempts: 2, connectionTimeout: 5 } as const;

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
