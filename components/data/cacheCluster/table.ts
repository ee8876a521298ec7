import {
    accountId,
    alsoWhere,
    flag,
    input,
    keyArn,
    leftOutWhile,
    logRetention,
    mapByShortNames,
    object,
    oneOf,
    region,
    id,
    required,
    requiredWhile,
    subnetIds,
    tags,
    textLike,
    textWhere,
    topicArns,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { maintenanceHour } from "../auroraGlobal/windowRules";
import {
    CacheAuthentication,
    type CacheClusterArgs,
    CacheMode,
    CachePurpose,
    type CacheUser,
    type ServerlessLimits,
} from "./args";
import { ENGINE_VERSIONS } from "./engine";

const isServerless = (args: Given): boolean => args.mode === CacheMode.Serverless;

const isNodes = (args: Given): boolean => args.mode === CacheMode.Nodes;

const NOT_SERVERLESS = () => ({ allowed: `nothing while mode is ${CacheMode.Serverless}` });

const USER: ArgumentTable<CacheUser> = {
    authentication: required(oneOf(CacheAuthentication)),
    accessString: textLike(
        /^on( \S+)+$/,
        "an access string of Valkey that begins with on, such as on ~cart:* +@read",
    ),
};

// Amazon ElastiCache User Guide, "Scaling ElastiCache Serverless": what limits may be.
const LIMITS: ArgumentTable<ServerlessLimits> = {
    maxDataStorageGigabytes: required(
        wholeNumber({ min: 1, max: 5000 }, "a whole number from 1 to 5000 (GB)"),
    ),
    maxProcessingUnitsPerSecond: required(
        wholeNumber({ min: 1000, max: 15_000_000 }, "a whole number from 1000 to 15000000"),
    ),
};

const SUBNETS = subnetIds("of one VPC");

/** The rules of a cache's arguments. */
export const ARGUMENTS: ArgumentTable<CacheClusterArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    vpcId: required(input(id("vpc-", "a VPC"))),
    subnetIds: required(
        input(
            alsoWhere(
                // Facts of ServerlessCache: its endpoint is in two or three zones.
                (ids, args) => !isServerless(args) || (ids as readonly unknown[]).length <= 3,
                `the ids of two or three subnets while mode is ${CacheMode.Serverless}`,
                SUBNETS,
            ),
        ),
    ),
    mode: required(oneOf(CacheMode)),
    purpose: required(oneOf(CachePurpose)),
    users: required(mapByShortNames(object(USER), "users by names")),
    engineVersion: textWhere(
        (version) => ENGINE_VERSIONS.includes(version),
        `one of ${ENGINE_VERSIONS.join(", ")}`,
    ),
    serverlessLimits: leftOutWhile(
        isNodes,
        () => ({ shown: "given", allowed: `nothing while mode is ${CacheMode.Nodes}` }),
        object(LIMITS),
    ),
    nodeType: leftOutWhile(
        isServerless,
        NOT_SERVERLESS,
        requiredWhile(
            isNodes,
            { allowed: `a type of nodes while mode is ${CacheMode.Nodes}, such as cache.m7g.large` },
            textWhere(
                // Types with data tiering work with that alone.
                (type) =>
                    /^cache\.[a-z]\d[a-z]*\.(micro|small|medium|\d*x?large)$/.test(type) &&
                    !type.startsWith("cache.r6gd."),
                "a type of nodes without data tiering, such as cache.m7g.large",
            ),
        ),
    ),
    replicaCount: leftOutWhile(
        isServerless,
        NOT_SERVERLESS,
        wholeNumber(
            (args) => ({ min: args.deletionProtection === false ? 0 : 1, max: 5 }),
            ({ deletionProtection }) => `a whole number from ${deletionProtection === false ? 0 : 1} to 5`,
            { remedy: "A primary alone has nothing to fail over to, which only suits a throw-away cache" },
        ),
    ),
    snapshotRetentionDays: wholeNumber({ min: 1, max: 35 }, "a whole number from 1 to 35 (days)"),
    snapshotTime: textLike(/^([01]\d|2[0-3]):[0-5]\d$/, "hh:mm in UTC, such as 03:00"),
    maintenanceWindow: leftOutWhile(isServerless, NOT_SERVERLESS, maintenanceHour()),
    passwordRotationDays: wholeNumber({ min: 1, max: 90 }, "a whole number from 1 to 90 (days)"),
    kmsKeyArn: required(input(keyArn())),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    deletionProtection: flag(),
    tags: tags(),
};
