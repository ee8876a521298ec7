/**
 * An order's way through the functions, deployed in the emulator: API, table, stream, outbox, bus, queue, workflow, payment provider,
 * carrier, and the read model beside it. The workflow is the one that the examples have.
 */
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import {
    CreateStateMachineCommand,
    DescribeExecutionCommand,
    type ExecutionStatus,
    ListExecutionsCommand,
} from "@aws-sdk/client-sfn";
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";

import { ORDER_WORKFLOW, OrderFunction } from "../../../examples/shared/orderWorkflow";
import { signatureOf } from "../../../functions/shipping-callback/signature";
import { EmulatedAccount, eventually, type Queue } from "./emulatedAccount";
import { makeTables, TABLE_ENVIRONMENT } from "./emulatorTables";
import { type LocalFunction, startFunction } from "./lambda";
import { type RunningApi, startLocalApi } from "./localApi";
import { documentText } from "./openApi";
import { PaymentProvider, PROVIDER_KEY } from "./paymentProvider";
import { TestIssuer } from "./tokens";

const CARRIER_KEY = "carrier-key";
const BUS = "orders";

/** An answer of the API. */
export interface Answered {
    status: number;
    body: Record<string, unknown>;
}

/** What an order may be asked with. */
export interface Wanted {
    customer?: string;
    key?: string;
    paymentToken?: string;
    version?: "v1" | "v2";
}

/** What became of a run of the workflow. */
export interface Run {
    status: ExecutionStatus;
    error: string | undefined;
    cause: string | undefined;
}

/** The whole of it, running. */
export class ShopFlow {
    readonly account: EmulatedAccount;
    readonly provider = new PaymentProvider();
    readonly #issuer = new TestIssuer();
    readonly #local: LocalFunction[] = [];
    readonly #carrierToldOf = new Map<string, string[]>();
    api!: RunningApi;
    intake!: Queue;
    deadLetters!: Queue;
    #carrier!: Queue;
    #stateMachineArn!: string;

    constructor(accountId: string) {
        this.account = new EmulatedAccount(accountId);
    }

    get #documents(): DynamoDBDocumentClient {
        return DynamoDBDocumentClient.from(this.account.dynamo);
    }

    async start(): Promise<this> {
        await this.provider.start();
        await makeTables(this.account.dynamo, [
            "ORDERS_TABLE",
            "PRODUCTS_TABLE",
            "ORDER_VIEWS_TABLE",
            "PAYMENTS_TABLE",
            "IDEMPOTENCY_TABLE",
            "SHIPMENTS_TABLE",
        ]);
        await this.#makeQueues();
        await this.#deploySteps();
        await this.#makeWorkflow();
        await this.#deployEvents();
        await this.#startApi();
        await this.#documents.send(
            new PutCommand({
                TableName: TABLE_ENVIRONMENT.PRODUCTS_TABLE,
                Item: {
                    productId: "lamp",
                    name: "Lamp",
                    category: "lamps",
                    price: { amountMinor: 1250, currency: "EUR" },
                },
            }),
        );
        return this;
    }

    async stop(): Promise<void> {
        await this.api.stop();
        await Promise.all(this.#local.map((each) => each.stop()));
        await this.provider.stop();
    }

    async #makeQueues(): Promise<void> {
        this.deadLetters = await this.account.queue("intake-dead-letters");
        this.intake = await this.account.queue("intake", {
            VisibilityTimeout: "1",
            RedrivePolicy: JSON.stringify({
                deadLetterTargetArn: this.deadLetters.arn,
                maxReceiveCount: "3",
            }),
        });
        this.#carrier = await this.account.queue("carrier");
    }

    async #secret(name: string, text: string): Promise<string> {
        const { ARN = "" } = await this.account.secrets.send(
            new CreateSecretCommand({ Name: name, SecretString: text }),
        );
        return ARN;
    }

    async #deploySteps(): Promise<void> {
        const { ORDERS_TABLE, PAYMENTS_TABLE, IDEMPOTENCY_TABLE, SHIPMENTS_TABLE } = TABLE_ENVIRONMENT;
        await this.account.deploy("payments", {
            ORDERS_TABLE,
            PAYMENTS_TABLE,
            IDEMPOTENCY_TABLE,
            PAYMENT_PROVIDER_URL: this.provider.url,
            PAYMENT_PROVIDER_SECRET_ARN: await this.#secret(
                "provider",
                JSON.stringify({ apiKey: PROVIDER_KEY }),
            ),
            PAYMENT_TIMEOUT_MS: "500",
            // These tests are about what becomes of orders; the circuit has tests of its own.
            PAYMENT_CIRCUIT_FAILURES: "1000",
        });
        await this.account.deploy("order-steps", { ORDERS_TABLE });
        await this.account.deploy("shipping", { SHIPMENTS_TABLE, CARRIER_QUEUE_URL: this.#carrier.url });
    }

    async #makeWorkflow(): Promise<void> {
        const arnOf = (name: string): string =>
            `arn:aws:lambda:us-east-1:${this.account.accountId}:function:${name}`;
        const definition = ORDER_WORKFLOW.replaceAll(`\${${OrderFunction.Payments}}`, arnOf("payments"))
            .replaceAll(`\${${OrderFunction.OrderSteps}}`, arnOf("order-steps"))
            .replaceAll(`\${${OrderFunction.Shipping}}`, arnOf("shipping"));
        const { stateMachineArn = "" } = await this.account.workflows.send(
            new CreateStateMachineCommand({
                name: "order",
                definition,
                roleArn: `arn:aws:iam::${this.account.accountId}:role/order`,
            }),
        );
        this.#stateMachineArn = stateMachineArn;
    }

    async #deployEvents(): Promise<void> {
        const { ORDERS_TABLE, ORDER_VIEWS_TABLE } = TABLE_ENVIRONMENT;
        const { account } = this;
        await account.bus.send(new CreateEventBusCommand({ Name: BUS }));
        await account.bus.send(
            new PutRuleCommand({
                Name: "placed",
                EventBusName: BUS,
                EventPattern: JSON.stringify({ source: ["meridian.orders"], "detail-type": ["OrderPlaced"] }),
            }),
        );
        await account.bus.send(
            new PutTargetsCommand({
                Rule: "placed",
                EventBusName: BUS,
                Targets: [{ Id: "intake", Arn: this.intake.arn }],
            }),
        );
        await account.deploy("orders-outbox", { EVENT_BUS_NAME: BUS });
        await account.deploy("read-model", { ORDER_VIEWS_TABLE });
        await account.deploy("order-intake", {
            STATE_MACHINE_ARN: this.#stateMachineArn,
            DEAD_LETTER_QUEUE_URL: this.deadLetters.url,
        });
        const { Table } = await account.dynamo.send(new DescribeTableCommand({ TableName: ORDERS_TABLE }));
        const streamArn = Table?.LatestStreamArn ?? "";
        const stream = { StartingPosition: "TRIM_HORIZON", MaximumRetryAttempts: 5 } as const;
        await account.connect("orders-outbox", streamArn, {
            ...stream,
            FilterCriteria: {
                Filters: [
                    {
                        Pattern: JSON.stringify({
                            eventName: ["INSERT"],
                            dynamodb: { Keys: { sk: { S: [{ prefix: "EVENT#" }] } } },
                        }),
                    },
                ],
            },
        });
        await account.connect("read-model", streamArn, stream);
        await account.connect("order-intake", this.intake.arn, { BatchSize: 10 });
    }

    async #startApi(): Promise<void> {
        const { ORDERS_TABLE, PRODUCTS_TABLE, ORDER_VIEWS_TABLE, SHIPMENTS_TABLE } = TABLE_ENVIRONMENT;
        const orders = await startFunction("orders", {
            ...this.account.environment,
            ORDERS_TABLE,
            PRODUCTS_TABLE,
            ORDER_VIEWS_TABLE,
        });
        const callback = await startFunction("shipping-callback", {
            ...this.account.environment,
            SHIPMENTS_TABLE,
            CARRIER_SECRET_ARN: await this.#secret("carrier", CARRIER_KEY),
        });
        this.#local.push(orders, callback);
        const invoke = (event: unknown): Promise<unknown> => orders.invoke(event);
        this.api = await startLocalApi({
            apis: [
                { document: documentText("orders/openapi.v1.yaml"), invoke },
                { document: documentText("orders/openapi.v2.yaml"), invoke, payload: "2.0" },
                {
                    document: documentText("shipping-callback/openapi.yaml"),
                    invoke: (event) => callback.invoke(event),
                    payload: "2.0",
                },
            ],
            tokens: this.#issuer,
        });
    }

    async #call(
        method: string,
        path: string,
        headers: Record<string, string>,
        body?: string,
    ): Promise<Answered> {
        const answer = await fetch(`${this.api.url}${path}`, {
            method,
            headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
            ...(body !== undefined && { body }),
        });
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    }

    /** Orders two lamps. */
    order({
        customer = "anna",
        key = "key",
        paymentToken = "tok_1",
        version = "v1",
    }: Wanted): Promise<Answered> {
        return this.#call(
            "POST",
            `/${version}/orders`,
            { authorization: `Bearer ${this.#issuer.token(customer)}`, "idempotency-key": key },
            JSON.stringify({
                items: [{ productId: "lamp", quantity: 2 }],
                shippingAddress: {
                    name: "Anna",
                    street: "Lane 1",
                    postalCode: "1",
                    city: "Town",
                    country: "DE",
                },
                paymentToken,
            }),
        );
    }

    ask(path: string, customer = "anna", method = "GET"): Promise<Answered> {
        return this.#call(method, path, { authorization: `Bearer ${this.#issuer.token(customer)}` });
    }

    /** Answers for the carrier, with its signature. */
    answerShipment(shipmentId: string, news: object, key = CARRIER_KEY): Promise<Answered> {
        const body = JSON.stringify(news);
        const seconds = String(Math.floor(Date.now() / 1000));
        return this.#call(
            "POST",
            `/shipments/${shipmentId}/events`,
            { "x-carrier-timestamp": seconds, "x-carrier-signature": signatureOf(key, seconds, body) },
            body,
        );
    }

    /** What the carrier was told of an order, as far as it has been. */
    async carrierToldOf(orderId: string): Promise<string[]> {
        for (const { Body = "{}" } of await this.account.take(this.#carrier)) {
            const { shipmentId, type } = JSON.parse(Body) as { shipmentId: string; type: string };
            this.#carrierToldOf.set(shipmentId, [...(this.#carrierToldOf.get(shipmentId) ?? []), type]);
        }
        return this.#carrierToldOf.get(orderId) ?? [];
    }

    /** Waits until the carrier is asked for a shipment. */
    async shipmentAsked(orderId: string): Promise<void> {
        await eventually(`request for the shipment of ${orderId}`, async () =>
            (await this.carrierToldOf(orderId)).includes("RequestShipment") ? true : undefined,
        );
    }

    /** Waits until an order's run has ended. */
    ended(orderId: string): Promise<Run> {
        const executionArn = `${this.#stateMachineArn.replace(":stateMachine:", ":execution:")}:${orderId}`;
        return eventually(`end of the run of ${orderId}`, async () => {
            try {
                const { status, error, cause } = await this.account.workflows.send(
                    new DescribeExecutionCommand({ executionArn }),
                );
                return status === undefined || status === "RUNNING" ? undefined : { status, error, cause };
            } catch (error) {
                if (error instanceof Error && error.name === "ExecutionDoesNotExist") {
                    return undefined;
                }
                throw error;
            }
        });
    }

    /** How many runs there are, of all orders. */
    async runs(): Promise<string[]> {
        const { executions = [] } = await this.account.workflows.send(
            new ListExecutionsCommand({ stateMachineArn: this.#stateMachineArn, maxResults: 1000 }),
        );
        return executions.map(({ name }) => name ?? "");
    }

    /** An item of a table. */
    async item(
        table: keyof typeof TABLE_ENVIRONMENT,
        Key: Record<string, string>,
    ): Promise<Record<string, unknown> | undefined> {
        const { Item } = await this.#documents.send(
            new GetCommand({ TableName: TABLE_ENVIRONMENT[table], Key, ConsistentRead: true }),
        );
        return Item;
    }

    /** The read model's orders of a customer. */
    async views(customerId: string): Promise<Record<string, unknown>[]> {
        const { Items = [] } = await this.#documents.send(
            new QueryCommand({
                TableName: TABLE_ENVIRONMENT.ORDER_VIEWS_TABLE,
                KeyConditionExpression: "customerId = :c",
                ExpressionAttributeValues: { ":c": customerId },
            }),
        );
        return Items;
    }
}
