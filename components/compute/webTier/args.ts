import type * as pulumi from "@pulumi/pulumi";
import { type Exposure } from "../../shared/exposure";
import { type TierArgs } from "../tier/args";

/** Arguments of WebTier. */
export interface WebTierArgs extends TierArgs {
    /**
     * Names that clients reach the balancer by, all in the hosted zone, 1 to 10: the names in its certificate. Their
     * records in the zone are not made here. How many there are must be known before the deployment; the names may be
     * outputs.
     */
    domainNames: pulumi.Input<string>[];
    /**
     * Who reaches the balancer. CloudFront when left out: requests without the secret header are answered with 403,
     * save health checks, and port 80 stays shut. With Internet, port 80 redirects to 443, and the firewall limits
     * requests by address. With Internal the balancer has private addresses alone, port 80 redirects to 443, and
     * neither CloudFront nor Route 53's health checkers reach it. Changing from or to Internal replaces the balancer.
     */
    exposure?: Exposure;
    /**
     * Name of the header that the distributions send, at most 40 letters, digits, hyphens and underscores. Required,
     * and of use, with CloudFront alone.
     */
    originHeaderName?: string;
    /**
     * Value of that header, 16 to 128 letters, digits, hyphens, underscores, dots and tildes; case does not count.
     * Pulumi keeps it as a secret. Required with CloudFront.
     */
    originHeaderValue?: pulumi.Input<string>;
    /**
     * Other values of that header that are let in as well, under the same rules, 4 at most: the next or the last one
     * while the value is being changed, so that no request is refused meanwhile. Pulumi keeps them as secrets. None when
     * left out; of use with CloudFront alone.
     */
    additionalOriginHeaderValues?: pulumi.Input<string>[];
    /**
     * Requests that the firewall lets one address send in five minutes, 10 or more; without effect behind CloudFront.
     * When left out, 2000 with Internet and no limit with Internal, where many clients may share one address.
     */
    rateLimitPerFiveMinutes?: number;
}
