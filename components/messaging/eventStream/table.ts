import {
    accountId,
    allOf,
    flag,
    input,
    isEachOnce,
    isShortName,
    keyArn,
    list,
    oneOf,
    region,
    required,
    tags,
    textLike,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
    leftOutWhile,
    requiredWhile,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { type EventStreamArgs, EventStreamMode } from "./args";

const isProvisioned = ({ streamMode }: Given): boolean => streamMode === EventStreamMode.Provisioned;

const CONSUMERS_MAX = 20;

/** The rules of EventStream's arguments. Their bounds: Amazon Kinesis Data Streams API Reference, CreateStream. */
export const EVENT_STREAM_ARGUMENTS: ArgumentTable<EventStreamArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    streamName: textLike(/^[A-Za-z0-9_.-]{1,128}$/, "1 to 128 letters, digits and _.-"),
    streamMode: oneOf(EventStreamMode),
    shardCount: leftOutWhile(
        (args) => !isProvisioned(args),
        () => ({ shown: "given", allowed: `nothing unless streamMode is ${EventStreamMode.Provisioned}` }),
        requiredWhile(
            isProvisioned,
            { allowed: `a number of shards while streamMode is ${EventStreamMode.Provisioned}` },
            wholeNumber({ min: 1, max: 10_000 }, "a whole number from 1 to 10000"),
        ),
    ),
    retentionPeriodHours: wholeNumber({ min: 24, max: 8760 }, "a whole number from 24 to 8760 (hours)"),
    maxRecordSizeKib: wholeNumber({ min: 1024, max: 10_240 }, "a whole number from 1024 to 10240 (KiB)"),
    kmsKeyArn: required(input(keyArn())),
    consumerNames: list(
        textWhere(isShortName, "1 to 20 lower-case letters, digits and hyphens"),
        "a list of names",
        allOf(
            unless(isEachOnce, "names, each once"),
            unless(
                (names) => (names as readonly unknown[]).length <= CONSUMERS_MAX,
                `${CONSUMERS_MAX} consumers at most`,
            ),
        ),
    ),
    iteratorAgeAlarmSeconds: wholeNumber(
        { min: 1, max: 604_800 },
        "a whole number from 1 to 604800 (seconds)",
    ),
    alarmTopicArns: input(topicArns()),
    deletionProtection: flag(),
    tags: tags(),
};
