import { internetEgressBlocks } from "../../network";
import {
    accountId,
    allOf,
    alsoJudged,
    alsoWhere,
    archive,
    arnLike,
    arnOf,
    id,
    input,
    isCount,
    isGiven,
    jsonObject,
    keyArn,
    leftOutWhile,
    list,
    logRetention,
    mapByShortNames,
    numberOf,
    object,
    objectOf,
    once,
    oneOf,
    region,
    required,
    subnetIds,
    tags,
    textLike,
    textOf,
    textWhere,
    topicArn,
    topicArns,
    unless,
    wholeNumber,
    flag,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge } from "../../shared/argumentTable";
import { show } from "../../shared/validation";
import { permissions } from "../../security/permissions";
import { variables } from "../environment";
import {
    type AsyncInvocation,
    type FunctionTracing,
    type FunctionVpc,
    type ServerlessFunctionArgs,
} from "./args";
import { DEPLOYMENT } from "./deploymentTable";
import {
    type BucketEventSource,
    type EventRuleSource,
    type QueueEventSource,
    type ScheduleEventSource,
    type StreamEventSource,
    StreamPosition,
    type TopicEventSource,
} from "./sourceArgs";
import { tracingNames, tracingSettings } from "./tracing";

/** How a function that says nothing runs. */
export const DEFAULTS = {
    memorySize: 512,
    timeoutSeconds: 10,
    aliasName: "live",
    logRetentionDays: 365,
    asyncRetryAttempts: 2,
    asyncEventAge: 3600,
    queueBatch: 10,
    streamBatch: 100,
    streamWindow: 1,
    streamRetryAttempts: 5,
    streamRecordAge: 21_600,
} as const;

// AWS Lambda Developer Guide, "Lambda quotas" and "Working with Lambda environment variables".
const ENVIRONMENT_BYTES = 4096;
const LAYERS_MAX = 5;
const FILTERS_MAX = 5;
const RESERVED_NAMES: readonly string[] = [
    ...["_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV"],
    ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION"],
    ...["AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"],
    ...["AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
    ...["AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"],
];

/** Refuses names that Lambda keeps for itself or that the component sets, and variables that are too long together. */
const isEnvironment: Judge = (environment, args) => {
    const given = environment as Given;
    const own = tracingNames(args);
    const badNames = Object.keys(given)
        .filter((name) => RESERVED_NAMES.includes(name) || own.includes(name) || !/^[A-Za-z]\w+$/.test(name))
        .map((name) => ({
            at: `[${show(name)}]`,
            shown: name,
            allowed: own.includes(name)
                ? "nothing, because tracing sets it"
                : "a name of two or more letters, digits and underscores, a letter first, that Lambda does not keep for itself",
        }));
    // Of what is known only later the name alone counts.
    const bytes = Object.entries({ ...given, ...tracingSettings(args) }).reduce(
        (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(textOf(value)),
        0,
    );
    return bytes <= ENVIRONMENT_BYTES
        ? badNames
        : [
              ...badNames,
              {
                  shown: `${bytes} bytes`,
                  allowed: `${ENVIRONMENT_BYTES} bytes of names and values together, those of tracing too`,
                  remedy: "Keep what is long in the Parameter Store",
              },
          ];
};

const concurrencyOf = (args: Given): number => numberOf(args.reservedConcurrency, Number.POSITIVE_INFINITY);

const sourcesOf = (given: unknown): readonly Given[] => Object.values(objectOf(given)).map(objectOf);

/** A queue's pollers begin with two calls at once. */
const leavesRoomForQueues: Judge = unless(
    (reserved, args) => reserved !== 1 || sourcesOf(args.queues).length === 0,
    "0, or 2 and more while it takes messages of queues, which come with two calls at once",
);

/** What several queues take together must be there, or messages are thrown back until they count as dead. */
const queuesFit: Judge = (queues, args) => {
    const shares = sourcesOf(queues).map((queue) => numberOf(queue.maximumConcurrency, 0));
    const sum = shares.reduce((all, share) => all + share, 0);
    const reserved = concurrencyOf(args);
    return shares.length < 2 || sum <= reserved || reserved === 0
        ? undefined
        : {
              shown: `maximumConcurrency ${sum} together`,
              allowed: `${reserved} (reservedConcurrency) together`,
              remedy: "Raise reservedConcurrency, or lower maximumConcurrency",
          };
};

const filterPatterns = () =>
    list(
        jsonObject('a pattern as JSON, such as {"body":{"type":["order"]}}'),
        "a list of patterns as JSON",
        unless((patterns) => isCount(patterns, 1, FILTERS_MAX), `1 to ${FILTERS_MAX} patterns`),
    );

/** A batch that is larger than what one poll may bring needs time to be gathered. */
const BATCH_WITHOUT_WINDOW = 10;

const gathers = (defaultWindow: number): Judge =>
    unless(
        (size, _, { within }) =>
            (size as number) <= BATCH_WITHOUT_WINDOW ||
            numberOf(within.batchingWindowSeconds, defaultWindow) >= 1,
        `at most ${BATCH_WITHOUT_WINDOW} while batchingWindowSeconds is 0`,
    );

const isFifo = (within: Given): boolean => textOf(within.queueArn).endsWith(".fifo");

const batchSize = (most = 10_000) => wholeNumber({ min: 1, max: most }, `a whole number from 1 to ${most}`);

const window = () => wholeNumber({ min: 0, max: 300 }, "a whole number from 0 to 300 (seconds)");

const QUEUE: ArgumentTable<QueueEventSource> = {
    queueArn: required(input(arnOf("sqs", "a queue"))),
    kmsKeyArn: input(keyArn()),
    batchSize: alsoJudged(
        allOf(
            gathers(0),
            unless(
                (size, _, { within }) => !isFifo(within) || (size as number) <= 10,
                "at most 10 of a FIFO queue",
            ),
        ),
        batchSize(),
    ),
    batchingWindowSeconds: alsoWhere(
        (seconds, _, { within }) => seconds === 0 || !isFifo(within),
        "0 of a FIFO queue",
        window(),
    ),
    maximumConcurrency: {
        ...wholeNumber(
            (args) => ({ min: 2, max: Math.max(2, Math.min(1000, concurrencyOf(args) || 1000)) }),
            (args) =>
                concurrencyOf(args) < 1000 && concurrencyOf(args) > 0
                    ? `a whole number from 2 to ${concurrencyOf(args)} (reservedConcurrency)`
                    : "a whole number from 2 to 1000",
        ),
        mayBeLeftOut: (args) =>
            isGiven(args.reservedConcurrency) && sourcesOf(args.queues).length > 1
                ? {
                      allowed:
                          "2 or more for each queue while reservedConcurrency is given and there are several",
                  }
                : undefined,
    },
    filterPatterns: filterPatterns(),
};

const STREAM =
    /^arn:aws:(?:kinesis:[a-z0-9-]+:\d{12}:stream\/|dynamodb:[a-z0-9-]+:\d{12}:table\/[^/]+\/stream\/)/;

const STREAM_SOURCE: ArgumentTable<StreamEventSource> = {
    streamArn: required(
        input(arnLike(STREAM, "the ARN of a Kinesis stream, of a consumer of one, or of a table's stream")),
    ),
    kmsKeyArn: input(keyArn()),
    batchSize: alsoJudged(gathers(DEFAULTS.streamWindow), batchSize()),
    batchingWindowSeconds: window(),
    parallelizationFactor: wholeNumber({ min: 1, max: 10 }, "a whole number from 1 to 10"),
    startingPosition: oneOf(StreamPosition),
    maximumRetryAttempts: wholeNumber({ min: 0, max: 10_000 }, "a whole number from 0 to 10000"),
    maximumRecordAgeInSeconds: wholeNumber(
        { min: 60, max: 604_800 },
        "a whole number from 60 to 604800 (seconds)",
    ),
    filterPatterns: filterPatterns(),
};

const TOPIC: ArgumentTable<TopicEventSource> = {
    topicArn: required(input(topicArn())),
    filterPolicy: jsonObject('a filter policy as JSON, such as {"type":["order"]}'),
    filtersBody: alsoWhere(
        (_, __, { within }) => isGiven(within.filterPolicy),
        "nothing without filterPolicy",
        flag(),
    ),
};

const RULE: ArgumentTable<EventRuleSource> = {
    eventBusName: input(
        textLike(/^[A-Za-z0-9._/-]{1,256}$/, "the name of an event bus: 1 to 256 letters, digits and ._-/"),
    ),
    eventPattern: required(jsonObject('an event pattern as JSON, such as {"source":["shop"]}')),
};

/** What S3 tells EventBridge. Source: Amazon S3 User Guide, "Using EventBridge". */
const DETAIL_TYPES = [
    ...["Object Created", "Object Deleted", "Object Restore Initiated", "Object Restore Completed"],
    ...["Object Restore Expired", "Object Storage Class Changed", "Object Access Tier Changed"],
    ...["Object ACL Updated", "Object Tags Added", "Object Tags Deleted"],
];

const keyPart = () => textLike(/^[^*\\]{1,1024}$/, "a part of a key, without * and \\");

const BUCKET: ArgumentTable<BucketEventSource> = {
    bucketName: required(input(textLike(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"))),
    detailTypes: list(
        once(
            textWhere((type) => DETAIL_TYPES.includes(type), `one of ${DETAIL_TYPES.join(", ")}`),
            "each detail type once",
        ),
        "a list of detail types",
        unless((types) => isCount(types, 1, DETAIL_TYPES.length), "one or more detail types"),
    ),
    keyPrefix: keyPart(),
    keySuffix: keyPart(),
};

const SCHEDULE: ArgumentTable<ScheduleEventSource> = {
    scheduleExpression: required(
        textLike(/^(?:rate|cron|at)\([^()]+\)$/, "rate(…), cron(…) or at(…), such as cron(0 9 ? * MON *)"),
    ),
    timeZone: textLike(/^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+)*$/, "a time zone, such as Europe/Berlin"),
    flexibleMinutes: wholeNumber({ min: 1, max: 1440 }, "a whole number from 1 to 1440 (minutes)"),
    input: jsonObject("an event as JSON, such as {}"),
};

const VPC: ArgumentTable<FunctionVpc> = {
    vpcId: required(input(id("vpc-", "a network"))),
    subnetIds: required(input(subnetIds("that are private"))),
    httpsEgressCidrBlocks: internetEgressBlocks(),
};

const layerArn = () =>
    textLike(
        /^arn:aws:lambda:[a-z0-9-]+:\d{12}:layer:[A-Za-z0-9_-]+:\d+$/,
        "the ARN of a version of a layer, arn:aws:lambda:…:layer:…:<version>",
    );

const TRACING: ArgumentTable<FunctionTracing> = {
    layerArn: {
        ...input(layerArn()),
        mayBeLeftOut: (args) =>
            isGiven(objectOf(args.tracing).otlpEndpoint)
                ? undefined
                : { allowed: "the ARN of a layer, or otlpEndpoint in its place" },
    },
    otlpEndpoint: leftOutWhile(
        (args) => isGiven(objectOf(args.tracing).layerArn),
        () => ({ allowed: "nothing beside layerArn" }),
        input(textLike(/^https?:\/\/[^\s/]+/, "the URL of a collector, such as http://127.0.0.1:4318")),
    ),
    serviceName: textLike(/^[A-Za-z0-9._-]{1,100}$/, "1 to 100 letters, digits and ._-"),
};

const FAILURE_TARGET = /^arn:aws:(?:sqs|sns|lambda|events|s3):/;
const SUCCESS_TARGET = /^arn:aws:(?:sqs|sns|lambda|events):/;

const ASYNC: ArgumentTable<AsyncInvocation> = {
    maximumRetryAttempts: wholeNumber({ min: 0, max: 2 }, "0, 1 or 2"),
    maximumEventAgeInSeconds: wholeNumber(
        { min: 60, max: 21_600 },
        "a whole number from 60 to 21600 (seconds)",
    ),
    onFailureArn: input(
        arnLike(FAILURE_TARGET, "the ARN of a queue, a topic, a function, an event bus or a bucket"),
    ),
    onSuccessArn: input(arnLike(SUCCESS_TARGET, "the ARN of a queue, a topic, a function or an event bus")),
};

/** The rules of ServerlessFunction's arguments. */
export const SERVERLESS_FUNCTION_ARGUMENTS: ArgumentTable<ServerlessFunctionArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    description: required(
        textWhere(({ length }) => length >= 1 && length <= 256, "a text of 1 to 256 characters"),
    ),
    code: required(input(archive("an archive, such as what lambdaCode gives, or pulumi.asset.FileArchive"))),
    handler: textLike(
        /^[A-Za-z0-9_./-]{1,100}\.[A-Za-z0-9_]{1,27}$/,
        "a file without its ending, a point and an export, such as index.handler",
    ),
    memorySize: wholeNumber({ min: 128, max: 10_240 }, "a whole number from 128 to 10240 (MiB)"),
    timeoutSeconds: wholeNumber({ min: 1, max: 900 }, "a whole number from 1 to 900 (seconds)"),
    ephemeralStorageMiB: wholeNumber({ min: 512, max: 10_240 }, "a whole number from 512 to 10240 (MiB)"),
    environment: alsoJudged(isEnvironment, variables()),
    layerArns: list(
        input(layerArn()),
        "a list of ARNs of layers",
        unless(
            (layers, args) =>
                (layers as readonly unknown[]).length + (isGiven(objectOf(args.tracing).layerArn) ? 1 : 0) <=
                LAYERS_MAX,
            `${LAYERS_MAX} layers at most, that of tracing included`,
        ),
    ),
    permissions: permissions(),
    permissionsBoundaryArn: input(arnOf("iam", "a policy")),
    reservedConcurrency: alsoJudged(
        leavesRoomForQueues,
        wholeNumber({ min: 0, max: 1_000_000 }, "a whole number, 0 or more"),
    ),
    network: object(VPC),
    aliasName: textLike(
        /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/,
        "1 to 128 letters, digits, _ and -, and not digits alone, which are versions",
    ),
    deployment: object(DEPLOYMENT),
    asyncInvocation: object(ASYNC),
    tracing: object(TRACING),
    queues: alsoJudged(queuesFit, mapByShortNames(object(QUEUE), "queues by names")),
    streams: mapByShortNames(object(STREAM_SOURCE), "streams by names"),
    topics: mapByShortNames(object(TOPIC), "topics by names"),
    eventRules: mapByShortNames(object(RULE), "rules by names"),
    buckets: mapByShortNames(object(BUCKET), "buckets by names"),
    schedules: mapByShortNames(object(SCHEDULE), "schedules by names"),
    kmsKeyArn: required(input(keyArn())),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};
