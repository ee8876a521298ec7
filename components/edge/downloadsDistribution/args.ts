import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { type GeoRestriction, type OriginHeader, type PriceClass } from "../distribution/args";

/** Where a request says which version of a file it wants. */
export enum VersionPlace {
    /** In the path: `/updates/4.2.0/firmware.bin`. */
    Path = "Path",
    /** In a header, with one path for all versions. */
    Header = "Header",
    /** In the query string, with one path for all versions: `/updates/firmware.bin?version=4.2.0`. */
    QueryString = "QueryString",
}

/** What tells versions of a file apart, and so is part of what CloudFront keeps answers by. */
export interface VersionKey {
    /** Where the version is. */
    place: VersionPlace;
    /**
     * Name of the header, in lower case, or of the parameter in the query string. Required with these, and left out with
     * Path.
     */
    name?: string;
}

/** Files that are kept equally long. */
export interface DownloadContent {
    /** Name of the kind, such as `manifests`: 1 to 20 lower-case letters, digits and hyphens, each once. */
    name: string;
    /** Patterns of their paths, with `*` and `?` as wildcards, each once. */
    pathPatterns: string[];
    /**
     * For how long CloudFront answers by itself, in seconds, 1 to 31536000, whatever the origin says: nothing needs to
     * change there. What a viewer keeps is still what the origin's own headers say.
     */
    lifetimeSeconds: number;
    /** Whether a viewer needs a signed URL or cookie, of one of `publicKeys`. False when left out. */
    signed?: boolean;
}

/** A balancer that is there already and stays as it is. One of `domainName` and `loadBalancerArn`. */
export interface DownloadsBalancer {
    /** Host name that CloudFront connects to on port 443. May be the balancer's own, which AWS gave it. */
    domainName?: pulumi.Input<string>;
    /** ARN of an Application or Network Load Balancer of any region, whose own name is looked up. */
    loadBalancerArn?: string;
    /**
     * Headers by which the balancer may recognise the distribution, 30 at most. None when left out, as long as the
     * balancer has no rule for them.
     */
    headers?: OriginHeader[];
}

/** When the alarms of a DownloadsDistribution ring. */
export interface DownloadsAlarmThresholds {
    /**
     * Share of requests that CloudFront answered by itself, in percent, below which the balancer gets more than it was
     * sized for: in a quarter of an hour of more than 1000 requests a minute. 80 when left out.
     */
    cacheHitPercent?: number;
    /** Share of requests answered with a 4xx status, in percent, in ten of fifteen minutes. 10 when left out. */
    clientErrorPercent?: number;
    /** Share of requests answered with a 5xx status, in percent, in three of five minutes. 5 when left out. */
    serverErrorPercent?: number;
    /** 99th percentile of the time that the origin takes to the first byte, in milliseconds. 3000 when left out. */
    originLatencyMilliseconds?: number;
    /** Requests that the web ACL blocked within five minutes. 1000 when left out. */
    blockedRequestsPerFiveMinutes?: number;
}

/** Arguments of DownloadsDistribution. */
export interface DownloadsDistributionArgs {
    /** AWS region of the balancer, and of the buckets that are made here, such as `eu-central-1`. */
    region: string;
    /** The AWS account that all of it belongs to: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Host names that viewers use, in lower case, 1 to 10. CloudFront passes them on, so the balancer's certificate must
     * carry them: it does where they are the names that the balancer has been asked by until now.
     */
    domainNames: pulumi.Input<string>[];
    /** Id of the public Route 53 zone of the domain names, for the certificate's validation and the alias records. */
    hostedZoneId: pulumi.Input<string>;
    /**
     * ARN of a certificate in us-east-1 for all domain names. Left out, one is made and validated in the hosted zone.
     */
    certificateArn?: pulumi.Input<string>;
    /**
     * Whether to make alias records, A and AAAA, of the domain names in the hosted zone. True when left out. Records of the
     * names that are there already must go, or be imported, first.
     */
    createDnsRecords?: boolean;
    /** The balancer that all requests went to until now. Requests that are no downloads still do, uncached. */
    balancer: DownloadsBalancer;
    /**
     * A second one, such as another region's, that downloads are fetched from while the first one answers with 500, 502,
     * 503 or 504, or not at all. It shows the same names. None when left out.
     */
    failoverBalancer?: DownloadsBalancer;
    /** What tells versions apart. Their paths when left out. */
    versionKey?: VersionKey;
    /**
     * The kinds of downloads: the first pattern that fits a path decides. All patterns together are 24 at most. When left
     * out: `manifests` (`/updates/*.json` and `/downloads/*.json`, for a minute), then `versions` (`/updates/*` and
     * `/downloads/*`, for a year).
     */
    contents?: DownloadContent[];
    /**
     * Public keys whose private halves sign URLs and cookies, in PEM, by names of 1 to 20 lower-case letters, digits and
     * hyphens, which are kept for good: 1 to 5. All of them are good at once: to rotate, add the new one, sign with it, and
     * remove the old one when the last URL that it signed has expired. Required with a signed content, and left out else.
     */
    publicKeys?: Record<string, pulumi.Input<string>>;
    /**
     * Whether to make a bucket that downloads can come from as well, and what moves them there by percentage. At first none
     * does: the weight is a value outside of Pulumi's care. False when left out.
     */
    objectStore?: boolean;
    /**
     * Region of CloudFront's Origin Shield, through which all misses of the world go, so that the origin is asked once. Left
     * out, it is `region`, where CloudFront has one there, and else there is none.
     */
    originShieldRegion?: string;
    /** Which edge locations serve. All when left out. */
    priceClass?: PriceClass;
    /** From which countries viewers may come. Everywhere when left out. */
    geoRestriction?: GeoRestriction;
    /**
     * Countries whose requests the web ACL blocks: unlike with `geoRestriction`, each is counted, sampled and
     * logged. ISO 3166-1 alpha-2 codes in upper case. None when left out.
     */
    blockedCountries?: string[];
    /**
     * Requests that one address may send within five minutes, 10 at least; then it gets 429. 20000 when left out: many
     * devices share an address.
     */
    rateLimitPerFiveMinutes?: number;
    /**
     * For how many days access logs and the web ACL's logs are kept: one of the values that CloudWatch Logs takes.
     * 365 when left out.
     */
    logRetentionDays?: number;
    /**
     * Name of a bucket in `region` that takes the access logs of the buckets made here. Left out, one is made.
     */
    accessLogBucket?: pulumi.Input<string>;
    /** ARNs of SNS topics in us-east-1, where the alarms of CloudFront must be. Nobody is told when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** When the alarms ring. */
    alarmThresholds?: DownloadsAlarmThresholds;
    /**
     * Whether Pulumi refuses to delete the buckets and the keys. True when left out; with false, destroying the
     * component deletes the objects too.
     */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
