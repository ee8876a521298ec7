import {
    arnOf,
    id,
    input,
    list,
    number,
    object,
    region,
    required,
    text,
    textOf,
    textWhere,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge, type Place } from "../../shared/argumentTable";
import { isRegion } from "../../shared/validation";
import { type AuroraAddress, type AuroraSecondaryMember, type AuroraSource } from "../auroraMember/args";
import { SECONDARIES_MAX } from "../auroraMember/members";
import {
    AURORA_ARGUMENTS,
    CAPACITY_KINDS,
    CLUSTER_IDENTIFIER,
    instanceCount,
    zones,
} from "../auroraMember/table";
import { type AuroraClientRegion, type AuroraReplicationArgs, type AuroraSecondary } from "./args";

const ADDRESS: ArgumentTable<AuroraAddress> = {
    endpoint: required(text()),
    readerEndpoint: required(text()),
    port: required(number()),
};

const SOURCE: ArgumentTable<AuroraSource> = {
    clusterArn: required(arnOf("rds", "the founding cluster")),
    engineVersion: required(text()),
    preparationFunctionName: required(text()),
    address: object(ADDRESS),
};

/** What must be the same as beside the member, or the two stacks mean different ones. */
function sameAsBeside(kind: string, of: "region" | "clusterIdentifier", also?: Judge) {
    return text(kind, (value, args, place) => {
        const refusal = also?.(value, args, place);
        if (refusal !== undefined || place.outer === undefined) {
            return refusal;
        }
        const beside = textOf(place.outer.within[of]);
        const path = `secondaries[${place.outer.outer?.before.length ?? 0}].${of}`;
        return value === beside ? undefined : { allowed: `${beside}, as ${path}` };
    });
}

const REGION = region();

const MEMBER: ArgumentTable<AuroraSecondaryMember> = {
    region: required(sameAsBeside(REGION.allowed, "region", REGION.judge)),
    clusterIdentifier: required(sameAsBeside("a text", "clusterIdentifier")),
    subnetGroupName: required(text()),
    securityGroupId: required(id("sg-", "a security group")),
    clusterParameterGroupName: required(text()),
    instanceParameterGroupName: required(text()),
    // Of the member's region, which a Secondary has checked.
    kmsKeyArn: required(arnOf("kms", "a KMS key")),
    monitoringRoleArn: required(arnOf("iam", "a role")),
    port: required(number()),
    capacity: required(object(CAPACITY_KINDS)),
    backupRetentionDays: required(number()),
    backupWindow: required(text()),
    maintenanceWindow: required(text()),
    performanceInsightsRetentionDays: required(number()),
    monitoringIntervalSeconds: required(number()),
    alarmTopicArns: required(list(arnOf("sns", "an SNS topic"))),
};

/** The secondaries before the one that the value is a property of. */
function earlier({ outer }: Place): readonly Given[] {
    return (outer?.before ?? []).filter(isObject);
}

const SECONDARY: ArgumentTable<AuroraSecondary> = {
    region: required(
        textWhere(
            (value, args, place) =>
                isRegion(value) &&
                value !== args.region &&
                !earlier(place).some((other) => other.region === value),
            (args) =>
                `an AWS region code, each once, and not ${textOf(args.region)}, where the database was founded`,
            { kind: REGION.allowed },
        ),
    ),
    clusterIdentifier: required(
        text(CLUSTER_IDENTIFIER.allowed, (value, args, place) => {
            const twin = earlier(place).find((other) => other.clusterIdentifier === value);
            return (
                CLUSTER_IDENTIFIER.judge?.(value, args, place) ??
                (twin === undefined
                    ? undefined
                    : {
                          allowed: `an identifier that no other member has, and ${textOf(twin.region)}'s has it`,
                          remedy: "Members of a global database share one list of names over all regions",
                      })
            );
        }),
    ),
    availabilityZones: required(zones()),
    instanceCount: instanceCount(),
    member: required(input(object(MEMBER))),
};

/** The regions of the database, the founding one first. */
function regionsOf(args: Given): string[] {
    const others: unknown[] = Array.isArray(args.secondaries) ? args.secondaries : [];
    return [args, ...others.filter(isObject)].map(({ region: each }) => textOf(each));
}

function isObject(value: unknown): value is Given {
    return typeof value === "object" && value !== null;
}

const CLIENT_REGION: ArgumentTable<AuroraClientRegion> = {
    region: required(
        textWhere(
            (value, args, place) =>
                isRegion(value) &&
                !regionsOf(args).includes(value) &&
                !earlier(place).some((other) => other.region === value),
            (args) =>
                `an AWS region code, each once, and none that has a member: ${regionsOf(args).join(", ")}`,
            { kind: REGION.allowed },
        ),
    ),
    memberRegion: required(memberRegion()),
};

/** A region that has a member. */
function memberRegion() {
    return textWhere(
        (value, args) => regionsOf(args).includes(value),
        (args) => `a region of the database: ${regionsOf(args).join(", ")}`,
        { kind: "a region of the database" },
    );
}

/** The rules of AuroraReplication's arguments. */
export const REPLICATION_ARGUMENTS: ArgumentTable<AuroraReplicationArgs> = {
    ...AURORA_ARGUMENTS,
    region: required(REGION),
    source: required(input(object(SOURCE))),
    secondaries: required(
        list(object(SECONDARY), "a list of 1 to 10 regions", (value) => {
            const given = value as AuroraSecondary[];
            return given.length >= 1 && given.length <= SECONDARIES_MAX
                ? undefined
                : {
                      allowed: `1 to ${SECONDARIES_MAX} regions`,
                      shown: given.map((secondary) => secondary.region),
                  };
        }),
    ),
    clientRegions: list(object(CLIENT_REGION), "a list of regions"),
    writerRegion: memberRegion(),
    instanceCount: instanceCount(),
};
