import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { ALL_METHODS, MANAGED_POLICIES, READS, TELLTALE_HEADERS } from "../distribution/policies";
import { type DownloadContent, type VersionKey, VersionPlace } from "./args";
import { ORIGINS } from "./origins";

type OrderedBehaviour = aws.types.input.cloudfront.DistributionOrderedCacheBehavior;

/** What the cache behaviours depend on. */
export interface DownloadBehaviourArgs {
    contents: readonly DownloadContent[];
    versionKey: VersionKey;
    /** The origin of downloads, or the group of origins. */
    targetOriginId: string;
    keyGroupId: pulumi.Input<string> | undefined;
    functionArn: pulumi.Input<string> | undefined;
}

/** Makes the cache policies, and the behaviours of downloads and of everything else. */
export function downloadBehaviours(
    parent: pulumi.Resource,
    name: string,
    args: DownloadBehaviourArgs,
): Pick<aws.cloudfront.DistributionArgs, "defaultCacheBehavior" | "orderedCacheBehaviors"> {
    const headers = makeResponseHeadersPolicy(parent, name);
    const common = { viewerProtocolPolicy: "redirect-to-https", cachedMethods: ["GET", "HEAD"] };
    return {
        // What the balancer has always answered: it may be personal, and nobody said that it may be kept.
        defaultCacheBehavior: {
            ...common,
            targetOriginId: ORIGINS.balancer,
            allowedMethods: ALL_METHODS,
            compress: true,
            cachePolicyId: MANAGED_POLICIES.cachingDisabled,
            originRequestPolicyId: MANAGED_POLICIES.allViewer,
            responseHeadersPolicyId: MANAGED_POLICIES.securityHeaders,
        },
        orderedCacheBehaviors: args.contents.flatMap((content): OrderedBehaviour[] => {
            const policy = makeCachePolicy(parent, name, content, args.versionKey);
            return content.pathPatterns.map((pathPattern) => ({
                ...common,
                pathPattern,
                targetOriginId: args.targetOriginId,
                allowedMethods: READS,
                // Packages are compressed already, and a second form of each would be kept beside the first.
                compress: false,
                cachePolicyId: policy.id,
                // The balancer's rules and its certificate are of the viewer's host. A request that is sent to the bucket
                // has the bucket's, because the function names it.
                originRequestPolicyId: MANAGED_POLICIES.hostHeaderOnly,
                responseHeadersPolicyId: headers.id,
                ...(content.signed === true && args.keyGroupId !== undefined
                    ? { trustedKeyGroups: [args.keyGroupId] }
                    : {}),
                ...(args.functionArn === undefined
                    ? {}
                    : {
                          functionAssociations: [
                              { eventType: "viewer-request", functionArn: args.functionArn },
                          ],
                      }),
            }));
        }),
    };
}

function makeCachePolicy(
    parent: pulumi.Resource,
    name: string,
    { name: content, lifetimeSeconds }: DownloadContent,
    { place, name: key = "" }: VersionKey,
): aws.cloudfront.CachePolicy {
    return new aws.cloudfront.CachePolicy(
        `${name}-${content}`,
        {
            comment: `Downloads of ${name}: ${content}`,
            // All three: the origin's own headers are not looked at, because nothing is to change there.
            minTtl: lifetimeSeconds,
            defaultTtl: lifetimeSeconds,
            maxTtl: lifetimeSeconds,
            parametersInCacheKeyAndForwardedToOrigin: {
                cookiesConfig: { cookieBehavior: "none" },
                headersConfig:
                    place === VersionPlace.Header
                        ? { headerBehavior: "whitelist", headers: { items: [key] } }
                        : { headerBehavior: "none" },
                queryStringsConfig:
                    place === VersionPlace.QueryString
                        ? { queryStringBehavior: "whitelist", queryStrings: { items: [key] } }
                        : { queryStringBehavior: "none" },
                enableAcceptEncodingBrotli: false,
                enableAcceptEncodingGzip: false,
            },
        },
        { parent },
    );
}

function makeResponseHeadersPolicy(
    parent: pulumi.Resource,
    name: string,
): aws.cloudfront.ResponseHeadersPolicy {
    return new aws.cloudfront.ResponseHeadersPolicy(
        `${name}-response-headers`,
        {
            comment: `Headers of the downloads of ${name}`,
            securityHeadersConfig: {
                // Not for the names below these: they are not asked. The origin's own word counts.
                strictTransportSecurity: {
                    accessControlMaxAgeSec: 31_536_000,
                    includeSubdomains: false,
                    override: false,
                },
                contentTypeOptions: { override: true },
            },
            removeHeadersConfig: { items: TELLTALE_HEADERS.map((header) => ({ header })) },
        },
        { parent },
    );
}
