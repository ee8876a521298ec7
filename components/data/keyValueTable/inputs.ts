import type * as aws from "@pulumi/aws";

import { type TagsInput } from "../../shared/tags";
import { POINT_IN_TIME_DAYS_MAX } from "../tablePolicy";
import {
    type GlobalIndex,
    IndexProjection,
    type KeyAttribute,
    KeyAttributeType,
    type KeyValueTableArgs,
    type LocalIndex,
    type OnDemandLimits,
    TableStreamView,
} from "./args";

/** Whether a table has a stream. Replicas are written from one. */
export function hasStream(args: KeyValueTableArgs): boolean {
    return args.streamViewType !== undefined || (args.replicaRegions ?? []).length > 0;
}

/** What DynamoDB is asked for. */
export function tableInputs(args: KeyValueTableArgs, tags: TagsInput): aws.dynamodb.TableArgs {
    const deletionProtection = args.deletionProtection ?? true;
    return {
        region: args.region,
        ...(args.tableName === undefined ? {} : { name: args.tableName }),
        hashKey: args.hashKey.name,
        ...(args.rangeKey === undefined ? {} : { rangeKey: args.rangeKey.name }),
        attributes: attributes(args),
        ...capacity(args),
        ...indexes(args),
        ...(hasStream(args)
            ? {
                  streamEnabled: true,
                  streamViewType: args.streamViewType ?? TableStreamView.NewAndOldImages,
              }
            : {}),
        ...(args.ttlAttributeName === undefined
            ? {}
            : { ttl: { enabled: true, attributeName: args.ttlAttributeName } }),
        serverSideEncryption: { enabled: true, kmsKeyArn: args.kmsKeyArn },
        pointInTimeRecovery: {
            enabled: true,
            recoveryPeriodInDays: args.pointInTimeRecoveryDays ?? POINT_IN_TIME_DAYS_MAX,
        },
        deletionProtectionEnabled: deletionProtection,
        ...((args.replicaRegions ?? []).length === 0
            ? {}
            : {
                  replicas: (args.replicaRegions ?? []).map(({ region, kmsKeyArn }) => ({
                      regionName: region,
                      kmsKeyArn,
                      consistencyMode: "EVENTUAL",
                      // Neither follows from the table's own.
                      pointInTimeRecovery: true,
                      deletionProtectionEnabled: deletionProtection,
                      propagateTags: true,
                  })),
              }),
        tags,
    };
}

/** The attributes of all keys, each once: DynamoDB takes no others. */
function attributes(args: KeyValueTableArgs): aws.types.input.dynamodb.TableAttribute[] {
    const owners: { hashKey?: KeyAttribute; rangeKey?: KeyAttribute }[] = [
        args,
        ...(args.globalSecondaryIndexes ?? []),
        ...(args.localSecondaryIndexes ?? []),
    ];
    const keys = owners.flatMap(({ hashKey, rangeKey }) => [hashKey, rangeKey]);
    const types = new Map(
        keys
            .filter((key) => key !== undefined)
            .map(({ name, type }) => [name, type ?? KeyAttributeType.String]),
    );
    return [...types].map(([name, type]) => ({ name, type }));
}

function capacity({ provisionedCapacity: provisioned, onDemandThroughput }: KeyValueTableArgs) {
    return provisioned === undefined
        ? { billingMode: "PAY_PER_REQUEST", ...limits(onDemandThroughput) }
        : { billingMode: "PROVISIONED", ...firstCapacity(provisioned) };
}

/** What a provisioned table begins with; the load decides on the rest. */
function firstCapacity({
    minReadCapacity,
    minWriteCapacity,
}: NonNullable<KeyValueTableArgs["provisionedCapacity"]>) {
    return { readCapacity: minReadCapacity, writeCapacity: minWriteCapacity };
}

function limits(given: OnDemandLimits | undefined) {
    return given === undefined || Object.keys(given).length === 0 ? {} : { onDemandThroughput: given };
}

function indexes(args: KeyValueTableArgs) {
    const { globalSecondaryIndexes: global = [], localSecondaryIndexes: local = [] } = args;
    const own =
        args.provisionedCapacity === undefined
            ? limits(args.onDemandThroughput)
            : firstCapacity(args.provisionedCapacity);
    return {
        ...(global.length === 0
            ? {}
            : { globalSecondaryIndexes: global.map((index) => ({ ...globalIndex(index), ...own })) }),
        ...(local.length === 0
            ? {}
            : {
                  localSecondaryIndexes: local.map((index) => ({
                      name: index.name,
                      rangeKey: index.rangeKey.name,
                      ...projection(index),
                  })),
              }),
    };
}

function globalIndex(index: GlobalIndex): aws.types.input.dynamodb.TableGlobalSecondaryIndex {
    const { hashKey, rangeKey } = index;
    return {
        name: index.name,
        keySchemas: [
            { attributeName: hashKey.name, keyType: "HASH" },
            ...(rangeKey === undefined ? [] : [{ attributeName: rangeKey.name, keyType: "RANGE" }]),
        ],
        ...projection(index),
    };
}

function projection({ projectionType, nonKeyAttributes }: GlobalIndex | LocalIndex) {
    return {
        projectionType: projectionType ?? IndexProjection.All,
        ...(nonKeyAttributes === undefined ? {} : { nonKeyAttributes }),
    };
}
