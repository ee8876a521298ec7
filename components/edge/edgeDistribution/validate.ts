import * as pulumi from "@pulumi/pulumi";

import { checkArguments } from "../../shared/argumentTable";
import { COUNTRY_CODES } from "../countryCodes";
import { type EdgeDistributionArgs, GeoRestrictionType } from "./args";
import { checkNameLength } from "../../shared/names";
import { checkLogRetention, isDomainName, isKnown, Problems } from "../../shared/validation";
import { MAINTENANCE_PATTERN } from "./maintenancePage";
import { type EdgeSettings, withDefaults } from "./settings";
import { EDGE_ARGUMENTS } from "./table";
import { checkDynamicOrigin } from "./validateOrigin";
import { hostExpression, MAX_REGEX_LENGTH, pathExpression } from "./webAclRules";

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
// Source: AWS WAF API Reference, RateBasedStatement.
const MIN_RATE = 10;
const MAX_RATE = 2_000_000_000;

/** What has been checked. */
export interface Checked {
    /** The arguments without null, which counts as left out. */
    args: EdgeDistributionArgs;
    /** Those that are not known yet are checked when they are, as are the next two. */
    domainNames: pulumi.Input<string>[];
    /** Host name of the application, where there is one. */
    originDomainName: pulumi.Input<string> | undefined;
    contentSecurityPolicy: pulumi.Input<string>;
}

/** Throws one error that names everything that is wrong with the arguments. */
export function validate(name: string, given: EdgeDistributionArgs): Checked {
    const problems = new Problems("meridian:index:EdgeDistribution", name);
    checkName(problems, problems.name);
    const args = checkArguments(problems, given, EDGE_ARGUMENTS);
    const settings = withDefaults(args);
    checkPlaces(problems, args);
    const domainNames = checkDomainNames(problems, args.domainNames);
    const originDomainName =
        args.dynamicOrigin === undefined
            ? undefined
            : checkDynamicOrigin(problems, args.dynamicOrigin, args.domainNames);
    checkPaths(problems, args, settings);
    checkCountries(problems, args);
    checkLimits(problems, args, settings);
    const contentSecurityPolicy = problems.checkInput(
        settings.contentSecurityPolicy,
        checkContentSecurityPolicy,
    );
    problems.throwIfAny();
    return { args, domainNames, originDomainName, contentSecurityPolicy };
}

function checkName(problems: Problems, name: string): void {
    problems.check(
        /^[a-z][a-z0-9-]*$/.test(name),
        "name",
        name,
        "a lower-case letter, then lower-case letters, digits and hyphens, because buckets are called after it",
    );
    // Of all children that AWS names after them, this one has the least room.
    checkNameLength(problems, "name", `${name}-replica-s3-logs-bucket`, "aws:s3/bucket:Bucket");
}

function checkPlaces(problems: Problems, args: EdgeDistributionArgs): void {
    problems.check(
        args.replicaRegion !== args.region,
        "replicaRegion",
        args.replicaRegion,
        `a region other than region (${args.region})`,
        "The replica serves when the region fails",
    );
    // What comes from another resource is not known yet.
    if (typeof args.certificateArn === "string") {
        problems.check(
            /^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/.test(args.certificateArn),
            "certificateArn",
            args.certificateArn,
            "the ARN of an ACM certificate in us-east-1, where CloudFront looks for it",
        );
    }
    if (args.originShieldRegion !== undefined) {
        problems.check(
            ORIGIN_SHIELD_REGIONS.includes(args.originShieldRegion),
            "originShieldRegion",
            args.originShieldRegion,
            `one of ${ORIGIN_SHIELD_REGIONS.join(", ")}`,
            `Take the one nearest to ${args.region}, or leave it out`,
        );
    }
}

function checkDomainNames(
    problems: Problems,
    domainNames: readonly pulumi.Input<string>[],
): pulumi.Input<string>[] {
    const plain = domainNames.filter(isKnown);
    problems.check(
        domainNames.length >= 1 && domainNames.length <= MAX_DOMAIN_NAMES,
        "domainNames",
        plain,
        `1 to ${MAX_DOMAIN_NAMES} host names`,
    );
    const checked = domainNames.map((given, index) =>
        problems.checkInput(given, (found, domainName) => {
            checkDomainName(found, domainName, index);
        }),
    );
    for (const [index, domainName] of domainNames.entries()) {
        problems.check(
            !isKnown(domainName) || domainNames.indexOf(domainName) === index,
            `domainNames[${index}]`,
            domainName,
            "each name once",
        );
    }
    if (plain.length === domainNames.length) {
        checkHostExpression(problems, plain);
        return checked;
    }
    // The expression is made of all names together, and so are what follows from them.
    const all = problems.checkInput(pulumi.all(checked), checkHostExpression);
    return checked.map((name, index) =>
        isKnown(name) || isKnown(all) ? name : all.apply((names) => names[index] ?? ""),
    );
}

function checkDomainName(problems: Problems, domainName: string, index: number): void {
    const path = `domainNames[${index}]`;
    problems.check(
        isDomainName(domainName),
        path,
        domainName,
        "a host name in lower case with at least two labels, such as shop.example.com",
    );
    problems.check(
        index > 0 || domainName.length <= MAX_FIRST_DOMAIN_NAME,
        path,
        domainName,
        `at most ${MAX_FIRST_DOMAIN_NAME} characters, because it is the certificate's subject`,
        "Put a shorter name first",
    );
}

function checkHostExpression(problems: Problems, domainNames: readonly string[]): void {
    problems.check(
        hostExpression(domainNames).length <= MAX_REGEX_LENGTH,
        "domainNames",
        domainNames,
        `names that make an expression of at most ${MAX_REGEX_LENGTH} characters for the web ACL together`,
        "Spread them over several distributions",
    );
}

function checkPaths(problems: Problems, args: EdgeDistributionArgs, settings: EdgeSettings): void {
    if (args.staticPaths !== undefined && !settings.dynamic) {
        problems.add(
            "staticPaths",
            args.staticPaths,
            "nothing while dynamicOrigin is left out",
            "Without an application, all paths are static",
        );
    }
    const { staticPaths, sensitivePaths } = settings;
    problems.check(
        staticPaths.length <= MAX_STATIC_PATHS,
        "staticPaths",
        staticPaths,
        `at most ${MAX_STATIC_PATHS} patterns`,
        "Put the files under fewer directories",
    );
    for (const [index, path] of staticPaths.entries()) {
        problems.check(
            // Source: Amazon CloudFront Developer Guide, "Path pattern".
            /^\/[A-Za-z0-9_\-.*$/~"'@:+&?]*$/.test(path) && path.length <= 255,
            `staticPaths[${index}]`,
            path,
            `a slash, then letters, digits and _-.*$/~"'@:+&?, 255 characters at most`,
        );
        problems.check(
            !/^\/\**$/.test(path),
            `staticPaths[${index}]`,
            path,
            "a pattern that leaves paths to the dynamic origin",
            "For a site without an application leave dynamicOrigin out",
        );
        problems.check(
            staticPaths.indexOf(path) === index && path !== MAINTENANCE_PATTERN,
            `staticPaths[${index}]`,
            path,
            `each pattern once, and not ${MAINTENANCE_PATTERN}, which is always there`,
        );
    }
    for (const [index, path] of sensitivePaths.entries()) {
        problems.check(
            /^\/[^\s*?]+$/.test(path) && !/^\/+$/.test(path),
            `sensitivePaths[${index}]`,
            path,
            "a path such as /login, without wildcards: all that is below it is meant as well",
        );
    }
    problems.check(
        pathExpression(sensitivePaths).length <= MAX_REGEX_LENGTH,
        "sensitivePaths",
        sensitivePaths,
        `paths that make an expression of at most ${MAX_REGEX_LENGTH} characters for the web ACL together`,
        "Name the directories above them",
    );
    problems.check(
        /^[^/\s][^\s]{0,254}$/.test(settings.defaultRootObject),
        "defaultRootObject",
        settings.defaultRootObject,
        "1 to 255 characters without a slash at the beginning, such as index.html",
    );
}

function checkCountries(problems: Problems, args: EdgeDistributionArgs): void {
    const check = (path: string, countries: string[]): void => {
        for (const [index, country] of countries.entries()) {
            problems.check(
                COUNTRY_CODES.has(country),
                `${path}[${index}]`,
                country,
                "an ISO 3166-1 alpha-2 country code in upper case, such as DE",
            );
            problems.check(
                countries.indexOf(country) === index,
                `${path}[${index}]`,
                country,
                "each country once",
            );
        }
    };
    check("blockedCountries", args.blockedCountries ?? []);
    if (args.geoRestriction === undefined) {
        return;
    }
    const { type, countries = [] } = args.geoRestriction;
    check("geoRestriction.countries", countries);
    if (type === GeoRestrictionType.None) {
        problems.check(
            countries.length === 0,
            "geoRestriction.countries",
            countries,
            "nothing with type none",
            "Remove the countries, or say whether they are a whitelist or a blacklist",
        );
    } else {
        problems.check(
            countries.length > 0,
            "geoRestriction.countries",
            args.geoRestriction.countries,
            `at least one country with type ${type}`,
        );
    }
}

function checkContentSecurityPolicy(problems: Problems, policy: string): void {
    problems.check(
        /^[\x20-\x7e]+$/.test(policy),
        "contentSecurityPolicy",
        policy,
        "one line of printable ASCII characters",
    );
}

function checkLimits(problems: Problems, args: EdgeDistributionArgs, settings: EdgeSettings): void {
    const { rateLimit, sensitiveRateLimit } = settings;
    problems.checkRange("rateLimitPerFiveMinutes", rateLimit, MIN_RATE, MAX_RATE, 1);
    problems.checkRange("sensitiveRateLimitPerFiveMinutes", sensitiveRateLimit, MIN_RATE, MAX_RATE, 1);
    problems.check(
        settings.sensitivePaths.length === 0 || sensitiveRateLimit <= rateLimit,
        "sensitiveRateLimitPerFiveMinutes",
        sensitiveRateLimit,
        `at most rateLimitPerFiveMinutes (${rateLimit})`,
        "The other limit would always be reached first",
    );
    checkLogRetention(problems, "logRetentionDays", settings.logRetentionDays);
    const thresholds = args.alarmThresholds ?? {};
    const { serverErrorPercent } = settings;
    problems.check(
        serverErrorPercent > 0 && serverErrorPercent <= 100,
        "alarmThresholds.serverErrorPercent",
        serverErrorPercent,
        "more than 0, at most 100 (percent)",
    );
    for (const property of ["originLatencyMilliseconds", "blockedRequestsPerFiveMinutes"] as const) {
        problems.check(
            Number.isFinite(settings[property]) && settings[property] >= 1,
            `alarmThresholds.${property}`,
            thresholds[property],
            "1 or more",
        );
    }
}
