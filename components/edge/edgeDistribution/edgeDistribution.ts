import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { withSecrets } from "../../shared/argumentTable";
import { CLOUDFRONT_ZONE_ID, makeAliasRecords } from "../distribution/aliasRecords";
import { makeAlarms } from "../distribution/alarms";
import { makeAccessLogBucket } from "../distribution/buckets";
import { makeFront } from "../distribution/front";
import { deliverLogs, makeLogBucket } from "../distribution/logs";
import { makeDistribution } from "./distribution";
import { uploadMaintenancePage } from "./maintenancePage";
import { withDefaults } from "./settings";
import { allowDistribution, makeStaticSite } from "./staticSite";
import { EDGE_ARGUMENTS } from "./table";
import { validate } from "./validate";
import { type EdgeDistributionArgs } from "./args";
import { mapInput } from "../../shared/validation";

export {
    type DynamicOrigin,
    type EdgeAlarmThresholds,
    type EdgeDistributionArgs,
    type PathOrigin,
} from "./args";
export { type GeoRestriction, GeoRestrictionType, type OriginHeader, PriceClass } from "../distribution/args";

/**
 * A CloudFront distribution for a shop: an application behind it, or none; a static site in S3 with a replica in
 * another region; a web ACL; security headers; logs; alarms; and a maintenance page for when every origin is down.
 *
 * Whatever the region of the buckets, CloudFront's certificate, web ACL, log delivery and alarms are in us-east-1.
 *
 * Children, each name beginning with the component's:
 * - `distribution`, `certificate` (ValidatedCertificate, where none was given), `response-headers`, `directory-index`, `origin-access`,
 *   `vpc-origin`;
 * - `web-acl`, `web-acl-logs` (log group, and EncryptionKey), `web-acl-logging`;
 * - `static` and `static-replica` (SecureBucket and EncryptionKey each), `static-policy`, `static-replica-policy`,
 *   `replication` (role, its policy, and the bucket's configuration), `maintenance-page`;
 * - `logs` (SecureBucket), `s3-logs` where no bucket was given, `replica-s3-logs` (SecureBucket);
 * - `access-logs` (delivery source, destination, and delivery);
 * - `metrics`, `server-errors`, `origin-latency`, `blocked-requests` (alarms);
 * - `a-<domain name>` and `aaaa-<domain name>` (records; `a-<n>` for the n-th name, counted from 0, where it is an
 *   output), `shield`.
 */
export class EdgeDistribution extends pulumi.ComponentResource {
    /** Id of the distribution, as for an invalidation. */
    readonly distributionId: pulumi.Output<string>;
    /** ARN of the distribution. */
    readonly distributionArn: pulumi.Output<string>;
    /** Name of the distribution under cloudfront.net, for alias records made elsewhere. */
    readonly distributionDomainName: pulumi.Output<string>;
    /** Id of the hosted zone for alias records to the distribution; the same for all distributions. */
    readonly distributionHostedZoneId: pulumi.Output<string>;
    /** Address of the first domain name, such as `https://shop.example.com`. */
    readonly url: pulumi.Output<string>;
    /** Name of the bucket that the static site is deployed to. Known once its replication works, where it has one. */
    readonly staticBucketName: pulumi.Output<string>;
    /** ARN of the bucket that the static site is deployed to. */
    readonly staticBucketArn: pulumi.Output<string>;
    /** ARN of the key of that bucket: who deploys needs kms:GenerateDataKey and kms:Decrypt on it. */
    readonly staticKeyArn: pulumi.Output<string>;
    /** Name of the replica of that bucket, where there is one. Nobody writes to it but S3. */
    readonly replicaBucketName?: pulumi.Output<string>;
    /** Name of the bucket of the distribution's access logs. */
    readonly logBucketName: pulumi.Output<string>;
    /**
     * Name of the delivery source of CloudWatch Logs, in us-east-1, that stands for the distribution: a Clickstream takes
     * the same logs from it.
     */
    readonly logDeliverySourceName: pulumi.Output<string>;
    /** ARN of the web ACL, in us-east-1. */
    readonly webAclArn: pulumi.Output<string>;
    /** Name of the web ACL. */
    readonly webAclName: pulumi.Output<string>;
    /** Value of the dimension `WebACL` of the web ACL's metrics in CloudWatch. */
    readonly webAclMetricName: pulumi.Output<string>;
    /** Name of the log group, in us-east-1, of what the web ACL blocked or counted. */
    readonly webAclLogGroupName: pulumi.Output<string>;
    /** ARN of the certificate, in us-east-1. */
    readonly certificateArn: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children: lower-case letters, digits and hyphens, at most 32 characters.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: EdgeDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:EdgeDistribution", name, withSecrets(args, EDGE_ARGUMENTS), opts);
        const settings = withDefaults(args);

        const { region, accountId, hostedZoneId, domainNames } = args;
        const { deletionProtection, logRetentionDays, tags } = settings;
        const common = { accountId, region, deletionProtection, logRetentionDays, tags };
        const { certificateArn, webAcl } = makeFront(this, name, {
            ...settings,
            accountId,
            domainNames,
            hostedZoneId,
            certificateArn: args.certificateArn,
            acceptsWrites: settings.dynamic,
        });
        const accessLogBucket =
            args.accessLogBucket ?? makeAccessLogBucket(this, `${name}-s3-logs`, common).policyReady;
        const site = makeStaticSite(this, name, {
            ...common,
            replicaRegion: args.replicaRegion,
            accessLogBucket,
        });
        const logBucket = makeLogBucket(this, name, {
            ...common,
            accessLogBucket,
            kmsKeyArn: site.key.keyArn,
        });

        const distribution = makeDistribution(this, name, args, settings, {
            domainNames,
            certificateArn,
            site,
            webAclArn: webAcl.acl.arn,
        });
        allowDistribution(this, name, site, distribution, region);
        this.logDeliverySourceName = deliverLogs(this, name, distribution, logBucket, tags);
        uploadMaintenancePage(
            name,
            { name: site.primary.bucketName, region },
            // What is written before the replication is there is never copied.
            { parent: this, dependsOn: site.copy === undefined ? [] : [site.copy.replication] },
        );
        const url = mapInput(domainNames[0] ?? "", (host) => `https://${host}`);
        makeAlarms(this, name, {
            ...settings,
            distribution,
            url,
            webAclMetricName: webAcl.metricName,
            topicArns: settings.alarmTopicArns,
        });
        if (settings.createDnsRecords) {
            makeAliasRecords(this, name, { hostedZoneId, domainNames }, distribution);
        }
        if (settings.shieldAdvanced) {
            new aws.shield.Protection(
                `${name}-shield`,
                { resourceArn: distribution.arn, tags },
                { parent: this },
            );
        }

        this.distributionId = distribution.id;
        this.distributionArn = distribution.arn;
        this.distributionDomainName = distribution.domainName;
        this.distributionHostedZoneId = pulumi.output(CLOUDFRONT_ZONE_ID);
        this.url = pulumi.output(url);
        this.staticBucketName = site.copy?.replication.bucket ?? site.primary.bucketName;
        this.staticBucketArn = site.primary.bucketArn;
        this.staticKeyArn = site.key.keyArn;
        if (site.copy !== undefined) {
            this.replicaBucketName = site.copy.bucket.bucketName;
        }
        this.logBucketName = logBucket.bucketName;
        this.webAclArn = webAcl.acl.arn;
        this.webAclName = webAcl.acl.name;
        this.webAclMetricName = pulumi.output(webAcl.metricName);
        this.webAclLogGroupName = webAcl.logGroup.name;
        this.certificateArn = pulumi.output(certificateArn);
        this.registerOutputs({
            distributionId: this.distributionId,
            distributionArn: this.distributionArn,
            distributionDomainName: this.distributionDomainName,
            distributionHostedZoneId: this.distributionHostedZoneId,
            url: this.url,
            staticBucketName: this.staticBucketName,
            staticBucketArn: this.staticBucketArn,
            staticKeyArn: this.staticKeyArn,
            replicaBucketName: this.replicaBucketName,
            logBucketName: this.logBucketName,
            logDeliverySourceName: this.logDeliverySourceName,
            webAclArn: this.webAclArn,
            webAclName: this.webAclName,
            webAclMetricName: this.webAclMetricName,
            webAclLogGroupName: this.webAclLogGroupName,
            certificateArn: this.certificateArn,
        });
    }
}
