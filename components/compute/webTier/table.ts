import { requestLimit } from "../../security/regionalWebAcl";
import { input, list, oneOf, required, secret, text } from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { TIER_ARGUMENTS } from "../tier/table";
import { type WebTierArgs } from "./args";

/** The rules of WebTier's arguments. */
export const WEB_TIER_ARGUMENTS: ArgumentTable<WebTierArgs> = {
    ...TIER_ARGUMENTS,
    domainNames: required(list(input(text("a domain name in lower case")), "1 to 10 different names")),
    exposure: oneOf(Exposure),
    originHeaderName: text("1 to 40 letters, digits, hyphens and underscores, while exposure is CloudFront"),
    originHeaderValue: secret(
        input(text("16 to 128 letters, digits, hyphens, underscores, dots and tildes")),
    ),
    additionalOriginHeaderValues: secret(
        list(
            input(text("16 to 128 letters, digits, hyphens, underscores, dots and tildes")),
            "4 values at most",
        ),
    ),
    rateLimitPerFiveMinutes: requestLimit("a number from 10 to 2000000000 in steps of 1"),
};
