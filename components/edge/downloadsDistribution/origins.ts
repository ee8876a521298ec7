import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { HTTPS_ORIGIN, PATIENCE, secretHeaders, TROUBLE } from "../distribution/origins";
import { type DownloadsBalancer, type DownloadsDistributionArgs } from "./args";
import { type DownloadsSettings } from "./settings";

/** Ids of the origins and of the group within a distribution. */
export const ORIGINS = {
    balancer: "balancer",
    failover: "failover",
    group: "downloads",
} as const;

/** The origins of a distribution, and which of them downloads come from. */
export interface DownloadOrigins extends Pick<aws.cloudfront.DistributionArgs, "originGroups" | "origins"> {
    targetOriginId: string;
}

/**
 * The balancer, and the second one that helps out. With a bucket beside them it is needed in any case: of a group the
 * function changes the first origin alone, so what the bucket does not have, or does not give, comes from the second.
 */
export function downloadOrigins(
    parent: pulumi.Resource,
    args: DownloadsDistributionArgs,
    { objectStore, originShieldRegion }: DownloadsSettings,
): DownloadOrigins {
    const origin = (originId: string, balancer: DownloadsBalancer) => ({
        ...PATIENCE,
        originId,
        domainName: nameOf(parent, args.region, balancer),
        customHeaders: secretHeaders(balancer.headers),
        customOriginConfig: HTTPS_ORIGIN,
        ...(originShieldRegion === undefined ? {} : { originShield: { enabled: true, originShieldRegion } }),
    });
    const first = origin(ORIGINS.balancer, args.balancer);
    const second = args.failoverBalancer ?? (objectStore ? args.balancer : undefined);
    if (second === undefined) {
        return { origins: [first], targetOriginId: ORIGINS.balancer };
    }
    return {
        targetOriginId: ORIGINS.group,
        origins: [first, origin(ORIGINS.failover, second)],
        originGroups: [
            {
                originId: ORIGINS.group,
                members: [{ originId: ORIGINS.balancer }, { originId: ORIGINS.failover }],
                failoverCriteria: {
                    // What the bucket lacks is a 404, and what it refuses a 403. A balancer's own are the truth.
                    statusCodes: [...(objectStore ? [403, 404] : []), ...TROUBLE],
                },
            },
        ],
    };
}

function nameOf(
    parent: pulumi.Resource,
    region: string,
    { domainName, loadBalancerArn }: DownloadsBalancer,
): pulumi.Input<string> {
    return loadBalancerArn === undefined
        ? (domainName ?? "")
        : aws.lb.getLoadBalancerOutput(
              { arn: loadBalancerArn, region: loadBalancerArn.split(":")[3] ?? region },
              { parent },
          ).dnsName;
}
