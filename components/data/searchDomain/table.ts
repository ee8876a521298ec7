import {
    accountId,
    alsoWhere,
    arnOf,
    flag,
    id,
    input,
    keyArn,
    list,
    logRetention,
    numberWhere,
    oneOf,
    region,
    required,
    subnetIds,
    tags,
    textLike,
    textWhere,
    topicArns,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { SearchAvailability, type SearchDomainArgs } from "./args";
import { dataFamilies, isTypeOf, masterFamilies } from "./instanceTypes";
import { DEFAULT_ENGINE_VERSION, DEFAULT_INSTANCE_TYPE, DEFAULT_MASTER_TYPE, zonesOf } from "./settings";

/** The availability beside an argument; the default where it is left out or, which is said of it, is none. */
function availabilityOf({ availability }: Given): SearchAvailability {
    return availability === SearchAvailability.TwoZones
        ? SearchAvailability.TwoZones
        : SearchAvailability.ThreeZonesWithStandby;
}

const zonesBeside = (args: Given): number => zonesOf(availabilityOf(args));

/** Multi-AZ with standby takes none. Source: OpenSearch Service Developer Guide, "Configuring a multi-AZ domain". */
const takesBurstable = (args: Given): boolean => availabilityOf(args) === SearchAvailability.TwoZones;

function nodeType(families: (burstable: boolean) => readonly string[], like: string) {
    return textWhere(
        (type, args) => isTypeOf(families(takesBurstable(args)), type),
        (args) =>
            `a type of OpenSearch's of one of ${families(takesBurstable(args)).join(", ")}, such as ${like}`,
        { kind: `a type of OpenSearch's, such as ${like}` },
    );
}

const VERSION = /^OpenSearch_(?:2\.(?:1[1-9]|[2-9]\d)|[3-9]\.\d{1,2})$/;

const subnets = subnetIds("that are private");

/** More data nodes than this, AWS gives on request alone. Source: OpenSearch Service Developer Guide, "Quotas". */
const NODES_MAX = 80;

/** The rules of SearchDomain's arguments. */
export const SEARCH_DOMAIN_ARGUMENTS: ArgumentTable<SearchDomainArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    domainName: required(
        textLike(/^[a-z][a-z0-9-]{2,27}$/, "3 to 28 lower-case letters, digits and hyphens, a letter first"),
    ),
    vpcId: required(input(id("vpc-", "a network"))),
    subnetIds: required(
        input(
            alsoWhere(
                (given, args) => (given as readonly unknown[]).length === zonesBeside(args),
                (args) => `the ids of ${zonesBeside(args)} subnets with ${availabilityOf(args)}`,
                subnets,
            ),
        ),
    ),
    availability: oneOf(SearchAvailability),
    kmsKeyArn: required(input(keyArn())),
    engineVersion: textLike(
        VERSION,
        `OpenSearch_ and a version from 2.11 on, such as ${DEFAULT_ENGINE_VERSION}`,
    ),
    instanceType: nodeType(dataFamilies, DEFAULT_INSTANCE_TYPE),
    instanceCount: numberWhere(
        (count, args) => count > 0 && count <= NODES_MAX && count % zonesBeside(args) === 0,
        (args) => `a multiple of ${zonesBeside(args)} up to ${NODES_MAX} with ${availabilityOf(args)}`,
        { kind: "a whole number", remedy: "Each zone has as many data nodes" },
    ),
    masterInstanceType: nodeType(masterFamilies, DEFAULT_MASTER_TYPE),
    volumeSize: wholeNumber({ min: 10, max: 16_384 }, "a whole number from 10 to 16384 (GiB)"),
    volumeIops: wholeNumber({ min: 3000, max: 16_000 }, "a whole number from 3000 to 16000"),
    volumeThroughput: wholeNumber({ min: 125, max: 1000 }, "a whole number from 125 to 1000 (MiB/s)"),
    offPeakWindowStart: textLike(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time in UTC, hh:mm, such as 22:00"),
    clientRoleArns: list(input(arnOf("iam:", "a role")), "a list of ARNs of roles"),
    createServiceLinkedRole: flag(),
    createLogPolicy: flag(),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    deletionProtection: flag(),
    tags: tags(),
};
