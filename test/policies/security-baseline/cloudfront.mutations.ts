import { type Accepted, type Mutant } from "../../support/policies/mutation";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
const CACHE_POLICY = "aws:cloudfront/cachePolicy:CachePolicy";
const LOG_SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const LOG_DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";

export const mutants: readonly Mutant[] = [
    {
        rule: "cloudfront-root-object",
        title: "a root without a page",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultRootObject", "");
        },
    },
    {
        rule: "cloudfront-viewer-https",
        title: "pages over HTTP",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.viewerProtocolPolicy", "allow-all");
        },
        message: 'defaultCacheBehavior.viewerProtocolPolicy is "allow-all".',
    },
    {
        rule: "cloudfront-viewer-https",
        title: "assets over HTTP",
        stack: "prod-global",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "orderedCacheBehaviors[1].viewerProtocolPolicy", "allow-all");
        },
        message: "orderedCacheBehaviors[1].viewerProtocolPolicy",
    },
    {
        rule: "cloudfront-origin-failover",
        title: "no origin group",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "originGroups");
        },
        message: "has no origin group.",
    },
    {
        rule: "cloudfront-origin-failover",
        title: "a group of one origin",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "originGroups[0].members", [{ originId: "static-primary" }]);
        },
        message: "has 1 origin in originGroups[0].",
    },
    {
        rule: "cloudfront-logging",
        title: "no log of any kind",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(LOG_SOURCE));
        },
        message: "writes no access log.",
    },
    {
        rule: "cloudfront-logging",
        title: "a log that is delivered nowhere",
        stack: "prod-global",
        decidedBy: "relations",
        change: (stack) => {
            stack.remove(stack.find(LOG_DELIVERY));
        },
        message: "no delivery of its access log.",
    },
    {
        rule: "cloudfront-logging",
        title: "a source of other logs",
        change: (stack) => {
            stack.set(stack.find(LOG_SOURCE), "logType", "CONNECTION_LOGS");
        },
    },
    {
        rule: "cloudfront-web-acl",
        title: "a distribution without a web ACL",
        decidedBy: "relations",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "webAclId");
        },
    },
    {
        rule: "cloudfront-certificate",
        title: "CloudFront's own certificate",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "viewerCertificate", {
                cloudfrontDefaultCertificate: true,
                minimumProtocolVersion: "TLSv1.2_2021",
            });
        },
        message: "has no certificate of its own",
    },
    {
        rule: "cloudfront-certificate",
        title: "an address for each certificate",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "viewerCertificate.sslSupportMethod", "vip");
        },
        message: 'sslSupportMethod is "vip".',
    },
    {
        rule: "cloudfront-tls-version",
        title: "TLS 1.1 with viewers",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "viewerCertificate.minimumProtocolVersion", "TLSv1.1_2016");
        },
        message: "speaks TLSv1.1_2016 with viewers",
    },
    {
        rule: "cloudfront-tls-version",
        title: "whatever CloudFront takes by itself",
        stack: "prod-global",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "viewerCertificate.minimumProtocolVersion");
        },
        message: "speaks TLSv1 with viewers",
    },
    {
        rule: "cloudfront-origin-tls",
        title: "an origin that is asked as the viewer asks",
        change: (stack) => {
            stack.set(
                stack.find(DISTRIBUTION),
                "origins[2].customOriginConfig.originProtocolPolicy",
                "match-viewer",
            );
        },
        message: 'talks HTTP to origins[2]: originProtocolPolicy is "match-viewer".',
    },
    {
        rule: "cloudfront-origin-tls",
        title: "TLS 1.1 with an origin",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "origins[2].customOriginConfig.originSslProtocols", [
                "TLSv1.1",
                "TLSv1.2",
            ]);
        },
        message: "talks TLSv1.1 to origins[2]",
    },
    {
        rule: "cloudfront-s3-origin-access",
        title: "an S3 origin that is asked without a signature",
        decidedBy: "structure",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "origins[1].originAccessControlId");
        },
        message: "origins[1].",
    },
    {
        rule: "cloudfront-origin-access-control",
        title: "an origin access identity",
        decidedBy: "structure",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "origins", [
                {
                    domainName: "static.s3.eu-central-1.amazonaws.com",
                    originId: "static-primary",
                    s3OriginConfig: {
                        originAccessIdentity: "origin-access-identity/cloudfront/E127EXAMPLE51Z",
                    },
                },
                {
                    domainName: "origin.shop.example.com",
                    originId: "dynamic",
                    customOriginConfig: {
                        httpPort: 80,
                        httpsPort: 443,
                        originProtocolPolicy: "https-only",
                        originSslProtocols: ["TLSv1.2"],
                    },
                },
            ]);
        },
        message: "signs by an origin access identity: origins[0].",
    },
    {
        rule: "cloudfront-s3-origin-access",
        title: "an access control that never signs",
        change: (stack) => {
            stack.set(
                stack.find("aws:cloudfront/originAccessControl:OriginAccessControl"),
                "signingBehavior",
                "never",
            );
        },
        message: "never signs: origins[",
    },
    {
        rule: "cloudfront-security-headers",
        title: "no headers for some paths",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "orderedCacheBehaviors", [
                {
                    pathPattern: "/static/*",
                    targetOriginId: "static",
                    viewerProtocolPolicy: "https-only",
                },
            ]);
            stack.relate(distribution, "orderedCacheBehaviors", stack.find(CACHE_POLICY));
        },
        fixture: [
            { type: CACHE_POLICY, name: "static", inputs: { defaultTtl: 86400, minTtl: 0, maxTtl: 86400 } },
        ],
        message: "orderedCacheBehaviors[0].responseHeadersPolicyId is not given.",
    },
    {
        rule: "cloudfront-security-headers",
        title: "a policy that does not ask for HTTPS",
        change: (stack) => {
            stack.unset(stack.find(HEADERS), "securityHeadersConfig.strictTransportSecurity");
        },
        message: "asks for HTTPS for 0 seconds in ",
    },
    {
        rule: "cloudfront-security-headers",
        title: "a policy that asks for HTTPS for a day",
        change: (stack) => {
            stack.set(
                stack.find(HEADERS),
                "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec",
                86400,
            );
        },
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cloudfront-s3-origin-access",
        title: "an origin access identity, which signs",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "origins", [
                {
                    domainName: "static.s3.eu-central-1.amazonaws.com",
                    originId: "static-primary",
                    s3OriginConfig: {
                        originAccessIdentity: "origin-access-identity/cloudfront/E127EXAMPLE51Z",
                    },
                },
            ]);
        },
    },
    {
        rule: "cloudfront-logging",
        title: "the older kind of log",
        change: (stack) => {
            stack.remove(stack.find(LOG_SOURCE));
            stack.set(stack.find(DISTRIBUTION), "loggingConfig", { bucket: "logs.s3.amazonaws.com" });
        },
    },
    {
        rule: "cloudfront-web-acl",
        title: "a web ACL of another stack",
        change: (stack) => {
            stack.set(
                stack.find(DISTRIBUTION),
                "webAclId",
                "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/a1b2",
            );
        },
    },
    {
        rule: "cloudfront-certificate",
        title: "a certificate in IAM",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "viewerCertificate", {
                iamCertificateId: "ASCAEXAMPLE",
                minimumProtocolVersion: "TLSv1.2_2021",
                sslSupportMethod: "sni-only",
            });
        },
    },
    {
        rule: "cloudfront-security-headers",
        title: "AWS's own policy",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(
                distribution,
                "defaultCacheBehavior.responseHeadersPolicyId",
                "67f7725c-6f97-4210-82d7-5512b31e9d03",
            );
        },
    },
];
