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
    isShortName,
    leftOutWhile,
    list,
    listOf,
    listOfAtLeast,
    logRetention,
    mapByShortNames,
    numberIn,
    numberWhere,
    object,
    objectOf,
    oneOf,
    region,
    required,
    requiredWhile,
    tags,
    text,
    textLike,
    textOf,
    topicArns,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Place } from "../../shared/argumentTable";
import { requestLimit } from "../../security/regionalWebAcl";
import { PriceClass } from "../distribution/args";
import {
    CERTIFICATE_ARN,
    countries,
    DOMAIN_NAMES,
    GEO_RESTRICTION,
    isPathPattern,
    shieldRegion,
} from "../distribution/viewerTable";
import { ORIGIN_HEADERS, ORIGIN_NAME } from "../distribution/originTable";
import { EDGE_REGION } from "../distribution/webAcl";
import {
    type DownloadContent,
    type DownloadsAlarmThresholds,
    type DownloadsBalancer,
    type DownloadsDistributionArgs,
    type VersionKey,
    VersionPlace,
} from "./args";
import { DEFAULT_CONTENTS } from "./settings";

// Source: Amazon CloudFront Developer Guide, "Quotas": 25 cache behaviours per distribution, of which the default one takes
// one; 5 public keys per key group.
const MAX_PATTERNS = 24;
const MAX_PUBLIC_KEYS = 5;
const YEAR = 31_536_000;

/** A balancer that an argument names: by one of the two, or an error says so. */
function balancer(argument: "balancer" | "failoverBalancer") {
    const arnOf = (args: Given): unknown => objectOf(args[argument]).loadBalancerArn;
    return object<DownloadsBalancer>({
        domainName: leftOutWhile(
            (args) => isGiven(arnOf(args)),
            () => ({
                allowed: "nothing beside loadBalancerArn",
                remedy: "A balancer is known by one of the two",
            }),
            requiredWhile(
                (args) => !isGiven(arnOf(args)),
                { allowed: "a host name, or loadBalancerArn in its place" },
                ORIGIN_NAME,
            ),
        ),
        loadBalancerArn: textLike(
            /^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/(?:app|net)\/.+$/,
            "the ARN of an Application or Network Load Balancer",
        ),
        headers: ORIGIN_HEADERS,
    });
}

const isPlace = ({ within }: Place, place: VersionPlace): boolean => within["place"] === place;

const VERSION_KEY: ArgumentTable<VersionKey> = {
    place: required(oneOf(VersionPlace, "one of ")),
    name: requiredWhile(
        ({ versionKey }) => isGiven(versionKey) && objectOf(versionKey).place !== VersionPlace.Path,
        { allowed: "a name with place Header or QueryString" },
        text(
            "the name of a header, in lower case, or of a parameter",
            allOf(
                unless((_, __, place) => !isPlace(place, VersionPlace.Path), "nothing with place Path", {
                    remedy: "The path is always in the key",
                }),
                unless(
                    (name, _, place) =>
                        !isPlace(place, VersionPlace.Header) ||
                        /^[a-z0-9][a-z0-9-]{0,62}$/.test(textOf(name)),
                    "the name of a header: 1 to 63 lower-case letters, digits and hyphens",
                ),
                unless(
                    (name, _, place) =>
                        !isPlace(place, VersionPlace.QueryString) ||
                        /^[A-Za-z0-9_.-]{1,63}$/.test(textOf(name)),
                    "the name of a parameter: 1 to 63 letters, digits and _.-",
                ),
                unless(
                    (name) => !UNFIT_HEADERS.has(textOf(name)),
                    "a header that says the version and nothing else",
                    { remedy: "Each viewer would have an entry of its own in the cache" },
                ),
            ),
        ),
    ),
};

const UNFIT_HEADERS: ReadonlySet<string> = new Set([
    "authorization",
    "cookie",
    "host",
    "range",
    "user-agent",
]);

const CONTENT: ArgumentTable<DownloadContent> = {
    name: required(
        text(
            "a name",
            allOf(
                unless(
                    (name) => isShortName(textOf(name)),
                    "1 to 20 lower-case letters, digits and hyphens, a hyphen neither first nor last",
                ),
                unless((name, _, { outer }) => !namesBefore(outer).includes(name), "each name once"),
            ),
        ),
    ),
    pathPatterns: required(
        listOfAtLeast(
            1,
            text(
                "a path pattern, such as /updates/*",
                allOf(
                    isPathPattern,
                    unless(
                        (path) => !/^\/\**$/.test(textOf(path)),
                        "a pattern that leaves other paths alone",
                    ),
                    unless(
                        (path, _, { before, outer }) =>
                            !before.includes(path) && !patternsBefore(outer).includes(path),
                        "each pattern once",
                        { remedy: "The first content that it is in decides" },
                    ),
                ),
            ),
            "one or more path patterns",
        ),
    ),
    lifetimeSeconds: required(numberIn({ min: 1, max: YEAR, step: 1 })),
    signed: flag(),
};

function contentsBefore(outer: Place | undefined): readonly Given[] {
    return (outer?.before ?? []).map(objectOf);
}

const namesBefore = (outer: Place | undefined): unknown[] => contentsBefore(outer).map(({ name }) => name);

const patternsBefore = (outer: Place | undefined): unknown[] =>
    contentsBefore(outer).flatMap(({ pathPatterns }) => listOf(pathPatterns));

const contentsOf = ({ contents }: Given): readonly Given[] =>
    (Array.isArray(contents) ? contents : DEFAULT_CONTENTS).map(objectOf);

const isSigned = (args: Given): boolean => contentsOf(args).some(({ signed }) => signed === true);

const PERCENT = numberWhere((percent) => percent > 0 && percent <= 100, "more than 0, at most 100 (percent)");
const ONE_OR_MORE = numberWhere((value) => Number.isFinite(value) && value >= 1, "1 or more");

/** The rules of DownloadsDistribution's arguments. */
export const DOWNLOADS_ARGUMENTS: ArgumentTable<DownloadsDistributionArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    domainNames: required(DOMAIN_NAMES),
    hostedZoneId: required(input(hostedZoneId())),
    certificateArn: CERTIFICATE_ARN,
    createDnsRecords: flag(),
    balancer: required(balancer("balancer")),
    failoverBalancer: balancer("failoverBalancer"),
    versionKey: object(VERSION_KEY),
    contents: list(
        object(CONTENT),
        "a list of contents",
        allOf(
            unless((contents) => isCount(contents, 1, Infinity), "one content or more"),
            unless(
                (contents) =>
                    contentsOf({ contents }).flatMap(({ pathPatterns }) => pathPatterns).length <=
                    MAX_PATTERNS,
                `at most ${MAX_PATTERNS} patterns together`,
                { remedy: "Put the files under fewer directories" },
            ),
        ),
    ),
    publicKeys: leftOutWhile(
        (args) => !isSigned(args),
        () => ({ shown: "given", allowed: "nothing while no content is signed" }),
        requiredWhile(
            isSigned,
            { allowed: `1 to ${MAX_PUBLIC_KEYS} public keys with a signed content` },
            alsoWhere(
                (keys) => Object.keys(objectOf(keys)).length <= MAX_PUBLIC_KEYS,
                `at most ${MAX_PUBLIC_KEYS} keys`,
                mapByShortNames(
                    input(
                        textLike(
                            /^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+\n-----END PUBLIC KEY-----\n?$/,
                            "a public key in PEM, RSA of 2048 bits or ECDSA of the curve P-256",
                        ),
                    ),
                    "public keys by names",
                ),
                { remedy: "Remove those whose last URL has expired" },
            ),
        ),
    ),
    objectStore: flag(),
    originShieldRegion: shieldRegion(),
    priceClass: oneOf(PriceClass, "one of "),
    geoRestriction: object(GEO_RESTRICTION),
    blockedCountries: countries(),
    rateLimitPerFiveMinutes: requestLimit(),
    logRetentionDays: logRetention(),
    accessLogBucket: input(bucketName()),
    alarmTopicArns: input(topicArns({ region: EDGE_REGION })),
    alarmThresholds: object<DownloadsAlarmThresholds>({
        cacheHitPercent: PERCENT,
        clientErrorPercent: PERCENT,
        serverErrorPercent: PERCENT,
        originLatencyMilliseconds: ONE_OR_MORE,
        blockedRequestsPerFiveMinutes: ONE_OR_MORE,
    }),
    deletionProtection: flag(),
    tags: tags(),
};
