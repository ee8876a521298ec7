import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type DynamicOrigin, type EdgeDistributionArgs, GeoRestrictionType } from "./args";
import {
    cacheBehaviours,
    errorResponses,
    makeDirectoryIndexFunction,
    makeResponseHeadersPolicy,
    ORIGINS,
} from "./caching";
import { type EdgeSettings } from "./settings";
import { type StaticSite } from "./staticSite";

/** The headers by which the origin recognises the distribution, their values marked as secrets. */
export function secretHeaders(origin: DynamicOrigin): { name: string; value: pulumi.Output<string> }[] {
    return (origin.headers ?? []).map(({ name, value }) => ({ name, value: pulumi.secret(value) }));
}

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
    const { type, countries } = settings.geoRestriction;

    return new aws.cloudfront.Distribution(
        `${name}-distribution`,
        {
            comment: `Edge of ${name}`,
            enabled: true,
            aliases: parts.domainNames,
            httpVersion: "http2and3",
            isIpv6Enabled: true,
            priceClass: settings.priceClass,
            defaultRootObject: settings.defaultRootObject,
            webAclId: parts.webAclArn,
            viewerCertificate: {
                acmCertificateArn: parts.certificateArn,
                sslSupportMethod: "sni-only",
                minimumProtocolVersion: "TLSv1.2_2021",
            },
            restrictions: {
                geoRestriction: {
                    restrictionType: type,
                    ...(type === GeoRestrictionType.None ? {} : { locations: countries }),
                },
            },
            ...makeOrigins(args, parts),
            ...cacheBehaviours({
                dynamic: settings.dynamic,
                staticOriginId: parts.site.copy === undefined ? ORIGINS.staticPrimary : ORIGINS.staticGroup,
                staticPaths: settings.staticPaths,
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
    args: EdgeDistributionArgs,
    { site: { primary, copy, accessControl } }: DistributionParts,
): Pick<aws.cloudfront.DistributionArgs, "originGroups" | "origins"> {
    const { dynamicOrigin, originShieldRegion } = args;
    // A failing origin is given up after two attempts of five seconds, not CloudFront's three of ten.
    const patience = { connectionAttempts: 2, connectionTimeout: 5 };
    const origins: aws.types.input.cloudfront.DistributionOrigin[] = [
        {
            ...patience,
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
                      ...patience,
                      originId: ORIGINS.staticReplica,
                      domainName: copy.bucket.bucketRegionalDomainName,
                      originAccessControlId: accessControl.id,
                  },
              ]),
    ];
    if (dynamicOrigin !== undefined) {
        origins.push({
            ...patience,
            originId: ORIGINS.dynamic,
            domainName: dynamicOrigin.domainName,
            customHeaders: secretHeaders(dynamicOrigin),
            customOriginConfig: {
                httpPort: 80,
                httpsPort: 443,
                originProtocolPolicy: "https-only",
                originSslProtocols: ["TLSv1.2"],
                originReadTimeout: 30,
                // Less than the 60 seconds after which a load balancer hangs up by default, so that CloudFront
                // does not send a request into a connection that is just being closed.
                originKeepaliveTimeout: 30,
            },
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
                failoverCriteria: { statusCodes: [403, 500, 502, 503, 504] },
            },
        ],
    };
}
