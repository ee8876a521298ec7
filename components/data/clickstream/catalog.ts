import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Column, EVENTS_PREFIX, PARTITIONS } from "./columns";

/** What the table of events is made from. */
export interface CatalogArgs {
    region: string;
    accountId: pulumi.Input<string>;
    bucketName: pulumi.Input<string>;
    columns: readonly Column[];
    retentionDays: number;
}

/** What describes the events to Firehose, which writes them, and to Athena, which reads them. */
export interface Catalog {
    readonly database: aws.glue.CatalogDatabase;
    readonly table: aws.glue.CatalogTable;
    /** ARNs of the catalogue, the database and the table: Glue asks for all three. */
    readonly arns: pulumi.Output<string>[];
}

const PARQUET = "org.apache.hadoop.hive.ql.io.parquet";

/** The name of the table of events. */
export const TABLE_NAME = "events";

/** Makes the table of events. Its partitions follow from the clock: nothing has to look for new ones. */
export function createCatalog(name: string, args: CatalogArgs, parent: pulumi.Resource): Catalog {
    const { region, accountId, bucketName } = args;
    const database = new aws.glue.CatalogDatabase(
        `${name}-database`,
        // Athena takes names with hyphens in quotes alone.
        { region, name: name.replaceAll("-", "_"), description: `Events of ${name}` },
        { parent },
    );
    const location = pulumi.interpolate`s3://${bucketName}/${EVENTS_PREFIX}`;
    const table = new aws.glue.CatalogTable(
        `${name}-table`,
        {
            region,
            databaseName: database.name,
            name: TABLE_NAME,
            description: `Events of ${name}, by day and hour of arrival in UTC`,
            tableType: "EXTERNAL_TABLE",
            parameters: {
                classification: "parquet",
                "projection.enabled": "true",
                "projection.day.type": "date",
                "projection.day.format": "yyyy-MM-dd",
                // What is older is deleted.
                "projection.day.range": `NOW-${args.retentionDays}DAYS,NOW`,
                "projection.day.interval": "1",
                "projection.day.interval.unit": "DAYS",
                "projection.hour.type": "integer",
                "projection.hour.range": "0,23",
                "projection.hour.digits": "2",
                "storage.location.template": pulumi.interpolate`${location}day=\${day}/hour=\${hour}/`,
            },
            partitionKeys: PARTITIONS.map((partition) => ({ ...partition })),
            storageDescriptor: {
                location,
                inputFormat: `${PARQUET}.MapredParquetInputFormat`,
                outputFormat: `${PARQUET}.MapredParquetOutputFormat`,
                serDeInfo: { serializationLibrary: `${PARQUET}.serde.ParquetHiveSerDe` },
                columns: args.columns.map((column) => ({
                    name: column.name,
                    type: column.type,
                    ...(column.comment === undefined ? {} : { comment: column.comment }),
                })),
            },
        },
        { parent },
    );
    const inCatalog = (resource: pulumi.Input<string>): pulumi.Output<string> =>
        pulumi.interpolate`arn:aws:glue:${region}:${accountId}:${resource}`;
    return {
        database,
        table,
        arns: [
            inCatalog("catalog"),
            inCatalog(pulumi.interpolate`database/${database.name}`),
            inCatalog(pulumi.interpolate`table/${database.name}/${table.name}`),
        ],
    };
}
