import {
    accountId,
    allOf,
    alsoWhere,
    bucketName,
    flag,
    hostedZoneId,
    input,
    isCount,
    isGiven,
    judgedLater,
    leftOutWhile,
    list,
    logRetention,
    numberOf,
    numberWhere,
    object,
    oneOf,
    region,
    required,
    tags,
    text,
    textLike,
    textOf,
    textWhere,
    topicArns,
    unless,
} from "../../shared/argumentRules";
import { requestLimit } from "../../security/regionalWebAcl";
import { MAINTENANCE_PATTERN } from "./maintenancePage";
import { DYNAMIC_ORIGIN } from "./originTable";
import { DEFAULT_RATE_LIMIT, DEFAULT_SENSITIVE_PATHS } from "./settings";
import { PriceClass } from "../distribution/args";
import {
    CERTIFICATE_ARN,
    countries,
    DOMAIN_NAMES,
    GEO_RESTRICTION,
    isPathPattern,
    shieldRegion,
} from "../distribution/viewerTable";
import { EDGE_REGION } from "../distribution/webAcl";
import { MAX_REGEX_LENGTH, pathExpression } from "../distribution/webAclRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { type EdgeAlarmThresholds, type EdgeDistributionArgs } from "./args";

// Source: Amazon CloudFront Developer Guide, "Quotas": 25 cache behaviours per distribution, of which the default
// one and the maintenance page take one each.
const MAX_STATIC_PATHS = 23;
const STATIC_PATHS = list(
    text(
        "a path pattern, such as /static/*",
        allOf(
            isPathPattern,
            unless(
                (path) => !/^\/\**$/.test(textOf(path)),
                "a pattern that leaves paths to the dynamic origin",
                {
                    remedy: "For a site without an application leave dynamicOrigin out",
                },
            ),
            unless(
                (path, _, { before }) => !before.includes(path) && path !== MAINTENANCE_PATTERN,
                `each pattern once, and not ${MAINTENANCE_PATTERN}, which is always there`,
            ),
        ),
    ),
    "a list of path patterns",
    unless((paths) => isCount(paths, 0, MAX_STATIC_PATHS), `at most ${MAX_STATIC_PATHS} patterns`, {
        remedy: "Put the files under fewer directories",
    }),
);

const SENSITIVE_PATHS = list(
    textWhere(
        (path) => /^\/[^\s*?]+$/.test(path) && !/^\/+$/.test(path),
        "a path such as /login, without wildcards: all that is below it is meant as well",
        { kind: "a path such as /login" },
    ),
    "a list of paths",
    unless(
        (paths) => pathExpression(paths as readonly string[]).length <= MAX_REGEX_LENGTH,
        `paths that make an expression of at most ${MAX_REGEX_LENGTH} characters for the web ACL together`,
        { remedy: "Name the directories above them" },
    ),
);

const ONE_OR_MORE = numberWhere((value) => Number.isFinite(value) && value >= 1, "1 or more");

const ALARM_THRESHOLDS: ArgumentTable<EdgeAlarmThresholds> = {
    serverErrorPercent: numberWhere(
        (percent) => percent > 0 && percent <= 100,
        "more than 0, at most 100 (percent)",
    ),
    originLatencyMilliseconds: ONE_OR_MORE,
    blockedRequestsPerFiveMinutes: ONE_OR_MORE,
};

const rateLimitOf = (args: Given): number => numberOf(args.rateLimitPerFiveMinutes, DEFAULT_RATE_LIMIT);

const hasSensitivePaths = ({ sensitivePaths }: Given): boolean =>
    !isCount(Array.isArray(sensitivePaths) ? sensitivePaths : DEFAULT_SENSITIVE_PATHS, 0, 0);

/** The rules of EdgeDistribution's arguments. */
export const EDGE_ARGUMENTS: ArgumentTable<EdgeDistributionArgs> = {
    region: required(region()),
    replicaRegion: alsoWhere(
        (replica, args) => replica !== args.region,
        (args) => `a region other than region (${textOf(args.region)})`,
        region(),
        { remedy: "The replica serves when the region fails" },
    ),
    accountId: required(input(accountId())),
    domainNames: required(DOMAIN_NAMES),
    hostedZoneId: required(input(hostedZoneId())),
    certificateArn: CERTIFICATE_ARN,
    dynamicOrigin: object(DYNAMIC_ORIGIN),
    staticPaths: leftOutWhile(
        (args) => !isGiven(args.dynamicOrigin),
        () => ({
            allowed: "nothing while dynamicOrigin is left out",
            remedy: "Without an application, all paths are static",
        }),
        STATIC_PATHS,
    ),
    defaultRootObject: textLike(
        /^[^/\s][^\s]{0,254}$/,
        "1 to 255 characters without a slash at the beginning, such as index.html",
    ),
    rewriteDirectoryIndexes: flag(),
    createDnsRecords: flag(),
    priceClass: oneOf(PriceClass, "one of "),
    geoRestriction: object(GEO_RESTRICTION),
    blockedCountries: countries(),
    rateLimitPerFiveMinutes: requestLimit(),
    sensitivePaths: SENSITIVE_PATHS,
    sensitiveRateLimitPerFiveMinutes: alsoWhere(
        (limit, args) => !hasSensitivePaths(args) || numberOf(limit, 0) <= rateLimitOf(args),
        (args) => `at most rateLimitPerFiveMinutes (${rateLimitOf(args)})`,
        requestLimit(),
        { remedy: "The other limit would always be reached first" },
    ),
    contentSecurityPolicy: judgedLater(
        input(textLike(/^[\x20-\x7e]+$/, "one line of printable ASCII characters")),
    ),
    originShieldRegion: shieldRegion(),
    shieldAdvanced: flag(),
    logRetentionDays: logRetention(),
    accessLogBucket: input(bucketName()),
    alarmTopicArns: input(topicArns({ region: EDGE_REGION })),
    alarmThresholds: object(ALARM_THRESHOLDS),
    deletionProtection: flag(),
    tags: tags(),
};
