import { requestLimit } from "../../security/regionalWebAcl";
import { oneOf, required, textOf } from "../../shared/argumentRules";
import { certificateNames } from "../../security/certificate";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { originHeaderTable } from "../originHeaderTable";
import { TIER_ARGUMENTS } from "../tier/table";
import { type WebTierArgs } from "./args";

const exposureOf = (args: Given): string => textOf(args.exposure, Exposure.CloudFront);

const isBehindCloudFront = (args: Given): boolean =>
    (args.exposure ?? Exposure.CloudFront) === Exposure.CloudFront;

/** The rules of WebTier's arguments. */
export const WEB_TIER_ARGUMENTS: ArgumentTable<WebTierArgs> = {
    ...TIER_ARGUMENTS,
    domainNames: required(certificateNames()),
    exposure: oneOf(Exposure),
    ...originHeaderTable(isBehindCloudFront, (args) => ({
        shown: "given",
        allowed: `nothing while exposure is ${exposureOf(args)}`,
        remedy: "Remove it, or let CloudFront alone reach the balancer",
    })),
    rateLimitPerFiveMinutes: requestLimit("a number from 10 to 2000000000 in steps of 1"),
};
