import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { HTTPS_ORIGIN, PATIENCE, secretHeaders, TROUBLE, vpcOrigin } from "../distribution/origins";
import { towardsViewers } from "../distribution/viewers";
import { type EdgeDistributionArgs } from "./args";
import {
    cacheBehaviours,
    errorResponses,
    makeDirectoryIndexFunction,
    makeResponseHeadersPolicy,
    ORIGINS,
    pathOriginId,
} from "./caching";
import { type EdgeSettings } from "./settings";
import { type StaticSite } from "./staticSite";

/** What the distribution is put together from. */
export interface DistributionParts {
    domainNames: pulumi.Input<string>[];
    certificateArn: pulumi.Input<string>;
    site: StaticSite;
    webAclArn: pulumi.Input<string>;
}

/** Makes the distribution, and what nothing else uses: the response headers and the index function. */
export function makeDistribution(
    parent: pulumi.Resource,
    name: string,
    args: EdgeDistributionArgs,
    settings: EdgeSettings,
    parts: DistributionParts,
): aws.cloudfront.Distribution {
    const responseHeaders = makeResponseHeadersPolicy(parent, name, settings.contentSecurityPolicy);
    const directoryIndex = settings.rewriteDirectoryIndexes
        ? makeDirectoryIndexFunction(parent, name)
        : undefined;

    return new aws.cloudfront.Distribution(
        `${name}-distribution`,
        {
            comment: `Edge of ${name}`,
            ...towardsViewers({ ...settings, ...parts }),
            defaultRootObject: settings.defaultRootObject,
            ...makeOrigins(parent, name, args, settings, parts),
            ...cacheBehaviours({
                dynamic: settings.dynamic,
                staticOriginId: parts.site.copy === undefined ? ORIGINS.staticPrimary : ORIGINS.staticGroup,
                staticPaths: settings.staticPaths,
                pathOrigins: args.pathOrigins ?? {},
                responseHeadersPolicyId: responseHeaders.id,
                ...(directoryIndex === undefined ? {} : { directoryIndexFunctionArn: directoryIndex.arn }),
            }),
            customErrorResponses: errorResponses(),
            tags: settings.tags,
        },
        // The provider hands the origins back as outputs, secret headers included.
        { parent, additionalSecretOutputs: ["origins"] },
    );
}

function makeOrigins(
    parent: pulumi.Resource,
    name: string,
    args: EdgeDistributionArgs,
    { tags }: EdgeSettings,
    { site: { primary, copy, accessControl } }: DistributionParts,
): Pick<aws.cloudfront.DistributionArgs, "originGroups" | "origins"> {
    const { dynamicOrigin, originShieldRegion } = args;
    const origins: aws.types.input.cloudfront.DistributionOrigin[] = [
        {
            ...PATIENCE,
            originId: ORIGINS.staticPrimary,
            domainName: primary.bucketRegionalDomainName,
            originAccessControlId: accessControl.id,
            ...(originShieldRegion === undefined
                ? {}
                : { originShield: { enabled: true, originShieldRegion } }),
        },
        ...(copy === undefined
            ? []
            : [
                  {
                      ...PATIENCE,
                      originId: ORIGINS.staticReplica,
                      domainName: copy.bucket.bucketRegionalDomainName,
                      originAccessControlId: accessControl.id,
                  },
              ]),
    ];
    if (dynamicOrigin !== undefined) {
        const { loadBalancerArn } = dynamicOrigin;
        origins.push({
            ...PATIENCE,
            originId: ORIGINS.dynamic,
            domainName: dynamicOrigin.domainName,
            customHeaders: secretHeaders(dynamicOrigin.headers),
            ...(loadBalancerArn === undefined
                ? { customOriginConfig: HTTPS_ORIGIN }
                : vpcOrigin(parent, name, loadBalancerArn, tags)),
        });
    }
    for (const [name, origin] of Object.entries(args.pathOrigins ?? {})) {
        origins.push({
            ...PATIENCE,
            originId: pathOriginId(name),
            domainName: origin.domainName,
            ...(origin.originPath === undefined ? {} : { originPath: origin.originPath }),
            customHeaders: secretHeaders(origin.headers),
            customOriginConfig: HTTPS_ORIGIN,
        });
    }
    if (copy === undefined) {
        return { origins };
    }
    return {
        origins,
        originGroups: [
            {
                originId: ORIGINS.staticGroup,
                members: [{ originId: ORIGINS.staticPrimary }, { originId: ORIGINS.staticReplica }],
                // 5xx: the region is in trouble. 403: its policy or key is, since what is missing is a 404 here; a
                // 404 stays one, because the replica never has more than the primary.
                failoverCriteria: { statusCodes: [403, ...TROUBLE] },
            },
        ],
    };
}
