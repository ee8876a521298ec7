import {
    accountId,
    alsoWhere,
    bucketName,
    flag,
    input,
    isCount,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    object,
    oneOf,
    region,
    required,
    requiredWhile,
    tags,
    textLike,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import {
    type ClickstreamArgs,
    type ClickstreamColumn,
    ClickstreamColumnType,
    ClickstreamSource,
} from "./args";
import { PARTITIONS } from "./columns";

const COLUMNS_MAX = 200;

/** Where CloudFront's logs are handed over, whatever the region of the distribution's viewers. */
export const EDGE_REGION = "us-east-1";

const isOfCloudFront = (args: Given): boolean => args.source === ClickstreamSource.CloudFrontLogs;

const isBeacon = (args: Given): boolean => args.source === ClickstreamSource.Beacon;

const partitions: readonly string[] = PARTITIONS.map(({ name }) => name);

function namesOf(columns: unknown): readonly unknown[] {
    return Array.isArray(columns)
        ? columns.map((column) => (column as Partial<ClickstreamColumn> | null)?.name)
        : [];
}

const COLUMN: ArgumentTable<ClickstreamColumn> = {
    name: required(
        textWhere(
            (name, args) =>
                /^[a-z][a-z0-9_]{0,63}$/.test(name) &&
                !partitions.includes(name) &&
                namesOf(args.columns).filter((each) => each === name).length < 2,
            `1 to 64 lower-case letters, digits and _, a letter first, each once, and none of ${partitions.join(", ")}`,
        ),
    ),
    type: oneOf(ClickstreamColumnType),
    comment: textWhere(({ length }) => length <= 255, "at most 255 characters"),
};

/** The rules of a clickstream's arguments. */
export const ARGUMENTS: ArgumentTable<ClickstreamArgs> = {
    region: required(
        alsoWhere(
            (where, args) => where === EDGE_REGION || !isOfCloudFront(args),
            `${EDGE_REGION} for CloudFront's logs`,
            region(),
            { remedy: "CloudFront hands its logs over there; elsewhere use a beacon" },
        ),
    ),
    accountId: required(input(accountId())),
    source: required(oneOf(ClickstreamSource)),
    columns: leftOutWhile(
        isOfCloudFront,
        () => ({ shown: "given", allowed: `nothing while source is ${ClickstreamSource.CloudFrontLogs}` }),
        requiredWhile(
            isBeacon,
            { allowed: `one column at least while source is ${ClickstreamSource.Beacon}` },
            list(
                object(COLUMN),
                "a list of columns",
                unless((columns) => isCount(columns, 1, COLUMNS_MAX), `1 to ${COLUMNS_MAX} columns`),
            ),
        ),
    ),
    logDeliverySourceName: leftOutWhile(
        isBeacon,
        () => ({ allowed: `nothing while source is ${ClickstreamSource.Beacon}` }),
        requiredWhile(
            isOfCloudFront,
            { allowed: `the name of a delivery source while source is ${ClickstreamSource.CloudFrontLogs}` },
            input(textLike(/^[\w-]{1,60}$/, "the name of a delivery source of CloudWatch Logs")),
        ),
    ),
    kmsKeyArn: required(input(keyArn())),
    retentionDays: wholeNumber({ min: 1, max: 3650 }, "a whole number from 1 to 3650 (days)"),
    resultRetentionDays: wholeNumber({ min: 1, max: 365 }, "a whole number from 1 to 365 (days)"),
    maxGigabytesScannedPerQuery: wholeNumber({ min: 1, max: 10_000 }, "a whole number from 1 to 10000 (GB)"),
    bufferSeconds: wholeNumber({ min: 60, max: 900 }, "a whole number from 60 to 900 (seconds)"),
    accessLogBucket: input(bucketName()),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    deletionProtection: flag(),
    tags: tags(),
};
