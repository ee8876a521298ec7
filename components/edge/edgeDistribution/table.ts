import {
    accountId,
    allOf,
    alsoJudged,
    alsoWhere,
    bucketName,
    flag,
    hostedZoneId,
    input,
    isCount,
    isEachOnce,
    isGiven,
    judgedLater,
    leftOutWhile,
    list,
    listOf,
    logRetention,
    mapByShortNames,
    numberOf,
    numberWhere,
    object,
    objectOf,
    oneOf,
    region,
    required,
    tags,
    textLike,
    textOf,
    textWhere,
    topicArns,
    unless,
} from "../../shared/argumentRules";
import { requestLimit } from "../../security/regionalWebAcl";
import { DYNAMIC_ORIGIN, MAX_PATHS, PATH_ORIGIN, PATH_PATTERN } from "./originTable";
import { DEFAULT_RATE_LIMIT, DEFAULT_SENSITIVE_PATHS, DEFAULT_STATIC_PATHS } from "./settings";
import { PriceClass } from "../distribution/args";
import {
    CERTIFICATE_ARN,
    countries,
    DOMAIN_NAMES,
    GEO_RESTRICTION,
    shieldRegion,
} from "../distribution/viewerTable";
import { EDGE_REGION } from "../distribution/webAcl";
import { MAX_REGEX_LENGTH, pathExpression } from "../distribution/webAclRules";
import { type ArgumentTable, type Given, type Judge } from "../../shared/argumentTable";
import { type EdgeAlarmThresholds, type EdgeDistributionArgs } from "./args";

const STATIC_PATHS = list(
    PATH_PATTERN,
    "a list of path patterns",
    unless((paths) => isCount(paths, 0, MAX_PATHS), `at most ${MAX_PATHS} patterns`, {
        remedy: "Put the files under fewer directories",
    }),
);

const patternsOf = (args: Given): readonly unknown[] => [
    ...Object.values(objectOf(args.pathOrigins)).flatMap((origin) => listOf(objectOf(origin).paths)),
    ...(isGiven(args.staticPaths) ? listOf(args.staticPaths) : DEFAULT_STATIC_PATHS),
];

/** What is said of all patterns together, where the other applications are. */
const arePatternsOfOne: Judge = allOf(
    unless(
        (_, args) => patternsOf(args).length <= MAX_PATHS,
        `at most ${MAX_PATHS} patterns together with staticPaths`,
    ),
    unless((_, args) => isEachOnce(patternsOf(args)), "each pattern once, those of staticPaths included"),
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
    pathOrigins: leftOutWhile(
        (args) => !isGiven(args.dynamicOrigin),
        () => ({ allowed: "nothing while dynamicOrigin is left out" }),
        alsoJudged(arePatternsOfOne, mapByShortNames(object(PATH_ORIGIN), "origins by names")),
    ),
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
