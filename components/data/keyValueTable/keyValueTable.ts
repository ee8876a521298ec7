import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Permission } from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { classified, DataClassification } from "../../security/dataClassification";
import { mergeTags, type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { tablePolicy } from "../tablePolicy";
import { createTableAlarms } from "./alarms";
import { type KeyValueTableArgs, type KeyValueTableReplica } from "./args";
import {
    type TablePlace,
    tableReadPermissions,
    tableStreamPermissions,
    tableWritePermissions,
} from "./permissions";
import { scaleTable } from "./scaling";
import { hasStream, tableInputs } from "./inputs";
import { ARGUMENTS } from "./table";

export {
    type GlobalIndex,
    IndexProjection,
    type KeyAttribute,
    KeyAttributeType,
    type KeyValueTableArgs,
    type KeyValueTableReplica,
    type LocalIndex,
    type OnDemandLimits,
    type ProvisionedCapacity,
    type TableReplicaRegion,
    TableStreamView,
} from "./args";

/**
 * A DynamoDB table in one region, or in several with a replica in each: encrypted under keys of the caller's, open to
 * its own account over TLS alone, recoverable to any second.
 *
 * Children: `<name>-table`, `<name>-table-policy`, per replica `<name>-table-policy-<region>`; with provisioned capacity
 * `<name>[-<index>]-read-scaling` and `-write-scaling` (a target and a policy each); alarms `<name>[-<index>]-throttled`,
 * `<name>-system-errors`, `<name>-replication-to-<region>`, and those of a replica with `<name>-<region>` in front.
 */
export class KeyValueTable extends pulumi.ComponentResource {
    /** Name of the table, in every region. */
    readonly tableName: pulumi.Output<string>;
    /** ARN of the table in its own region. */
    readonly tableArn: pulumi.Output<string>;
    /** ARN of the table's stream. None without `streamViewType` and without replicas. */
    readonly streamArn?: pulumi.Output<string>;
    /** What readers of the table need, in its own region. */
    readonly readPermissions: pulumi.Output<Permission[]>;
    /** What writers need beside `readPermissions`. */
    readonly writePermissions: pulumi.Output<Permission[]>;
    /** What consumers of the table's stream need. Empty where it has none. */
    readonly streamPermissions: pulumi.Output<Permission[]>;
    /** What users of a replica need, by its region. */
    readonly replicas: pulumi.Output<Record<string, KeyValueTableReplica>>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: KeyValueTableArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:KeyValueTable", name, args, opts);
        const tags = classified(DataClassification.Confidential, args.tags);

        const table = makeTable(this, name, args, tags);
        const place = { ...args, tableArn: table.arn };
        tablePolicy(`${name}-table-policy`, place, this);
        if (args.provisionedCapacity !== undefined) {
            const { region, provisionedCapacity: capacity } = args;
            scaleTable(name, { region, tableName: table.name, indexes: indexNames(args), capacity }, this);
        }
        watch(this, name, args, table, tags);

        this.tableName = table.name;
        this.tableArn = table.arn;
        this.readPermissions = tableReadPermissions(place);
        this.writePermissions = tableWritePermissions(place);
        if (hasStream(args)) {
            this.streamArn = table.streamArn;
            this.streamPermissions = tableStreamPermissions(place, table.streamArn);
        } else {
            this.streamPermissions = pulumi.output([]);
        }
        this.replicas = pulumi.output(
            Object.fromEntries(
                (args.replicaRegions ?? []).map((replica) => {
                    const own = replicaArn(args, replica.region, table);
                    tablePolicy(`${name}-table-policy-${replica.region}`, { ...args, ...own }, this);
                    return [replica.region, replicaOutputs({ ...replica, ...own }, table)];
                }),
            ),
        );
        this.registerOutputs({
            tableName: this.tableName,
            tableArn: this.tableArn,
            ...(this.streamArn === undefined ? {} : { streamArn: this.streamArn }),
            readPermissions: this.readPermissions,
            writePermissions: this.writePermissions,
            streamPermissions: this.streamPermissions,
            replicas: this.replicas,
        });
    }
}

function validate(name: string, given: KeyValueTableArgs): KeyValueTableArgs {
    const problems = new Problems("meridian:index:KeyValueTable", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    if (args.tableName === undefined) {
        problems.check(
            /^[A-Za-z0-9_.-]+$/.test(problems.name),
            "name",
            name,
            "letters, digits and _.- because the table is called after it",
        );
        checkNameLength(problems, "name", `${problems.name}-table`, "aws:dynamodb/table:Table");
    }
    problems.throwIfAny();
    return args;
}

function indexNames(args: KeyValueTableArgs): string[] {
    return (args.globalSecondaryIndexes ?? []).map((index) => index.name);
}

function makeTable(
    parent: KeyValueTable,
    name: string,
    args: KeyValueTableArgs,
    tags: TagsInput,
): aws.dynamodb.Table {
    const withBackup = args.backup === undefined ? tags : mergeTags(tags, { backup: args.backup });
    return new aws.dynamodb.Table(`${name}-table`, tableInputs(args, withBackup), {
        parent,
        // A second lock beside DynamoDB's own: a changed key or name would replace the table, and all that is in it.
        protect: args.deletionProtection ?? true,
        // From the first day on the load decides. Not of the indexes: a path into a list, ignored, would take away the
        // capacity of an index that is added (pulumi/pulumi-terraform-bridge, issue 3186).
        ...(args.provisionedCapacity === undefined
            ? {}
            : { ignoreChanges: ["readCapacity", "writeCapacity"] }),
    });
}

/** A replica has the table's name and another region. */
function replicaArn(args: KeyValueTableArgs, region: string, table: aws.dynamodb.Table) {
    return {
        region,
        tableArn: pulumi.interpolate`arn:aws:dynamodb:${region}:${args.accountId}:table/${table.name}`,
    };
}

function replicaOutputs(place: TablePlace, table: aws.dynamodb.Table) {
    const streamArn = table.replicas.apply(
        (all) => all?.find(({ regionName }) => regionName === place.region)?.streamArn ?? "",
    );
    return {
        tableArn: place.tableArn,
        streamArn,
        readPermissions: tableReadPermissions(place),
        writePermissions: tableWritePermissions(place),
        streamPermissions: tableStreamPermissions(place, streamArn),
    };
}

/** Has each region watch its own: metrics stay where the requests were. */
function watch(
    parent: KeyValueTable,
    name: string,
    args: KeyValueTableArgs,
    table: aws.dynamodb.Table,
    tags: TagsInput,
): void {
    const replicas = args.replicaRegions ?? [];
    const places = [
        { prefix: name, region: args.region, topicArns: args.alarmTopicArns },
        ...replicas.map(({ region, alarmTopicArns }) => ({
            prefix: `${name}-${region}`,
            region,
            topicArns: alarmTopicArns,
        })),
    ];
    const regions = places.map(({ region }) => region);
    for (const { prefix, region, topicArns } of places) {
        if (topicArns !== undefined) {
            createTableAlarms(
                prefix,
                {
                    region,
                    topicArns,
                    tableName: table.name,
                    indexes: indexNames(args),
                    receivingRegions: regions.filter((each) => each !== region),
                    tags,
                },
                parent,
            );
        }
    }
}
