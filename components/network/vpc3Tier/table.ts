import {
    accountId,
    flag,
    input,
    keyArn,
    list,
    number,
    object,
    oneOf,
    region,
    required,
    tags,
    text,
} from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { type AdditionalTier, NatGatewayStrategy, TierType, type Vpc3TierArgs } from "./args";

const ADDITIONAL_TIER: ArgumentTable<AdditionalTier> = {
    name: required(text()),
    type: required(oneOf(TierType)),
    slot: number("an integer from 4 to 7"),
};

const BLOCK = text("a block, such as 10.20.0.0/16");

/** The rules of Vpc3Tier's arguments. */
export const VPC_ARGUMENTS: ArgumentTable<Vpc3TierArgs> = {
    region: required(region()),
    accountId: required(input(accountId("an AWS account id of 12 digits"))),
    cidrBlock: required(text("an IPv4 block, such as 10.20.0.0/16")),
    availabilityZones: required(list(text("a zone of the region"), "2 to 4 zones")),
    natGateways: oneOf(NatGatewayStrategy),
    egressOnlyIpv6: flag(),
    exposure: oneOf(Exposure),
    internalClientCidrBlocks: list(BLOCK, "a list of IPv4 blocks"),
    webPort: number("an integer from 1 to 65535"),
    apiPort: number("an integer from 1 to 65535"),
    databasePort: number("an integer from 1 to 65535"),
    internetEgressCidrBlocks: list(BLOCK, "a list of IPv4 blocks"),
    internetEgressIpv6CidrBlocks: list(text("a block, such as 2001:db8::/32"), "a list of IPv6 blocks"),
    interfaceEndpoints: list(text("the end of a service's name, such as ecr.api"), "a list of services"),
    flowLogRetentionDays: number(),
    kmsKeyArn: input(keyArn()),
    additionalTiers: list(object(ADDITIONAL_TIER), "a list of tiers"),
    tags: tags(),
};
