import * as fs from "fs";
import * as path from "path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const domain = config.require("domain");
const parent = domain.split(".").slice(1).join(".");

const pages = new aws.s3.Bucket("pages", { forceDestroy: true });
const access = new aws.s3.BucketPublicAccessBlock("pages", {
    bucket: pages.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
});
for (const file of fs.readdirSync("www")) {
    new aws.s3.BucketObjectv2(file, {
        bucket: pages,
        key: file,
        source: new pulumi.asset.FileAsset(path.join("www", file)),
        contentType: file.endsWith(".css") ? "text/css" : "text/html",
    });
}

const virginia = new aws.Provider("virginia", { region: "us-east-1" });
const zone = aws.route53.getZoneOutput({ name: parent });
const certificate = new aws.acm.Certificate(
    "site",
    { domainName: domain, validationMethod: "DNS" },
    { provider: virginia },
);
const validation = certificate.domainValidationOptions[0];
const record = new aws.route53.Record("validation", {
    zoneId: zone.zoneId,
    name: validation.resourceRecordName,
    type: validation.resourceRecordType,
    records: [validation.resourceRecordValue],
    ttl: 300,
});
const validated = new aws.acm.CertificateValidation(
    "site",
    { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
    { provider: virginia },
);

const control = new aws.cloudfront.OriginAccessControl("site", {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
});
const caching = aws.cloudfront.getCachePolicyOutput({ name: "Managed-CachingOptimized" });
const distribution = new aws.cloudfront.Distribution("site", {
    enabled: true,
    aliases: [domain],
    defaultRootObject: config.require("indexDocument"),
    origins: [
        {
            originId: "pages",
            domainName: pages.bucketRegionalDomainName,
            originAccessControlId: control.id,
        },
    ],
    defaultCacheBehavior: {
        targetOriginId: "pages",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: caching.apply((policy) => policy.id ?? ""),
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
        acmCertificateArn: validated.certificateArn,
        sslSupportMethod: "sni-only",
    },
});
new aws.s3.BucketPolicy(
    "pages",
    {
        bucket: pages.id,
        policy: pulumi.all([pages.arn, distribution.arn]).apply(([bucket, reader]) =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: "cloudfront.amazonaws.com" },
                        Action: "s3:GetObject",
                        Resource: `${bucket}/*`,
                        Condition: { StringEquals: { "AWS:SourceArn": reader } },
                    },
                ],
            }),
        ),
    },
    { dependsOn: [access] },
);
new aws.route53.Record("site", {
    zoneId: zone.zoneId,
    name: domain,
    type: "A",
    aliases: [
        {
            name: distribution.domainName,
            zoneId: distribution.hostedZoneId,
            evaluateTargetHealth: false,
        },
    ],
});

export const url = `https://${domain}`;
export const distributionId = distribution.id;
