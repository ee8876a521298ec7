import { requestLimit } from "../../security/regionalWebAcl";
import {
    input,
    isCount,
    leftOutWhile,
    list,
    oneOf,
    required,
    requiredWhile,
    secret,
    text,
    textLike,
    textOf,
} from "../../shared/argumentRules";
import { certificateNames } from "../../security/certificate";
import {
    type ArgumentTable,
    type Given,
    type Kind,
    type Refusal,
    type Rule,
} from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { TIER_ARGUMENTS } from "../tier/table";
import { type WebTierArgs } from "./args";

const exposureOf = (args: Given): string => textOf(args.exposure, Exposure.CloudFront);

const isBehindCloudFront = (args: Given): boolean =>
    (args.exposure ?? Exposure.CloudFront) === Exposure.CloudFront;

/** The header by which the distribution is recognised: what only a balancer behind CloudFront has. */
function ofHeader<K extends Kind, L extends boolean>(of: Rule<K, false, L>): Rule<K, false, L> {
    return leftOutWhile(
        (args) => !isBehindCloudFront(args),
        (args) => ({
            shown: "given",
            allowed: `nothing while exposure is ${exposureOf(args)}`,
            remedy: "Remove it, or let CloudFront alone reach the balancer",
        }),
        of,
    );
}

const HEADER_NAME: Refusal = {
    allowed: "1 to 40 letters, digits, hyphens and underscores, while exposure is CloudFront",
    remedy: "Without the header anybody's distribution could be put in front of the balancer",
};

/** A value of the header. No * and no ?: a listener rule reads them as wildcards. */
const HEADER_VALUE = secret(
    input(textLike(/^[\w.~-]{16,128}$/, "16 to 128 letters, digits, hyphens, underscores, dots and tildes")),
);

// Source: Elastic Load Balancing, "Quotas for your Application Load Balancers": 5 condition values per rule.
const MOST_OTHER_VALUES = 4;

/** The rules of WebTier's arguments. */
export const WEB_TIER_ARGUMENTS: ArgumentTable<WebTierArgs> = {
    ...TIER_ARGUMENTS,
    domainNames: required(certificateNames()),
    exposure: oneOf(Exposure),
    originHeaderName: requiredWhile(
        isBehindCloudFront,
        HEADER_NAME,
        ofHeader(
            // Elastic Load Balancing API Reference, HttpHeaderConditionConfig: 40 characters at most.
            text(HEADER_NAME.allowed, (name) =>
                /^[A-Za-z0-9_-]{1,40}$/.test(textOf(name)) ? undefined : HEADER_NAME,
            ),
        ),
    ),
    originHeaderValue: requiredWhile(
        isBehindCloudFront,
        { allowed: "a value while exposure is CloudFront" },
        ofHeader(HEADER_VALUE),
    ),
    additionalOriginHeaderValues: ofHeader(
        secret(
            list(HEADER_VALUE, `${MOST_OTHER_VALUES} values at most`, (values) =>
                isCount(values, 0, MOST_OTHER_VALUES)
                    ? undefined
                    : {
                          shown: `${(values as readonly unknown[]).length} values`,
                          allowed: `${MOST_OTHER_VALUES} at most`,
                      },
            ),
        ),
    ),
    rateLimitPerFiveMinutes: requestLimit("a number from 10 to 2000000000 in steps of 1"),
};
