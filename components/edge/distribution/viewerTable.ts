import type * as pulumi from "@pulumi/pulumi";

import {
    allOf,
    input,
    isCount,
    list,
    oneOf,
    required,
    requiredWhile,
    text,
    textLike,
    textOf,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge, type Refusal } from "../../shared/argumentTable";
import { isDomainName, isKnown } from "../../shared/validation";
import { COUNTRY_CODES } from "../countryCodes";
import { type GeoRestriction, GeoRestrictionType } from "./args";
import { hostExpression, MAX_REGEX_LENGTH } from "./webAclRules";

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

/** The rule of the names that viewers use. */
export const DOMAIN_NAMES = {
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

const COUNTRY = "an ISO 3166-1 alpha-2 country code in upper case, such as DE";

/** The rule of a list of countries. */
export function countries(judge?: Judge) {
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

/** The rule of the countries that viewers may come from. */
export const GEO_RESTRICTION: ArgumentTable<GeoRestriction> = {
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

/** The rule of a region of Origin Shield. */
export function shieldRegion() {
    return text("a region of Origin Shield", (value, args) =>
        ORIGIN_SHIELD_REGIONS.includes(textOf(value))
            ? undefined
            : {
                  allowed: `one of ${ORIGIN_SHIELD_REGIONS.join(", ")}`,
                  remedy: `Take the one nearest to ${textOf(args.region)}, or leave it out`,
              },
    );
}

/** Refuses what is no path pattern. */
export const isPathPattern = unless(
    // Source: Amazon CloudFront Developer Guide, "Path pattern".
    (path) => /^\/[A-Za-z0-9_\-.*$/~"'@:+&?]*$/.test(textOf(path)) && textOf(path).length <= 255,
    `a slash, then letters, digits and _-.*$/~"'@:+&?, 255 characters at most`,
);

/** The rule of a certificate that CloudFront shows. */
export const CERTIFICATE_ARN = input(
    textLike(
        /^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/,
        "the ARN of an ACM certificate in us-east-1, where CloudFront looks for it",
    ),
);
