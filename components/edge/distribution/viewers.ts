import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type GeoRestriction, GeoRestrictionType, type PriceClass } from "./args";

/** What a distribution is towards its viewers. */
export interface ViewerSettings {
    domainNames: pulumi.Input<string>[];
    certificateArn: pulumi.Input<string>;
    webAclArn: pulumi.Input<string>;
    priceClass: PriceClass;
    geoRestriction: Required<GeoRestriction>;
}

/** The arguments of a distribution that say how viewers reach it: over TLS 1.2 at least, and HTTP/3. */
export function towardsViewers({
    domainNames,
    certificateArn,
    webAclArn,
    priceClass,
    geoRestriction: { type, countries },
}: ViewerSettings): Pick<
    aws.cloudfront.DistributionArgs,
    | "aliases"
    | "enabled"
    | "httpVersion"
    | "isIpv6Enabled"
    | "priceClass"
    | "restrictions"
    | "viewerCertificate"
    | "webAclId"
> {
    return {
        enabled: true,
        aliases: domainNames,
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        priceClass,
        webAclId: webAclArn,
        viewerCertificate: {
            acmCertificateArn: certificateArn,
            sslSupportMethod: "sni-only",
            minimumProtocolVersion: "TLSv1.2_2021",
        },
        restrictions: {
            geoRestriction: {
                restrictionType: type,
                ...(type === GeoRestrictionType.None ? {} : { locations: countries }),
            },
        },
    };
}
