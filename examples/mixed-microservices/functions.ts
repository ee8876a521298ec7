import type * as pulumi from "@pulumi/pulumi";

import { ServerlessFunction, type ServerlessFunctionArgs } from "../../components/compute";
import { Workflow } from "../../components/messaging";
import { type RegionalFoundation } from "../../components/operations";
import { functionShape } from "../shared/functions";
import { type Needs, readNeeds, sends, tableNeeds, together } from "../shared/needs";
import { ORDER_WORKFLOW, OrderFunction } from "../shared/orderWorkflow";
import { type MixedEvents } from "./events";
import { type Images } from "./images";
import { type MixedKeyRing } from "./keys";
import { type MixedNetworks } from "./network";
import { type MixedSecrets } from "./secrets";
import { type MixedSettings } from "./settings";
import { cacheNeeds, type MixedStores } from "./stores";
import { type MixedTables } from "./tables";

/** What the functions are made of. */
export interface FunctionSurroundings {
    readonly foundation: RegionalFoundation;
    readonly networks: MixedNetworks;
    readonly keys: MixedKeyRing;
    readonly tables: MixedTables;
    readonly stores: MixedStores;
    readonly events: MixedEvents;
    readonly images: Images;
    readonly secrets: MixedSecrets;
}

/** The functions that the API calls, and the workflow behind them. */
export interface MixedFunctions {
    readonly catalogue: ServerlessFunction;
    readonly orders: ServerlessFunction;
    readonly carrier: ServerlessFunction;
    readonly workflow: Workflow;
}

/** What a function is beside its code and its needs. */
type Shape = Partial<ServerlessFunctionArgs> & Pick<ServerlessFunctionArgs, "description">;

/**
 * Makes the functions. The API's read and write; orders that it has written go from the table's stream to the bus, from there by a
 * queue to the workflow, and by another stream into the views that the API reads.
 */
export function createFunctions(
    settings: MixedSettings,
    surroundings: FunctionSurroundings,
    opts: pulumi.ComponentResourceOptions,
): MixedFunctions {
    const { events, images, keys, networks, stores, tables } = surroundings;
    const make = maker(settings, surroundings, opts);
    const { main } = networks;

    const catalogue = make(
        "catalogue",
        {
            description: "What is sold, from the table by way of the cache",
            network: { vpcId: main.tiers.vpcId, subnetIds: main.tiers.apiSubnetIds },
        },
        tableNeeds("PRODUCTS_TABLE", tables.products),
        cacheNeeds(stores, "catalogue"),
    );
    const orders = make(
        "orders",
        { description: "Takes orders, and shows what has become of them" },
        tableNeeds("ORDERS_TABLE", tables.orders),
        // Views are read here, and written by the read model's function alone.
        readNeeds("ORDER_VIEWS_TABLE", tables["order-views"]),
        // Prices are the catalogue's.
        readNeeds("PRODUCTS_TABLE", tables.products),
    );
    make(
        "image-records",
        {
            description: "Keeps a record of each image that somebody puts into the bucket",
            buckets: {
                images: { bucketName: images.bucketName, detailTypes: ["Object Created", "Object Deleted"] },
            },
        },
        tableNeeds("IMAGES_TABLE", tables.images),
        { permissions: [images.readPermissions], environment: {} },
    );
    const workflow = createWorkflow(settings, surroundings, make, opts);
    const carrier = make(
        "shipping-callback",
        { description: "Hears from the carrier what has become of shipments" },
        tableNeeds("SHIPMENTS_TABLE", tables.shipments),
        surroundings.secrets.carrier,
        { permissions: [workflow.taskPermissions], environment: {} },
    );
    if (settings.processesOrders) {
        processOrders(surroundings, workflow, make);
        if (events.changes !== undefined) {
            make(
                "read-model",
                {
                    description: "Keeps the views of orders as the orders are",
                    streams: { changes: { streamArn: events.changes.streamArn, kmsKeyArn: keys.messages } },
                },
                tableNeeds("ORDER_VIEWS_TABLE", tables["order-views"]),
            );
        }
    }
    return { catalogue, orders, carrier, workflow };
}

type Maker = (name: string, shape: Shape, ...needs: readonly Needs[]) => ServerlessFunction;

function maker(
    settings: MixedSettings,
    { foundation }: FunctionSurroundings,
    opts: pulumi.ComponentResourceOptions,
): Maker {
    return (name, shape, ...needs) =>
        new ServerlessFunction(
            `mixed-${name}`,
            {
                ...functionShape(settings, foundation, name, together(...needs)),
                timeoutSeconds: 30,
                reservedConcurrency: 50,
                ...shape,
            },
            opts,
        );
}

/** Makes the workflow of an order, with a function for each party that it deals with. */
function createWorkflow(
    settings: MixedSettings,
    { events, foundation, keys, secrets, tables }: FunctionSurroundings,
    make: Maker,
    opts: pulumi.ComponentResourceOptions,
): Workflow {
    const functions = {
        [OrderFunction.Payments]: make(
            "payments",
            { description: "Authorises, captures and gives back payments" },
            tableNeeds("PAYMENTS_TABLE", tables.payments),
            tableNeeds("IDEMPOTENCY_TABLE", tables.idempotency),
            // With the order is what its customer pays with.
            readNeeds("ORDERS_TABLE", tables.orders),
            secrets.payments,
            { permissions: [], environment: { PAYMENT_PROVIDER_URL: settings.paymentProviderUrl } },
        ),
        [OrderFunction.OrderSteps]: make(
            "order-steps",
            { description: "Writes down how far an order has come" },
            tableNeeds("ORDERS_TABLE", tables.orders),
        ),
        [OrderFunction.Shipping]: make(
            "shipping",
            { description: "Asks the carrier for shipments, and takes them back" },
            tableNeeds("SHIPMENTS_TABLE", tables.shipments),
            sends("CARRIER_QUEUE_URL", events.carrier),
        ),
    };
    const { region, accountId, logRetentionDays } = settings;
    return new Workflow(
        "mixed-order",
        {
            region,
            accountId,
            definition: ORDER_WORKFLOW,
            substitutions: Object.fromEntries(
                Object.entries(functions).map(([placeholder, { aliasArn }]) => [placeholder, aliasArn]),
            ),
            permissions: Object.values(functions).map(({ invokePermissions }) => invokePermissions),
            kmsKeyArn: keys.messages,
            logRetentionDays,
            alarmTopicArns: [foundation.alarmTopicArn],
            tags: { "data-classification": "confidential" },
        },
        opts,
    );
}

/** From the table's stream to the bus, and from the queue behind its rule to the workflow. */
function processOrders(
    { events, keys, tables }: FunctionSurroundings,
    workflow: Workflow,
    make: Maker,
): void {
    const { bus, intake } = events;
    make(
        "orders-outbox",
        {
            description: "Puts the events that were written with orders onto the bus",
            streams: {
                orders: {
                    streamArn: tables.orders.streamArn,
                    kmsKeyArn: tables.orders.kmsKeyArn,
                    filterPatterns: [
                        JSON.stringify({
                            eventName: ["INSERT"],
                            dynamodb: { Keys: { sk: { S: [{ prefix: "EVENT#" }] } } },
                        }),
                    ],
                },
            },
        },
        { permissions: [bus.publishPermissions], environment: { EVENT_BUS_NAME: bus.busName } },
    );
    make(
        "order-intake",
        {
            description: "Starts the workflow of each order that was placed",
            queues: { intake: { queueArn: intake.queueArn, kmsKeyArn: keys.messages } },
        },
        {
            permissions: [workflow.startPermissions, intake.deadLetterPermissions],
            environment: {
                STATE_MACHINE_ARN: workflow.aliasArn,
                DEAD_LETTER_QUEUE_URL: intake.deadLetterQueueUrl,
            },
        },
    );
}
