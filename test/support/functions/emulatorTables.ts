/** The functions' tables in the emulator, as their access-patterns.md have them. */
import {
    CreateTableCommand,
    type CreateTableCommandInput,
    type DynamoDBClient,
    UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";

interface Table {
    hash: string;
    range?: string;
    ttl?: string;
    index?: { name: string; hash: string; range: string };
    stream?: boolean;
}

/** By the variable that holds the table's name. */
const TABLES = {
    TODOS_TABLE: { hash: "userId", range: "todoId" },
    PRODUCTS_TABLE: {
        hash: "productId",
        index: { name: "byCategory", hash: "category", range: "name" },
    },
    CARTS_TABLE: { hash: "cartId", range: "region", ttl: "deleteAt" },
    SESSIONS_TABLE: { hash: "tokenHash", ttl: "expiresAt" },
    ORDERS_TABLE: { hash: "pk", range: "sk", ttl: "expiresAt", stream: true },
    ORDER_VIEWS_TABLE: { hash: "customerId", range: "orderId" },
    PAYMENTS_TABLE: { hash: "pk", ttl: "expiresAt" },
    IDEMPOTENCY_TABLE: { hash: "id", ttl: "expiration" },
    SHIPMENTS_TABLE: { hash: "shipmentId", ttl: "expiresAt" },
    IMAGES_TABLE: { hash: "identityId", range: "name", ttl: "expiresAt" },
} as const satisfies Record<string, Table>;

/** Variables that name tables. */
export type TableVariable = keyof typeof TABLES;

/** The name of a table in the emulator. */
export function tableName(variable: TableVariable): string {
    return variable.toLowerCase().replaceAll("_", "-");
}

/** The variables of all tables. */
export const TABLE_ENVIRONMENT = Object.fromEntries(
    Object.keys(TABLES).map((variable) => [variable, tableName(variable as TableVariable)]),
) as Record<TableVariable, string>;

function definition(TableName: string, { hash, range, index, stream }: Table): CreateTableCommandInput {
    const keys = [hash, range, index?.hash, index?.range].filter((name) => name !== undefined);
    const schema = (first: string, second?: string): CreateTableCommandInput["KeySchema"] => [
        { AttributeName: first, KeyType: "HASH" },
        ...(second === undefined ? [] : [{ AttributeName: second, KeyType: "RANGE" as const }]),
    ];
    return {
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [...new Set(keys)].map((AttributeName) => ({
            AttributeName,
            AttributeType: "S",
        })),
        KeySchema: schema(hash, range),
        ...(index !== undefined && {
            GlobalSecondaryIndexes: [
                {
                    IndexName: index.name,
                    KeySchema: schema(index.hash, index.range),
                    Projection: { ProjectionType: "ALL" },
                },
            ],
        }),
        ...(stream === true && {
            StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
        }),
    };
}

/** Makes tables. */
export async function makeTables(
    client: DynamoDBClient,
    variables: readonly TableVariable[] = Object.keys(TABLES) as TableVariable[],
): Promise<void> {
    await Promise.all(
        variables.map(async (variable) => {
            const table: Table = TABLES[variable];
            const TableName = tableName(variable);
            await client.send(new CreateTableCommand(definition(TableName, table)));
            if (table.ttl !== undefined) {
                await client.send(
                    new UpdateTimeToLiveCommand({
                        TableName,
                        TimeToLiveSpecification: { AttributeName: table.ttl, Enabled: true },
                    }),
                );
            }
        }),
    );
}
