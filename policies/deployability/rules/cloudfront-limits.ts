import { limitsRule } from "../shared/tables";
import { DISTRIBUTION } from "../shared/types";

export const rule = limitsRule({
    id: "cloudfront-limits",
    description:
        "Settings of distributions and origin access controls are among the values that CloudFront takes.",
    controls: ["F5.9", "F5.14", "F5.23"],
    table: {
        [DISTRIBUTION]: {
            ranges: {
                "origins[].connectionAttempts": { min: 1, max: 3 },
                "origins[].connectionTimeout": { min: 1, max: 10 },
                "origins[].customOriginConfig.originReadTimeout": { min: 1, max: 120 },
                "origins[].customOriginConfig.originKeepaliveTimeout": { min: 1, max: 120 },
            },
            choices: {
                priceClass: ["PriceClass_100", "PriceClass_200", "PriceClass_All"],
                httpVersion: ["http1.1", "http2", "http3", "http2and3"],
                "origins[].customOriginConfig.originProtocolPolicy": [
                    "http-only",
                    "https-only",
                    "match-viewer",
                ],
                "defaultCacheBehavior.viewerProtocolPolicy": ["allow-all", "https-only", "redirect-to-https"],
                "orderedCacheBehaviors[].viewerProtocolPolicy": [
                    "allow-all",
                    "https-only",
                    "redirect-to-https",
                ],
            },
        },
        "aws:cloudfront/originAccessControl:OriginAccessControl": {
            choices: {
                originAccessControlOriginType: ["s3", "lambda", "mediastore", "mediapackagev2"],
                signingBehavior: ["always", "always-amz-auth", "never", "no-override"],
                signingProtocol: ["sigv4"],
            },
        },
    },
});
