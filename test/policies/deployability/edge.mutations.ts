import {
    type Accepted,
    type FixtureResource,
    type MutableResource,
    type MutableStack,
    type Mutant,
    refTo,
} from "../../support/policies/mutation";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const ACL = "aws:wafv2/webAcl:WebAcl";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const LISTENER = "aws:lb/listener:Listener";
const BUCKET = "aws:s3/bucket:Bucket";
const ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:rewrite";

function certificateArn(region: string): string {
    return `arn:aws:acm:${region}:111122223333:certificate/19578254-0001-4a12-87a7-934fb86ae403`;
}

/** Adds a distribution like the stack's, with nothing in the stack to rely on, and one property changed. */
function another(stack: MutableStack, path: string, value: unknown): MutableResource {
    const { inputs } = stack.find(DISTRIBUTION);
    const distribution = stack.add({ type: DISTRIBUTION, name: "another", inputs });
    stack.unset(distribution, "webAclId");
    stack.set(distribution, "aliases", ["another.example.com"]);
    stack.set(distribution, path, value);
    return distribution;
}

const logBucket: readonly FixtureResource[] = [
    { type: BUCKET, name: "old-logs", inputs: { bucket: "meridian-old-logs", region: "us-east-1" } },
    {
        type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        name: "old-logs-ownership",
        inputs: { bucket: refTo(BUCKET, "old-logs"), rule: { objectOwnership: "BucketOwnerPreferred" } },
    },
];

/** A web ACL on a REST API's stage, which takes one. */
const apiAssociation: readonly FixtureResource[] = [
    {
        type: ACL,
        name: "api",
        inputs: { name: "api", scope: "REGIONAL", region: "us-east-1", rules: [] },
    },
    {
        type: ASSOCIATION,
        name: "api",
        inputs: {
            region: "us-east-1",
            resourceArn: "arn:aws:apigateway:us-east-1::/restapis/a1b2c3/stages/live",
            webAclArn: refTo(ACL, "api"),
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "acm-validated-certificate",
        title: "a listener that does not wait",
        change: (stack) => {
            stack.refer(
                stack.find(LISTENER, "shop-web-https"),
                "certificateArn",
                stack.find(CERTIFICATE, /web/),
            );
        },
        decidedBy: "relations",
        message: "without waiting until it is issued",
    },
    {
        rule: "acm-validated-certificate",
        title: "a distribution that does not wait",
        stack: "prod-global",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "viewerCertificate", distribution.inputs.viewerCertificate);
            stack.relate(distribution, "viewerCertificate", stack.find(CERTIFICATE));
        },
        decidedBy: "relations",
    },
    {
        rule: "acm-certificate-region",
        title: "a listener with a certificate of another region",
        change: (stack) => {
            stack.set(
                stack.find(LISTENER, "shop-web-https"),
                "certificateArn",
                certificateArn("eu-central-1"),
            );
        },
        message: "uses a certificate of eu-central-1; allowed: us-east-1",
    },
    {
        rule: "acm-certificate-region",
        title: "a distribution with a regional certificate",
        stack: "prod-eu",
        change: (stack) => {
            another(stack, "viewerCertificate.acmCertificateArn", certificateArn("eu-central-1"));
        },
        message: "allowed: us-east-1",
    },
    {
        rule: "acm-certificate-region",
        title: "a validation in another region than its certificate",
        stack: "prod-eu",
        change: (stack) => {
            stack.unset(stack.find(VALIDATION, /edge/), "region");
        },
        message: "uses a certificate of us-east-1; allowed: eu-central-1",
    },
    {
        rule: "cloudfront-web-acl",
        title: "a regional web ACL",
        change: (stack) => {
            stack.refer(stack.find(DISTRIBUTION), "webAclId", stack.find(ACL, /firewall/));
        },
        message: 'of scope "REGIONAL"',
    },
    {
        rule: "cloudfront-web-acl",
        title: "the ARN of a regional web ACL",
        change: (stack) => {
            stack.set(
                stack.find(DISTRIBUTION),
                "webAclId",
                "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/1234",
            );
            stack.relate(stack.find(DISTRIBUTION), "webAclId", stack.find("pulumi:providers:aws"));
        },
        message: "has the web ACL regional/webacl/shop/1234 of us-east-1",
    },
    {
        rule: "wafv2-cloudfront-scope-region",
        title: "a web ACL for CloudFront in Europe",
        stack: "prod-eu",
        change: (stack) => {
            stack.unset(stack.find(ACL, /edge/), "region");
        },
        message: 'has scope "CLOUDFRONT" in eu-central-1',
    },
    {
        rule: "wafv2-association-target",
        title: "a distribution",
        change: (stack) => {
            stack.refer(stack.find(ASSOCIATION), "resourceArn", stack.find(DISTRIBUTION));
        },
        message: "has shop-edge-distribution, a Distribution, as its target",
        decidedBy: "values",
    },
    {
        rule: "wafv2-association-target",
        title: "a network load balancer",
        change: (stack) => {
            stack.refer(
                stack.find(ASSOCIATION),
                "resourceArn",
                stack.find("aws:lb/loadBalancer:LoadBalancer", "shop-api-nlb"),
            );
        },
        message: "which is not an application load balancer",
    },
    {
        rule: "wafv2-association-target",
        title: "an HTTP API's stage by its ARN",
        fixture: apiAssociation,
        change: (stack) => {
            stack.set(
                stack.find(ASSOCIATION, "api"),
                "resourceArn",
                "arn:aws:apigateway:us-east-1::/apis/a1b2c3/stages/live",
            );
        },
        message: "has the resourceArn of apigateway /apis/a1b2c3/stages/live",
    },
    {
        rule: "wafv2-association-target",
        title: "a web ACL for CloudFront",
        change: (stack) => {
            stack.refer(stack.find(ASSOCIATION), "webAclArn", stack.find(ACL, /edge/));
        },
        message: 'of scope "CLOUDFRONT"',
    },
    {
        rule: "cloudfront-origin-group-methods",
        title: "writes to an origin group",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "orderedCacheBehaviors[0].allowedMethods", [
                ...["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
            ]);
        },
        message: "with PUT, PATCH, POST, DELETE in allowedMethods",
    },
    {
        rule: "cloudfront-origin-group-members",
        title: "one origin twice",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "originGroups[0].members[1].originId", "static-primary");
        },
        message: "allowed: two different ones",
    },
    {
        rule: "cloudfront-origin-group-members",
        title: "an origin that is not there",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "originGroups[0].members[1].originId", "static-third");
        },
        message: "with static-third, which is no origin of it",
    },
    {
        rule: "cloudfront-origin-group-members",
        title: "a status code that CloudFront does not take",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "originGroups[0].failoverCriteria.statusCodes[0]", 401);
        },
        message: "with the status code 401",
    },
    {
        rule: "cloudfront-methods",
        title: "POST without the others",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.allowedMethods", [
                "GET",
                "HEAD",
                "POST",
            ]);
        },
        message: "has defaultCacheBehavior.allowedMethods GET, HEAD, POST",
    },
    {
        rule: "cloudfront-methods",
        title: "a cached method that is not allowed",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "orderedCacheBehaviors[0].allowedMethods", ["GET", "HEAD"]);
            stack.set(distribution, "orderedCacheBehaviors[0].cachedMethods", ["GET", "HEAD", "OPTIONS"]);
        },
        message: "caches OPTIONS and does not allow it",
    },
    {
        rule: "cloudfront-cache-policy-arguments",
        title: "a TTL besides a policy",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "orderedCacheBehaviors[1].defaultTtl", 60);
        },
        message: "has orderedCacheBehaviors[1] with cachePolicyId and defaultTtl",
    },
    {
        rule: "cloudfront-cache-policy-arguments",
        title: "no policy",
        change: (stack) => {
            const distribution = another(stack, "defaultCacheBehavior.originRequestPolicyId", "");
            stack.unset(distribution, "defaultCacheBehavior.cachePolicyId");
        },
        message: "with neither cachePolicyId nor forwardedValues",
    },
    {
        rule: "cloudfront-s3-origin-request-policy",
        title: "the Host header for a bucket",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "orderedCacheBehaviors[0].originRequestPolicyId", ALL_VIEWER);
        },
        message: 'to the S3 origin "static" with the origin request policy AllViewer',
    },
    {
        rule: "cloudfront-origin-access",
        title: "a website endpoint",
        change: (stack) => {
            another(stack, "origins[0].domainName", "static.s3-website-us-east-1.amazonaws.com");
        },
        message: "and the website endpoint",
    },
    {
        rule: "cloudfront-origin-access",
        title: "an identity besides",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "origins[0].s3OriginConfig", {
                originAccessIdentity: "origin-access-identity/cloudfront/E2QWRUHAPOMQZL",
            });
        },
        message: "and an origin access identity",
    },
    {
        rule: "cloudfront-restrictions",
        title: "none",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "restrictions");
        },
        message: "has no restrictions",
    },
    {
        rule: "cloudfront-restrictions",
        title: "countries that are restricted in no way",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "restrictions.geoRestriction.locations", ["US"]);
        },
        message: 'has restrictionType "none" with 1 location',
    },
    {
        rule: "cloudfront-viewer-certificate",
        title: "names without a certificate",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "viewerCertificate", { cloudfrontDefaultCertificate: true });
        },
        message: "has 1 alias and no certificate for it",
    },
    {
        rule: "cloudfront-viewer-certificate",
        title: "a certificate without a way to serve it",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "viewerCertificate.sslSupportMethod");
        },
        message: 'with sslSupportMethod ""',
    },
    {
        rule: "cloudfront-viewer-certificate",
        title: "a TLS policy of balancers",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "viewerCertificate.minimumProtocolVersion", "TLSv1.2");
        },
        message: 'has minimumProtocolVersion "TLSv1.2"',
    },
    {
        rule: "cloudfront-origin-shield",
        title: "a region without Origin Shield",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "origins[2].originShield", {
                enabled: true,
                originShieldRegion: "eu-north-1",
            });
        },
        message: 'with originShieldRegion "eu-north-1"',
    },
    {
        rule: "cloudfront-known-origins",
        title: "an origin that is not there",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.targetOriginId", "web");
        },
        message: 'has defaultCacheBehavior to "web"',
    },
    {
        rule: "cloudfront-legacy-log-bucket",
        title: "a bucket without ACLs",
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "loggingConfig", { bucket: "targets.s3.amazonaws.com" });
            stack.relate(distribution, "loggingConfig", stack.find(BUCKET, /logs-targets/));
        },
        message: "which has no ACLs",
    },
    {
        rule: "cloudfront-legacy-log-bucket",
        title: "a bucket's bare name",
        fixture: logBucket,
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "loggingConfig", { bucket: "meridian-old-logs" });
            stack.relate(distribution, "loggingConfig", stack.find(BUCKET, "old-logs"));
            stack.set(
                stack.find("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "old-logs-ownership"),
                "rule.objectOwnership",
                "ObjectWriter",
            );
        },
        message: "which is not the domain name of a bucket",
    },
    {
        rule: "cloudfront-paths",
        title: "a root object with a slash",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultRootObject", "/index.html");
        },
        message: 'has defaultRootObject "/index.html"',
    },
    {
        rule: "cloudfront-paths",
        title: "an error page without a code",
        change: (stack) => {
            stack.unset(stack.find(DISTRIBUTION), "customErrorResponses[0].responseCode");
        },
        message: "only one of responseCode and responsePagePath",
    },
    {
        rule: "cloudfront-paths",
        title: "an error that CloudFront does not know",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "customErrorResponses[0].errorCode", 401);
        },
        message: "has customErrorResponses[0].errorCode 401",
    },
    {
        rule: "cloudfront-paths",
        title: "a pattern twice",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "orderedCacheBehaviors[2].pathPattern", "/static/*");
        },
        message: '"/static/*" twice',
    },
    {
        rule: "cloudfront-edge-function",
        title: "an unpublished function",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.lambdaFunctionAssociations", [
                { eventType: "origin-request", lambdaArn: `${FUNCTION}:$LATEST` },
            ]);
        },
        message: "$LATEST",
    },
    {
        rule: "cloudfront-edge-function",
        title: "two functions for one event",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.lambdaFunctionAssociations", [
                { eventType: "viewer-request", lambdaArn: `${FUNCTION}:3` },
            ]);
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.functionAssociations", [
                {
                    eventType: "viewer-request",
                    functionArn: "arn:aws:cloudfront::111122223333:function/rewrite",
                },
            ]);
        },
        message: "two functions for viewer-request",
    },
    {
        rule: "cloudfront-limits",
        title: "a price class in capitals",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "priceClass", "PRICE_CLASS_100");
        },
        message: "allowed: PriceClass_100",
    },
    {
        rule: "cloudfront-limits",
        title: "a connection timeout of a minute",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "origins[2].connectionTimeout", 60);
        },
        message: "has origins[2].connectionTimeout 60; allowed: 1 to 10",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "cloudfront-cache-policy-arguments",
        title: "the TTL that the provider fills in",
        change: (stack) => {
            stack.set(stack.find(DISTRIBUTION), "defaultCacheBehavior.minTtl", 0);
        },
    },
    {
        rule: "cloudfront-legacy-log-bucket",
        title: "a bucket with ACLs",
        fixture: logBucket,
        change: (stack) => {
            const distribution = stack.find(DISTRIBUTION);
            stack.set(distribution, "loggingConfig", { bucket: "meridian-old-logs.s3.amazonaws.com" });
            stack.relate(distribution, "loggingConfig", stack.find(BUCKET, "old-logs"));
        },
    },
    {
        rule: "acm-validated-certificate",
        title: "an imported certificate",
        change: (stack) => {
            const certificate = stack.add({
                type: CERTIFICATE,
                name: "imported",
                inputs: { certificateBody: "PEM", privateKey: "PEM", region: "us-east-1" },
            });
            stack.refer(stack.find(LISTENER, "shop-web-https"), "certificateArn", certificate);
        },
    },
];
