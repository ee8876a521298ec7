import {
    accountId,
    allOf,
    alsoWhere,
    atMost,
    byDefault,
    flag,
    input,
    isCount,
    isEachOnce,
    isGiven,
    keyArn,
    leftOutWhile,
    list,
    numberOf,
    object,
    oneOf,
    region,
    required,
    tags,
    tagValue,
    text,
    textLike,
    textOf,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Place } from "../../shared/argumentTable";
import { POINT_IN_TIME_DAYS_MAX } from "../tablePolicy";
import {
    type GlobalIndex,
    IndexProjection,
    type KeyAttribute,
    KeyAttributeType,
    type KeyValueTableArgs,
    type LocalIndex,
    type OnDemandLimits,
    type ProvisionedCapacity,
    type TableReplicaRegion,
    TableStreamView,
} from "./args";

// Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB".
const GLOBAL_INDEXES_MAX = 20;
const LOCAL_INDEXES_MAX = 5;
const PROJECTED_MAX = 20;

const NAME = /^[A-Za-z0-9_.-]{3,255}$/;
const NAME_FORM = "3 to 255 letters, digits and _.-";

const isObject = (given: unknown): given is Given => typeof given === "object" && given !== null;

const objects = (given: unknown): readonly Given[] => (Array.isArray(given) ? given.filter(isObject) : []);

const indexesOf = (args: Given): readonly Given[] => [
    ...objects(args.globalSecondaryIndexes),
    ...objects(args.localSecondaryIndexes),
];

/** All attributes that are part of a key, as they were given. */
const keysOf = (args: Given): readonly Given[] =>
    [args, ...indexesOf(args)].flatMap(({ hashKey, rangeKey }) => [hashKey, rangeKey].filter(isObject));

const NUMBER: string = KeyAttributeType.Number;

const typeOf = (key: Given): string => textOf(key.type, KeyAttributeType.String);

const nameOf = (key: unknown): unknown => (isObject(key) ? key.name : undefined);

/** What another key says that the attribute of this one holds. */
function otherType(args: Given, { within }: Place): string | undefined {
    const alike = keysOf(args).filter((key) => key !== within && key.name === within.name);
    return alike.map(typeOf).find((type) => type !== typeOf(within));
}

function keyAttribute() {
    return object<KeyAttribute>({
        name: required(textWhere(({ length }) => length >= 1 && length <= 255, "1 to 255 characters")),
        type: byDefault(
            KeyAttributeType.String,
            alsoWhere(
                (_, args, place) => otherType(args, place) === undefined,
                "the type that the attribute has in the other keys",
                oneOf(KeyAttributeType),
            ),
        ),
    });
}

/** An attribute that orders items, and is another than those that do other things in the same index. */
function rangeKey(taken: (args: Given, place: Place) => readonly unknown[], allowed: string) {
    return alsoWhere(
        (key, args, place) => !taken(args, place).map(nameOf).includes(nameOf(key)),
        allowed,
        keyAttribute(),
    );
}

/** The rules of what all indexes have. */
function indexParts() {
    return {
        name: required(
            alsoWhere(
                (name, args) => indexesOf(args).filter((index) => index.name === name).length < 2,
                "a name that no other index of the table has",
                textLike(NAME, NAME_FORM),
            ),
        ),
        projectionType: alsoWhere(
            (type, _, { within }) => type !== IndexProjection.Include || isGiven(within.nonKeyAttributes),
            `something else than ${IndexProjection.Include} without nonKeyAttributes`,
            oneOf(IndexProjection),
        ),
        nonKeyAttributes: list(
            text("the name of an attribute"),
            "a list of names of attributes",
            allOf(
                unless(
                    (_, __, { within }) => within.projectionType === IndexProjection.Include,
                    `nothing unless projectionType is ${IndexProjection.Include}`,
                ),
                unless(
                    (names) => isCount(names, 1, PROJECTED_MAX) && isEachOnce(names),
                    `1 to ${PROJECTED_MAX} names, each once`,
                ),
            ),
        ),
    };
}

/** A number of capacity units. */
function units(least?: keyof ProvisionedCapacity) {
    const from = ({ within }: Place): number => (least === undefined ? 1 : numberOf(within[least], 1));
    return wholeNumber(
        (_, place) => ({ min: from(place), max: Number.MAX_SAFE_INTEGER }),
        (_, place) => `a whole number of units, ${from(place)} or more`,
    );
}

const CAPACITY: ArgumentTable<ProvisionedCapacity> = {
    minReadCapacity: required(units()),
    maxReadCapacity: required(units("minReadCapacity")),
    minWriteCapacity: required(units()),
    maxWriteCapacity: required(units("minWriteCapacity")),
    // Amazon DynamoDB Developer Guide, "Managing throughput capacity automatically with DynamoDB auto scaling".
    targetUtilizationPercent: wholeNumber({ min: 20, max: 90 }, "a whole number from 20 to 90 (percent)"),
};

const LIMITS: ArgumentTable<OnDemandLimits> = {
    maxReadRequestUnits: units(),
    maxWriteRequestUnits: units(),
};

const REPLICA: ArgumentTable<TableReplicaRegion> = {
    region: required(
        alsoWhere(
            (replica, args) =>
                replica !== args.region &&
                objects(args.replicaRegions).filter((each) => each.region === replica).length < 2,
            "a region that is not the table's own, each once",
            region(),
        ),
    ),
    kmsKeyArn: required(input(keyArn({ beside: "region" }))),
    alarmTopicArns: input(topicArns({ beside: "region" })),
};

const hasReplicas = (args: Given): boolean =>
    Array.isArray(args.replicaRegions) && args.replicaRegions.length > 0;

/** The rules of a table's arguments. */
export const ARGUMENTS: ArgumentTable<KeyValueTableArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    tableName: textLike(NAME, NAME_FORM),
    hashKey: required(keyAttribute()),
    rangeKey: rangeKey((args) => [args.hashKey], "another attribute than hashKey"),
    globalSecondaryIndexes: list(
        object<GlobalIndex>({
            ...indexParts(),
            hashKey: required(keyAttribute()),
            rangeKey: rangeKey((_, { within }) => [within.hashKey], "another attribute than hashKey"),
        }),
        "a list of indexes",
        atMost(GLOBAL_INDEXES_MAX, `${GLOBAL_INDEXES_MAX} indexes at most`),
    ),
    localSecondaryIndexes: list(
        object<LocalIndex>({
            ...indexParts(),
            rangeKey: required(
                rangeKey(
                    (args) => [args.hashKey, args.rangeKey],
                    "another attribute than the table's hashKey and rangeKey",
                ),
            ),
        }),
        "a list of indexes",
        allOf(
            atMost(LOCAL_INDEXES_MAX, `${LOCAL_INDEXES_MAX} indexes at most`),
            unless(
                (indexes, args) => isGiven(args.rangeKey) || isCount(indexes, 0, 0),
                "nothing while the table has no rangeKey",
                { remedy: "Use globalSecondaryIndexes" },
            ),
        ),
    ),
    onDemandThroughput: leftOutWhile(
        (args) => isGiven(args.provisionedCapacity),
        () => ({ shown: "given", allowed: "nothing beside provisionedCapacity" }),
        object(LIMITS),
    ),
    provisionedCapacity: leftOutWhile(
        hasReplicas,
        () => ({
            shown: "given",
            allowed: "nothing while the table has replicas",
            // "Table write capacity should either be Pay-Per-Request or AutoScaled", DynamoDB says, and a table is there
            // before anything scales it (hashicorp/terraform-provider-aws, issue 13097).
            remedy: "DynamoDB makes replicas of a provisioned table only once its writes are scaled automatically, which they cannot be before it is there",
        }),
        object(CAPACITY),
    ),
    streamViewType: alsoWhere(
        (view, args) => textOf(view) === (TableStreamView.NewAndOldImages as string) || !hasReplicas(args),
        `${TableStreamView.NewAndOldImages} while the table has replicas`,
        oneOf(TableStreamView),
        { remedy: "Replicas are written from the stream; leave streamViewType out" },
    ),
    ttlAttributeName: textWhere(
        (name, args) =>
            name.length >= 1 &&
            name.length <= 255 &&
            keysOf(args).every((key) => key.name !== name || typeOf(key) === NUMBER),
        "1 to 255 characters, and no key attribute that is not a number",
    ),
    pointInTimeRecoveryDays: wholeNumber(
        { min: 1, max: POINT_IN_TIME_DAYS_MAX },
        `a whole number from 1 to ${POINT_IN_TIME_DAYS_MAX} (days)`,
    ),
    kmsKeyArn: required(input(keyArn())),
    replicaRegions: list(object(REPLICA), "a list of regions with a key each"),
    backup: tagValue(),
    alarmTopicArns: input(topicArns()),
    deletionProtection: flag(),
    tags: tags(),
};
