import type * as pulumi from "@pulumi/pulumi";

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
    requiredWhile,
    tags,
    text,
    textLike,
    textOf,
    textWhere,
    topicArns,
    unless,
} from "../../shared/argumentRules";
import { isDomainName, isKnown } from "../../shared/validation";
import { requestLimit } from "../../security/regionalWebAcl";
import { COUNTRY_CODES } from "../countryCodes";
import { MAINTENANCE_PATTERN } from "./maintenancePage";
import { DYNAMIC_ORIGIN } from "./originTable";
import { DEFAULT_RATE_LIMIT, DEFAULT_SENSITIVE_PATHS } from "./settings";
import { hostExpression, MAX_REGEX_LENGTH, pathExpression } from "./webAclRules";
import { type ArgumentTable, type Given, type Judge, type Refusal } from "../../shared/argumentTable";
import {
    type EdgeAlarmThresholds,
    type EdgeDistributionArgs,
    type GeoRestriction,
    GeoRestrictionType,
    PriceClass,
} from "./args";
import { EDGE_REGION } from "./webAcl";

/** Source: Amazon CloudFront Developer Guide, "Choose the AWS Region for Origin Shield". */
export const ORIGIN_SHIELD_REGIONS: readonly string[] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "me-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-2",
];

// Source: Amazon CloudFront Developer Guide, "Quotas": 25 cache behaviours per distribution, of which the default
// one and the maintenance page take one each.
const MAX_STATIC_PATHS = 23;
// Source: AWS Certificate Manager User Guide, "Quotas" and "Certificate characteristics": names per certificate, and
// characters of the first one.
const MAX_DOMAIN_NAMES = 10;
const MAX_FIRST_DOMAIN_NAME = 64;

const isFormed = allOf(
    unless(
        (name) => isDomainName(textOf(name)),
        "a host name in lower case with at least two labels, such as shop.example.com",
    ),
    unless(
        (name, _, { before }) => before.length > 0 || textOf(name).length <= MAX_FIRST_DOMAIN_NAME,
        `at most ${MAX_FIRST_DOMAIN_NAME} characters, because it is the certificate's subject`,
        { remedy: "Put a shorter name first" },
    ),
);

const DOMAIN_NAME = {
    ...input(
        text(
            "a host name in lower case",
            allOf(
                isFormed,
                unless((name, _, { before }) => !before.includes(name), "each name once"),
            ),
        ),
    ),
    judgeLater: isFormed,
};

const DOMAIN_NAMES = {
    ...list(DOMAIN_NAME, `1 to ${MAX_DOMAIN_NAMES} host names`, (names) =>
        isCount(names, 1, MAX_DOMAIN_NAMES)
            ? undefined
            : {
                  shown: (names as readonly pulumi.Input<string>[]).filter(isKnown),
                  allowed: `1 to ${MAX_DOMAIN_NAMES} host names`,
              },
    ),
    judgeTogether: unless(
        (names) => hostExpression(names as readonly string[]).length <= MAX_REGEX_LENGTH,
        `names that make an expression of at most ${MAX_REGEX_LENGTH} characters for the web ACL together`,
        { remedy: "Spread them over several distributions" },
    ),
};

const STATIC_PATHS = list(
    text(
        "a path pattern, such as /static/*",
        allOf(
            unless(
                // Source: Amazon CloudFront Developer Guide, "Path pattern".
                (path) => /^\/[A-Za-z0-9_\-.*$/~"'@:+&?]*$/.test(textOf(path)) && textOf(path).length <= 255,
                `a slash, then letters, digits and _-.*$/~"'@:+&?, 255 characters at most`,
            ),
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

const COUNTRY = "an ISO 3166-1 alpha-2 country code in upper case, such as DE";

function countries(judge?: Judge) {
    return list(
        text(
            COUNTRY,
            allOf(
                unless((country) => COUNTRY_CODES.has(textOf(country)), COUNTRY),
                unless((country, _, { before }) => !before.includes(country), "each country once"),
            ),
        ),
        "a list of country codes",
        judge,
    );
}

/** Which countries the restriction means that is being judged. */
function restrictionOf({ geoRestriction }: Given): unknown {
    return (geoRestriction as Given).type;
}

const isRestricted = (args: Given): boolean =>
    restrictionOf(args) === GeoRestrictionType.Whitelist ||
    restrictionOf(args) === GeoRestrictionType.Blacklist;

const oneCountryAtLeast = (args: Given): Refusal => ({
    allowed: `at least one country with type ${textOf(restrictionOf(args))}`,
});

const GEO_RESTRICTION: ArgumentTable<GeoRestriction> = {
    type: required(oneOf(GeoRestrictionType, "one of ")),
    countries: requiredWhile(
        isRestricted,
        oneCountryAtLeast,
        countries((value, args) => {
            if (isRestricted(args)) {
                return isCount(value, 1, Infinity) ? undefined : oneCountryAtLeast(args);
            }
            return restrictionOf(args) !== GeoRestrictionType.None || isCount(value, 0, 0)
                ? undefined
                : {
                      allowed: "nothing with type none",
                      remedy: "Remove the countries, or say whether they are a whitelist or a blacklist",
                  };
        }),
    ),
};

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

const isShieldRegion: Judge = (value, args) =>
    ORIGIN_SHIELD_REGIONS.includes(textOf(value))
        ? undefined
        : {
              allowed: `one of ${ORIGIN_SHIELD_REGIONS.join(", ")}`,
              remedy: `Take the one nearest to ${textOf(args.region)}, or leave it out`,
          };

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
    certificateArn: input(
        textLike(
            /^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/,
            "the ARN of an ACM certificate in us-east-1, where CloudFront looks for it",
        ),
    ),
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
    originShieldRegion: text("a region of Origin Shield", isShieldRegion),
    shieldAdvanced: flag(),
    logRetentionDays: logRetention(),
    accessLogBucket: input(bucketName()),
    alarmTopicArns: input(topicArns({ region: EDGE_REGION })),
    alarmThresholds: object(ALARM_THRESHOLDS),
    deletionProtection: flag(),
    tags: tags(),
};
