import {
    accountId,
    alsoJudged,
    alsoWhere,
    arnBeginning,
    arnThat,
    flag,
    input,
    isGiven,
    isJson,
    keyArn,
    list,
    mapByShortNames,
    object,
    objectOf,
    oneOf,
    parsedObject,
    region,
    required,
    requiredWhile,
    tags,
    text,
    textLike,
    textOf,
    textWhere,
    topicArns,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Kind, type Rule } from "../../shared/argumentTable";
import { type EventBusArgs, type EventBusRule, type EventBusTarget, EventTargetType } from "./args";
import { patternFault } from "./patterns";

/** What ARNs of a type begin with, before the region. */
const SERVICES: Readonly<Record<string, string>> = {
    [EventTargetType.Function]: "lambda",
    [EventTargetType.Queue]: "sqs",
    [EventTargetType.Topic]: "sns",
    [EventTargetType.Stream]: "kinesis",
    [EventTargetType.Workflow]: "states",
    [EventTargetType.EventBus]: "events",
};

/** EventBridge delivers within its region; a bus alone may be in another. */
function targetBeginning(args: Given, type: string): string | undefined {
    const service = SERVICES[type];
    return service === undefined
        ? undefined
        : type === (EventTargetType.EventBus as string)
          ? `arn:aws:${service}:`
          : arnBeginning(service, args);
}

/** An argument that targets of one type alone have. */
function onlyOf<K extends Kind, R extends boolean, L extends boolean>(
    type: EventTargetType,
    of: Rule<K, R, L>,
): Rule<K, R, L> {
    return alsoJudged(
        (_, __, { within }) =>
            within.type === type ? undefined : { allowed: `nothing unless type is ${type}` },
        of,
    );
}

const PATH = /^\$(?:\.[A-Za-z0-9_-]+|\['[^']+'\])*$/;
const PATH_FORM = "a path, such as $.detail";

const TARGET: ArgumentTable<EventBusTarget> = {
    type: required(oneOf(EventTargetType)),
    arn: required(input(arnThat((args, { within }) => targetBeginning(args, textOf(within.type))))),
    input: textWhere((value) => isJson(value) && value.length <= 8192, "JSON of 1 to 8192 characters"),
    inputPath: alsoWhere(
        (_, __, { within }) => !isGiven(within.input),
        "nothing beside input",
        textLike(PATH, PATH_FORM),
    ),
    messageGroupId: onlyOf(
        EventTargetType.Queue,
        textLike(/^[\x21-\x7e]{1,100}$/, "1 to 100 letters, digits and punctuation"),
    ),
    partitionKeyPath: onlyOf(EventTargetType.Stream, textLike(PATH, PATH_FORM)),
    kmsKeyArn: onlyOf(EventTargetType.Stream, input(keyArn())),
    // Amazon EventBridge API Reference, RetryPolicy.
    maximumEventAgeSeconds: wholeNumber(
        { min: 60, max: 86_400 },
        "a whole number from 60 to 86400 (seconds)",
    ),
    maximumRetryAttempts: wholeNumber({ min: 0, max: 185 }, "a whole number from 0 to 185"),
};

const TARGETS_MAX = 5;

/** The form of a pattern, and what is wrong with it. */
function eventPattern() {
    return text("an event pattern in JSON", (value) => {
        const fault = patternFault(String(value));
        return fault === undefined ? undefined : { allowed: "an event pattern in JSON", remedy: fault };
    });
}

/** Whether a pattern takes events of one region alone. */
function isOfRegion(pattern: unknown, region: unknown): boolean {
    const regions = parsedObject(String(pattern))?.region;
    return Array.isArray(regions) && regions.length === 1 && regions[0] === region;
}

/** Whether a rule hands events on to another bus. */
function handsOn({ targets }: Given): boolean {
    return Object.values(objectOf(targets)).some(
        (target) => objectOf(target).type === EventTargetType.EventBus,
    );
}

const RULE: ArgumentTable<EventBusRule> = {
    description: required(textLike(/^[^\r\n]{1,512}$/, "1 to 512 characters on one line")),
    eventPattern: required(
        alsoWhere(
            (pattern, args, { within }) => !handsOn(within) || isOfRegion(pattern, args.region),
            (args) => `a pattern with "region": ["${textOf(args.region)}"] while a target is an event bus`,
            eventPattern(),
            { remedy: "Two buses that hand each other everything do so for ever; an event keeps its region" },
        ),
    ),
    enabled: flag(),
    targets: required(
        alsoWhere(
            (targets) => Object.keys(targets as object).length <= TARGETS_MAX,
            `${TARGETS_MAX} targets at most`,
            mapByShortNames(
                object(TARGET),
                "targets by names of 1 to 20 lower-case letters, digits and hyphens",
            ),
        ),
    ),
};

/** The rules of EventBus's arguments. */
export const EVENT_BUS_ARGUMENTS: ArgumentTable<EventBusArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    busName: alsoWhere(
        (name) => name !== "default",
        "another name than default",
        textLike(/^[A-Za-z0-9_.-]{1,256}$/, "1 to 256 letters, digits and _.-"),
    ),
    description: textLike(/^[^\r\n]{1,512}$/, "1 to 512 characters on one line"),
    kmsKeyArn: required(input(keyArn())),
    archiveRetentionDays: requiredWhile(
        ({ archiveEventPattern }) => isGiven(archiveEventPattern),
        { allowed: "a number of days beside archiveEventPattern" },
        wholeNumber({ min: 1, max: 3650 }, "a whole number from 1 to 3650 (days)"),
    ),
    archiveEventPattern: eventPattern(),
    rules: mapByShortNames(object(RULE), "rules by names of 1 to 20 lower-case letters, digits and hyphens"),
    publisherAccountIds: list(accountId(), "a list of accounts: 12 digits each"),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};
