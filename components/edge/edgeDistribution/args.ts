import type * as pulumi from "@pulumi/pulumi";
import { type TagsInput } from "../../shared/tags";
import { type GeoRestriction, type OriginHeader, type PriceClass } from "../distribution/args";

/** The application behind the distribution: a load balancer, or anything else that speaks HTTPS. */
export interface DynamicOrigin {
    /**
     * Host name that CloudFront connects to on port 443, over TLS 1.2. Its certificate must carry this name. May be an
     * output, such as the name of a balancer.
     */
    domainName: pulumi.Input<string>;
    /**
     * ARN of an Internal balancer of this account, in any region, which CloudFront then reaches as a VPC origin: nobody
     * reaches it over the internet. `domainName` is its own name or one in its certificate, and its security groups let
     * CloudFront in (`vpcOrigin` of ServiceBalancer). Its network needs an internet gateway, attached and no more. Left
     * out, CloudFront finds the origin by its name, over the internet.
     */
    loadBalancerArn?: pulumi.Input<string>;
    /**
     * Headers by which the origin recognises the distribution, 30 at most. None when left out: then anybody who
     * knows the origin's name can go round the distribution.
     */
    headers?: OriginHeader[];
}

/** Another application behind the distribution, for some paths: an API, or a balancer of its own. Nothing of it is cached. */
export interface PathOrigin {
    /**
     * Path patterns that it answers, such as `/api/*`, with `*` and `?` as wildcards; they come before the static ones. The
     * whole path reaches the origin.
     */
    paths: string[];
    /**
     * Host name that CloudFront connects to on port 443, over TLS 1.2. It is also the Host header that the origin sees, because
     * API Gateway finds an API by it.
     */
    domainName: pulumi.Input<string>;
    /** What stands before the path at the origin, such as an API's stage, `/live`. Nothing when left out. */
    originPath?: pulumi.Input<string>;
    /** Headers by which the origin recognises the distribution, 30 at most. None when left out. */
    headers?: OriginHeader[];
}

/** When the distribution's alarms ring. */
export interface EdgeAlarmThresholds {
    /** Share of requests answered with a 5xx status, in percent, in three of five minutes. 5 when left out. */
    serverErrorPercent?: number;
    /** 99th percentile of the time that the origin takes to the first byte, in milliseconds. 3000 when left out. */
    originLatencyMilliseconds?: number;
    /** Requests that the web ACL blocked within five minutes. 1000 when left out. */
    blockedRequestsPerFiveMinutes?: number;
}

/** Arguments of EdgeDistribution. */
export interface EdgeDistributionArgs {
    /** AWS region of the static site's bucket and of the access logs, such as `eu-central-1`. */
    region: string;
    /**
     * AWS region of the bucket's replica, which serves when the first one fails. Another than `region`. When left out
     * there is no replica, and static paths are down while the region is.
     */
    replicaRegion?: string;
    /** The AWS account that all of it belongs to: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * Host names that viewers use, in lower case, 1 to 10. The first, of at most 64 characters, is the name in `url`
     * and in the web ACL's metrics. Each may belong to one distribution only, in all of AWS. How many there are must be
     * known before the deployment; the names themselves may be outputs, and their records are then called after their
     * place in the list.
     */
    domainNames: pulumi.Input<string>[];
    /** Id of the public Route 53 zone of the domain names, for the certificate's validation and the alias records. */
    hostedZoneId: pulumi.Input<string>;
    /**
     * ARN of a certificate in us-east-1 for all domain names. Left out, one is made and validated in the hosted zone.
     */
    certificateArn?: pulumi.Input<string>;
    /**
     * The application that answers every path that is not static; its answers are never cached. Left out, the
     * distribution serves the static site alone.
     */
    dynamicOrigin?: DynamicOrigin;
    /**
     * Other applications for some paths, by names of 1 to 20 lower-case letters, digits and hyphens, kept for good. None when left
     * out; they mean nothing without `dynamicOrigin`. Viewers get the maintenance page in place of their answers with 502, 503 and
     * 504, too.
     */
    pathOrigins?: Record<string, PathOrigin>;
    /**
     * Path patterns that the static site answers, with `*` and `?` as wildcards; 23 at most, those of `pathOrigins` included. `/static/*` and
     * `/assets/*` when left out. They mean nothing without `dynamicOrigin`: then all paths are static.
     */
    staticPaths?: string[];
    /**
     * What is fetched when a viewer asks for `/`, without a leading slash. `index.html` when left out, and so an
     * application behind `dynamicOrigin` answers `/index.html` for its home page.
     */
    defaultRootObject?: string;
    /**
     * Whether a static path that ends in a slash means the `index.html` below it. It takes a CloudFront Function,
     * which is billed per request. True without `dynamicOrigin` and false with it when left out.
     */
    rewriteDirectoryIndexes?: boolean;
    /** Whether to make alias records, A and AAAA, of the domain names in the hosted zone. True when left out. */
    createDnsRecords?: boolean;
    /** Which edge locations serve. All when left out. */
    priceClass?: PriceClass;
    /** From which countries viewers may come. Everywhere when left out. */
    geoRestriction?: GeoRestriction;
    /**
     * Countries whose requests the web ACL blocks: unlike with `geoRestriction`, each is counted, sampled and
     * logged. ISO 3166-1 alpha-2 codes in upper case. None when left out.
     */
    blockedCountries?: string[];
    /** Requests that one address may send within five minutes, 10 at least; then it gets 429. 2000 when left out. */
    rateLimitPerFiveMinutes?: number;
    /**
     * Paths with the tighter limit, each with all that is below it. `/login` and `/api` when left out; an empty list
     * for none.
     */
    sensitivePaths?: string[];
    /**
     * Requests to the sensitive paths that one address may send within five minutes, at most the other limit. 500, or
     * the other limit where that is lower, when left out.
     */
    sensitiveRateLimitPerFiveMinutes?: number;
    /**
     * The Content-Security-Policy header of answers that do not bring one themselves. Left out, everything comes
     * from the site's own host, and nobody may frame it.
     */
    contentSecurityPolicy?: pulumi.Input<string>;
    /**
     * Region of CloudFront's Origin Shield in front of the static site's bucket, best the one nearest to `region`.
     * No shield when left out. Dynamic requests never go through it: they are not cached, so it would only add a
     * stop and a fee.
     */
    originShieldRegion?: string;
    /**
     * Whether AWS Shield Advanced protects the distribution. False when left out. The account must already have the
     * subscription, which is a commitment for a year and never made here.
     */
    shieldAdvanced?: boolean;
    /**
     * For how many days access logs and the web ACL's logs are kept: one of the values that CloudWatch Logs takes.
     * 365 when left out.
     */
    logRetentionDays?: number;
    /**
     * Name of a bucket in `region` that takes the access logs of the buckets made here. Left out, one is made; the
     * replica region gets one in any case.
     */
    accessLogBucket?: pulumi.Input<string>;
    /** ARNs of SNS topics in us-east-1, where the alarms of CloudFront must be. Nobody is told when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** When the alarms ring. */
    alarmThresholds?: EdgeAlarmThresholds;
    /**
     * Whether Pulumi refuses to delete the buckets and the keys. True when left out; with false, destroying the
     * component deletes the objects too.
     */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
