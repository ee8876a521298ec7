import {
    type Condition,
    input,
    isCount,
    leftOutWhile,
    list,
    requiredWhile,
    secret,
    text,
    textLike,
    textOf,
} from "../shared/argumentRules";
import { type Given, type Kind, type Refusal, type Rule } from "../shared/argumentTable";

const HEADER_NAME: Refusal = {
    allowed: "1 to 40 letters, digits, hyphens and underscores, while exposure is CloudFront",
    remedy: "Without the header anybody's distribution could be put in front of the balancer",
};

/** A header's value that nobody else may know. No * and no ?: a listener rule reads them as wildcards. */
export const HEADER_SECRET = secret(
    input(textLike(/^[\w.~-]{16,128}$/, "16 to 128 letters, digits, hyphens, underscores, dots and tildes")),
);

// Source: Elastic Load Balancing, "Quotas for your Application Load Balancers": 5 condition values per rule.
const MOST_OTHER_VALUES = 4;

/**
 * The rules of the arguments about the header by which the distributions in front of a balancer are recognised.
 *
 * @param isDemanded When it must be given, and may be.
 * @param unfit What is said where it may not be given.
 */
export function originHeaderTable(isDemanded: Condition, unfit: (args: Given) => Refusal) {
    function ofHeader<K extends Kind, L extends boolean>(of: Rule<K, false, L>): Rule<K, false, L> {
        return leftOutWhile((args) => !isDemanded(args), unfit, of);
    }
    return {
        originHeaderName: requiredWhile(
            isDemanded,
            HEADER_NAME,
            ofHeader(
                // Elastic Load Balancing API Reference, HttpHeaderConditionConfig: 40 characters at most.
                text(HEADER_NAME.allowed, (name) =>
                    /^[A-Za-z0-9_-]{1,40}$/.test(textOf(name)) ? undefined : HEADER_NAME,
                ),
            ),
        ),
        originHeaderValue: requiredWhile(
            isDemanded,
            { allowed: "a value while exposure is CloudFront" },
            ofHeader(HEADER_SECRET),
        ),
        additionalOriginHeaderValues: ofHeader(
            secret(
                list(HEADER_SECRET, `${MOST_OTHER_VALUES} values at most`, (values) =>
                    isCount(values, 0, MOST_OTHER_VALUES)
                        ? undefined
                        : {
                              shown: `${(values as readonly unknown[]).length} values`,
                              allowed: `${MOST_OTHER_VALUES} at most`,
                          },
                ),
            ),
        ),
    };
}
