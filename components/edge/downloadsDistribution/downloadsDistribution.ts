import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../../security/encryptionKey";
import { type Permission } from "../../security/permissions";
import { checkArguments, withSecrets } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { mapInput, Problems } from "../../shared/validation";
import { checkBucketName } from "../../security/secureBucket";
import { CLOUDFRONT_ZONE_ID, makeAliasRecords } from "../distribution/aliasRecords";
import { makeAccessLogBucket } from "../distribution/buckets";
import { makeFront } from "../distribution/front";
import { deliverLogs, makeLogBucket } from "../distribution/logs";
import { towardsViewers } from "../distribution/viewers";
import { makeDownloadsAlarms } from "./alarms";
import { type DownloadsDistributionArgs } from "./args";
import { downloadBehaviours } from "./caching";
import { allowDistribution, makeObjectStore, publishPermissions, weightPermissions } from "./objectStore";
import { downloadOrigins } from "./origins";
import { withDefaults } from "./settings";
import { makeKeyGroup } from "./signing";
import { DOWNLOADS_ARGUMENTS } from "./table";

export {
    type DownloadContent,
    type DownloadsAlarmThresholds,
    type DownloadsBalancer,
    type DownloadsDistributionArgs,
    type VersionKey,
    VersionPlace,
} from "./args";

/**
 * CloudFront before a balancer that is there already and stays as it is: downloads are kept at the edge, each kind as long
 * as its lifetime, and everything else passes through. Later they can come from a bucket, moved there by percentage and
 * back within seconds.
 *
 * Whatever the region of the buckets, CloudFront's certificate, web ACL, log delivery and alarms are in us-east-1.
 *
 * Children, each name beginning with the component's:
 * - `distribution`, `certificate` (ValidatedCertificate, where none was given), `response-headers`, a cache policy per
 *   content, `<key>` (public keys) and `signers`;
 * - with a bucket `objects` (SecureBucket), `objects-policy`, `origin` (key-value store), `origin-objects`, `origin-weight`
 *   (the value, and the function);
 * - `web-acl`, `web-acl-logs` (log group, and EncryptionKey), `web-acl-logging`;
 * - `buckets` (EncryptionKey), `logs` and, where none was given, `s3-logs` (SecureBucket), `access-logs` (source,
 *   destination and delivery);
 * - `a-<domain>` and `aaaa-<domain>`; `metrics`, and the alarms `cache-hits`, `client-errors`, `server-errors`,
 *   `origin-latency`, `blocked-requests` and, with a bucket, `function-errors`.
 */
export class DownloadsDistribution extends pulumi.ComponentResource {
    /** Id of the distribution, as for invalidations. */
    readonly distributionId: pulumi.Output<string>;
    /** ARN of the distribution. */
    readonly distributionArn: pulumi.Output<string>;
    /** The distribution's own name under cloudfront.net, for alias records. */
    readonly distributionDomainName: pulumi.Output<string>;
    /** Id of the hosted zone that alias records to the distribution name. */
    readonly distributionHostedZoneId: pulumi.Output<string>;
    /** Where viewers find it: `https://` and the first domain name. */
    readonly url: pulumi.Output<string>;
    /** Name of the bucket of the distribution's access logs. */
    readonly logBucketName: pulumi.Output<string>;
    /**
     * Name of the delivery source of CloudWatch Logs, in us-east-1, that stands for the distribution: a Clickstream takes
     * the same logs from it.
     */
    readonly logDeliverySourceName: pulumi.Output<string>;
    /** ARN of the web ACL, in us-east-1. */
    readonly webAclArn: pulumi.Output<string>;
    /** ARN of the certificate, in us-east-1. */
    readonly certificateArn: pulumi.Output<string>;
    /** Name of the bucket that downloads can come from; with `objectStore` alone. */
    readonly objectBucketName?: pulumi.Output<string>;
    /** ARN of the key-value store whose key `weight` says what share of viewers the bucket serves; with `objectStore` alone. */
    readonly keyValueStoreArn?: pulumi.Output<string>;
    /** What publishers of downloads need. Empty without `objectStore`. */
    readonly publishPermissions: pulumi.Output<Permission[]>;
    /** What those who move the traffic need. Empty without `objectStore`. */
    readonly weightPermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children: lower-case letters, digits and hyphens, at most 40 characters.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: DownloadsDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:DownloadsDistribution", name, withSecrets(args, DOWNLOADS_ARGUMENTS), opts);
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
            acceptsWrites: true,
            // Devices often say nothing, and did not need to until now.
            withoutUserAgent: true,
            sensitivePaths: [],
            sensitiveRateLimit: settings.rateLimit,
        });
        const key = new EncryptionKey(
            `${name}-buckets`,
            {
                region,
                accountId,
                description: `Downloads and access logs of ${name}`,
                services: [KeyUser.CloudFront, KeyUser.LogDelivery],
                deletionProtection,
                tags,
            },
            { parent: this },
        );
        const kmsKeyArn = key.keyArn;
        const accessLogBucket =
            args.accessLogBucket ?? makeAccessLogBucket(this, `${name}-s3-logs`, common).policyReady;
        const logBucket = makeLogBucket(this, name, { ...common, accessLogBucket, kmsKeyArn });
        const objects = settings.objectStore
            ? makeObjectStore(this, name, {
                  ...common,
                  accessLogBucket,
                  kmsKeyArn,
                  versionKey: settings.versionKey,
              })
            : undefined;

        const { targetOriginId, ...origins } = downloadOrigins(this, args, settings);
        const distribution = new aws.cloudfront.Distribution(
            `${name}-distribution`,
            {
                comment: `Downloads of ${name}`,
                ...towardsViewers({
                    ...settings,
                    domainNames,
                    certificateArn,
                    webAclArn: webAcl.acl.arn,
                }),
                ...origins,
                ...downloadBehaviours(this, name, {
                    ...settings,
                    targetOriginId,
                    keyGroupId: makeKeyGroup(this, name, args.publicKeys)?.id,
                    functionArn: objects?.function.arn,
                }),
                tags,
            },
            // The provider hands the origins back as outputs, secret headers included.
            { parent: this, additionalSecretOutputs: ["origins"] },
        );
        if (objects !== undefined) {
            allowDistribution(this, name, objects, distribution, region);
        }
        this.logDeliverySourceName = deliverLogs(this, name, distribution, logBucket, tags);
        const url = mapInput(domainNames[0] ?? "", (host) => `https://${host}`);
        makeDownloadsAlarms(this, name, {
            ...settings,
            distribution,
            url,
            webAclMetricName: webAcl.metricName,
            topicArns: settings.alarmTopicArns,
            functionName: objects?.function.name,
        });
        if (settings.createDnsRecords) {
            makeAliasRecords(this, name, { hostedZoneId, domainNames }, distribution);
        }

        this.distributionId = distribution.id;
        this.distributionArn = distribution.arn;
        this.distributionDomainName = distribution.domainName;
        this.distributionHostedZoneId = pulumi.output(CLOUDFRONT_ZONE_ID);
        this.url = pulumi.output(url);
        this.logBucketName = logBucket.bucketName;
        this.webAclArn = webAcl.acl.arn;
        this.certificateArn = pulumi.output(certificateArn);
        if (objects !== undefined) {
            this.objectBucketName = objects.bucket.bucketName;
            this.keyValueStoreArn = objects.store.arn;
        }
        this.publishPermissions = publishPermissions({ region, kmsKeyArn }, objects);
        this.weightPermissions = weightPermissions(objects);
        this.registerOutputs({
            distributionId: this.distributionId,
            distributionArn: this.distributionArn,
            distributionDomainName: this.distributionDomainName,
            distributionHostedZoneId: this.distributionHostedZoneId,
            url: this.url,
            logBucketName: this.logBucketName,
            logDeliverySourceName: this.logDeliverySourceName,
            webAclArn: this.webAclArn,
            certificateArn: this.certificateArn,
            objectBucketName: this.objectBucketName,
            keyValueStoreArn: this.keyValueStoreArn,
            publishPermissions: this.publishPermissions,
            weightPermissions: this.weightPermissions,
        });
    }
}

function validate(name: string, given: DownloadsDistributionArgs): DownloadsDistributionArgs {
    const problems = new Problems("meridian:index:DownloadsDistribution", name);
    checkBucketName(problems, problems.name);
    // Of all children that AWS names after them, these have the least room.
    checkNameLength(problems, "name", `${name}-s3-logs-bucket`, "aws:s3/bucket:Bucket");
    checkNameLength(problems, "name", `${name}-origin-weight`, "aws:cloudfront/function:Function");
    const args = checkArguments(problems, given, DOWNLOADS_ARGUMENTS);
    problems.throwIfAny();
    return args;
}
