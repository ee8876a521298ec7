import {
    accountId,
    bucketName,
    flag,
    hostedZoneId,
    input,
    list,
    number,
    object,
    oneOf,
    region,
    required,
    secret,
    tags,
    text,
    topicArns,
} from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import {
    type DynamicOrigin,
    type EdgeAlarmThresholds,
    type EdgeDistributionArgs,
    type GeoRestriction,
    GeoRestrictionType,
    type OriginHeader,
    PriceClass,
} from "./args";
import { EDGE_REGION } from "./webAcl";

const HEADER: ArgumentTable<OriginHeader> = {
    name: required(text("a header's name")),
    value: required(secret(input(text("1 to 1783 characters")))),
};

const DYNAMIC_ORIGIN: ArgumentTable<DynamicOrigin> = {
    domainName: required(
        input(text("a host name in lower case with at least two labels, such as origin.shop.example.com")),
    ),
    headers: list(object(HEADER), "a list of headers"),
};

const COUNTRIES = list(
    text("an ISO 3166-1 alpha-2 country code in upper case, such as DE"),
    "a list of country codes",
);

const GEO_RESTRICTION: ArgumentTable<GeoRestriction> = {
    type: required(oneOf(GeoRestrictionType, "one of ")),
    countries: COUNTRIES,
};

const ALARM_THRESHOLDS: ArgumentTable<EdgeAlarmThresholds> = {
    serverErrorPercent: number("more than 0, at most 100 (percent)"),
    originLatencyMilliseconds: number("1 or more"),
    blockedRequestsPerFiveMinutes: number("1 or more"),
};

/** The rules of EdgeDistribution's arguments. */
export const EDGE_ARGUMENTS: ArgumentTable<EdgeDistributionArgs> = {
    region: required(region()),
    replicaRegion: region(),
    accountId: required(input(accountId())),
    domainNames: required(list(input(text("a host name in lower case")), "1 to 10 host names")),
    hostedZoneId: required(input(hostedZoneId())),
    certificateArn: input(text("the ARN of an ACM certificate in us-east-1, where CloudFront looks for it")),
    dynamicOrigin: object(DYNAMIC_ORIGIN),
    staticPaths: list(text("a path pattern, such as /static/*"), "a list of path patterns"),
    defaultRootObject: text("1 to 255 characters without a slash at the beginning, such as index.html"),
    rewriteDirectoryIndexes: flag(),
    createDnsRecords: flag(),
    priceClass: oneOf(PriceClass, "one of "),
    geoRestriction: object(GEO_RESTRICTION),
    blockedCountries: COUNTRIES,
    rateLimitPerFiveMinutes: number(),
    sensitivePaths: list(text("a path such as /login"), "a list of paths"),
    sensitiveRateLimitPerFiveMinutes: number(),
    contentSecurityPolicy: input(text("one line of printable ASCII characters")),
    originShieldRegion: text("a region of Origin Shield"),
    shieldAdvanced: flag(),
    logRetentionDays: number(),
    accessLogBucket: input(bucketName()),
    alarmTopicArns: input(topicArns({ region: EDGE_REGION })),
    alarmThresholds: object(ALARM_THRESHOLDS),
    deletionProtection: flag(),
    tags: tags(),
};
