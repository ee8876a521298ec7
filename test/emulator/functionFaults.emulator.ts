/** What the functions do when AWS has too much to do, takes a part of a batch, loses an answer, or brings things late and twice. */
import { CreateEventBusCommand } from "@aws-sdk/client-eventbridge";
import { CreateStreamCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";

import { functionNames } from "../../tools/benchmark/functions";
import { EmulatedAccount, emulatorUrl } from "../support/functions/emulatedAccount";
import { makeTables, TABLE_ENVIRONMENT } from "../support/functions/emulatorTables";
import { FaultyProxy } from "../support/functions/faultyProxy";
import { bundleFile, LambdaError, type LocalFunction, startFunction } from "../support/functions/lambda";
import { MiniValkey } from "../support/functions/miniValkey";
import { PaymentProvider, PROVIDER_KEY } from "../support/functions/paymentProvider";
import { statSync } from "node:fs";

const ACCOUNT = "555566664444";
const ORDER = "01900000-0000-7000-8000-0000000000";

interface HttpAnswer {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
}

describe("functions under faults", function () {
    this.timeout(120_000);
    let proxy: FaultyProxy;
    let provider: PaymentProvider;
    let account: EmulatedAccount;
    const running: LocalFunction[] = [];

    before(async () => {
        proxy = await new FaultyProxy(emulatorUrl()).start();
        provider = await new PaymentProvider().start();
        account = new EmulatedAccount(ACCOUNT);
        await makeTables(account.dynamo);
        await account.bus.send(new CreateEventBusCommand({ Name: "bus" }));
    });

    afterEach(() => {
        proxy.recover();
        provider.recover();
    });

    after(async () => {
        await Promise.all(running.map((each) => each.stop()));
        await Promise.all([proxy.stop(), provider.stop()]);
    });

    /** Starts a function that reaches AWS by way of the proxy. */
    async function start(name: string, environment: Record<string, string> = {}): Promise<LocalFunction> {
        const started = await startFunction(name, {
            ...account.environment,
            AWS_ENDPOINT_URL: proxy.url,
            ...TABLE_ENVIRONMENT,
            ...environment,
        });
        running.push(started);
        return started;
    }

    function request(
        method: string,
        path: string,
        body?: object,
        headers: Record<string, string> = {},
    ): object {
        return {
            version: "2.0",
            routeKey: "$default",
            rawPath: path,
            rawQueryString: "",
            headers: { "content-type": "application/json", ...headers },
            requestContext: {
                domainName: "test",
                http: { method, path },
                authorizer: { jwt: { claims: { sub: "anna", "cognito:groups": "[editors]" } } },
            },
            ...(body !== undefined && { body: JSON.stringify(body) }),
            isBase64Encoded: false,
        };
    }

    async function item(
        table: keyof typeof TABLE_ENVIRONMENT,
        Key: object,
    ): Promise<Record<string, unknown> | undefined> {
        const { Item } = await DynamoDBDocumentClient.from(account.dynamo).send(
            new GetCommand({ TableName: TABLE_ENVIRONMENT[table], Key: Key as Record<string, unknown> }),
        );
        return Item;
    }

    it("are all small enough to be loaded quickly", () => {
        for (const name of functionNames()) {
            expect(statSync(bundleFile(name)).size, name).to.be.below(1_000_000);
        }
    });

    describe("too much at once", () => {
        let todos: LocalFunction;

        before(async () => {
            todos = await start("todos");
        });

        for (const error of ["ProvisionedThroughputExceededException", "ThrottlingException"]) {
            it(`is tried again, and nobody notices: ${error}`, async () => {
                proxy.refuse("DynamoDB_20120810.PutItem", error, 2);
                const answer = await todos.invoke<HttpAnswer>(request("POST", "/todos", { title: "Milk" }));
                expect(answer.statusCode).to.equal(201);
                expect(proxy.passed.filter(({ operation }) => operation.endsWith("PutItem"))).to.have.length(
                    3,
                );
            });

            it(`is told to the caller in the end, with when to come back: ${error}`, async () => {
                proxy.refuse("DynamoDB_20120810.Query", error, 100);
                const answer = await todos.invoke<HttpAnswer>(request("GET", "/todos"));
                expect(answer.statusCode).to.equal(503);
                expect(answer.headers).to.include({
                    "content-type": "application/problem+json",
                    "retry-after": "1",
                    "cache-control": "no-store",
                });
                expect(JSON.parse(answer.body)).to.deep.include({ code: "Unavailable", status: 503 });
                expect(proxy.passed).to.have.length(4);
            });
        }

        it("is told so of a transaction, too, and no part of an order is there", async () => {
            const orders = await start("orders");
            await DynamoDBDocumentClient.from(account.dynamo).send(
                new PutCommand({
                    TableName: TABLE_ENVIRONMENT.PRODUCTS_TABLE,
                    Item: { productId: "lamp", name: "Lamp", price: { amountMinor: 100, currency: "EUR" } },
                }),
            );
            proxy.refuse("TransactWriteItems", "TransactionCanceledException", 100, {
                CancellationReasons: [
                    { Code: "None" },
                    { Code: "ThrottlingError" },
                    { Code: "None" },
                    { Code: "None" },
                ],
            });
            const wish = {
                items: [{ productId: "lamp", quantity: 1 }],
                shippingAddress: { name: "A", street: "S", postalCode: "1", city: "C", country: "DE" },
                paymentToken: "tok_1",
            };
            const place = (): Promise<HttpAnswer> =>
                orders.invoke<HttpAnswer>(request("POST", "/v2/orders", wish, { "idempotency-key": "k" }));
            expect((await place()).statusCode).to.equal(503);
            proxy.recover();
            // The same key afterwards is the first order, not a repetition of one that never was.
            expect((await place()).statusCode).to.equal(201);
            expect((await place()).statusCode).to.equal(200);
        });

        it("of a batch's keys is asked for again", async () => {
            const orders = await start("orders");
            proxy.answer("BatchGetItem", 1, (body) => ({
                status: 200,
                body: {
                    Responses: {},
                    UnprocessedKeys: (JSON.parse(body) as { RequestItems: object }).RequestItems,
                },
            }));
            const answer = await orders.invoke<HttpAnswer>(
                request(
                    "POST",
                    "/v1/orders",
                    {
                        items: [{ productId: "lamp", quantity: 1 }],
                        shippingAddress: {
                            name: "A",
                            street: "S",
                            postalCode: "1",
                            city: "C",
                            country: "DE",
                        },
                        paymentToken: "tok_1",
                    },
                    { "idempotency-key": "batch" },
                ),
            );
            expect(answer.statusCode).to.equal(201);
        });
    });

    it("count an addition once whose answer was lost", async () => {
        const cart = await start("cart");
        const put = (): Promise<HttpAnswer> =>
            cart.invoke<HttpAnswer>(request("POST", "/cart/items", { productId: "lamp", quantity: 1 }));
        await put();
        // The emulator counts, and the function hears of an error that the SDK tries again after.
        proxy.answer("UpdateItem", 1, (body) => {
            void fetch(emulatorUrl(), {
                method: "POST",
                headers: {
                    "x-amz-target": "DynamoDB_20120810.UpdateItem",
                    "content-type": "application/x-amz-json-1.0",
                    authorization: `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
                },
                body,
            });
            return { status: 500, body: { __type: "InternalServerError", message: "lost" } };
        });
        const { statusCode, body } = await put();
        expect([statusCode, (JSON.parse(body) as { items: unknown }).items]).to.deep.equal([
            200,
            [{ productId: "lamp", quantity: 2 }],
        ]);
    });

    describe("the outbox", () => {
        const record = (sequence: number, sk = `EVENT#00000${sequence}`): object => ({
            eventName: "INSERT",
            dynamodb: {
                SequenceNumber: String(sequence),
                Keys: { pk: { S: "ORDER#1" }, sk: { S: sk } },
                NewImage: {
                    type: { S: "OrderPlaced" },
                    event: {
                        M: { eventId: { S: `e${sequence}` }, occurredAt: { S: "2026-01-31T12:00:00.000Z" } },
                    },
                },
            },
        });
        const records = Array.from({ length: 12 }, (_, index) => record(index + 1));

        it("names those events that the bus did not take, and tells none of the later ones before them", async () => {
            const outbox = await start("orders-outbox", { EVENT_BUS_NAME: "bus" });
            proxy.answer("AWSEvents.PutEvents", 1, () => ({
                status: 200,
                body: {
                    FailedEntryCount: 1,
                    Entries: Array.from({ length: 10 }, (_, index) =>
                        index === 3 ? { ErrorCode: "ThrottlingException" } : { EventId: String(index) },
                    ),
                },
            }));
            expect(await outbox.invoke({ Records: records })).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: "4" }],
            });
            expect(proxy.passed).to.have.length(1);
            expect(await outbox.invoke({ Records: records.slice(3) })).to.deep.equal({
                batchItemFailures: [],
            });
        });

        it("brings back all of a call that failed, and what cannot be read by itself", async () => {
            const outbox = await start("orders-outbox", { EVENT_BUS_NAME: "bus" });
            proxy.refuse("AWSEvents.PutEvents", "InternalException", 100);
            expect(await outbox.invoke({ Records: records.slice(0, 2) })).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: "1" }, { itemIdentifier: "2" }],
            });
            proxy.recover();
            const unreadable = {
                eventName: "INSERT",
                dynamodb: { SequenceNumber: "9", Keys: { sk: { S: "EVENT#9" } } },
            };
            expect(
                await outbox.invoke({ Records: [record(8), unreadable, record(1, "ORDER")] }),
            ).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: "9" }],
            });
        });

        it("does the same with a queue", async () => {
            const queue = await account.queue("outbox");
            const outbox = await start("orders-outbox", {
                // The SDK calls the address that the queue has.
                QUEUE_URL: queue.url.replace(emulatorUrl(), proxy.url),
            });
            proxy.answer("SendMessageBatch", 1, () => ({
                status: 200,
                body: { Successful: [], Failed: [{ Id: "0", Code: "InternalError", SenderFault: false }] },
            }));
            expect(await outbox.invoke({ Records: records.slice(0, 2) })).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: "1" }],
            });
            expect(await outbox.invoke({ Records: records.slice(0, 1) })).to.deep.equal({
                batchItemFailures: [],
            });
            const [message] = await account.take(queue);
            expect(JSON.parse(message?.Body ?? "{}")).to.deep.include({
                source: "meridian.orders",
                "detail-type": "OrderPlaced",
            });
        });
    });

    it("keep the read model as the newest version says, whatever comes late, twice or by Kinesis", async () => {
        const model = await start("read-model");
        const change = (version: number, status: string): Record<string, unknown> => ({
            eventName: "MODIFY",
            dynamodb: {
                SequenceNumber: String(version),
                Keys: { pk: { S: `ORDER#${ORDER}01` }, sk: { S: "ORDER" } },
                NewImage: {
                    customerId: { S: "anna" },
                    orderId: { S: `${ORDER}01` },
                    status: { S: status },
                    version: { N: String(version) },
                    currency: { S: "EUR" },
                    totalMinor: { N: "100" },
                    lines: { L: [{ M: {} }] },
                    createdAt: { S: "a" },
                    updatedAt: { S: "b" },
                    shippingAddress: { M: { street: { S: "Lane" } } },
                },
            },
        });
        const poison = {
            eventName: "INSERT",
            dynamodb: {
                SequenceNumber: "7",
                Keys: { sk: { S: "ORDER" } },
                NewImage: { orderId: { S: "x" } },
            },
        };
        const answer = await model.invoke({
            Records: [change(2, "PAID"), change(1, "PLACED"), poison, change(2, "PAID")].map((each) => ({
                ...each,
                eventSource: "aws:dynamodb",
            })),
        });
        expect(answer).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "7" }] });
        const kinesis = {
            eventSource: "aws:kinesis",
            kinesis: {
                sequenceNumber: "1",
                data: Buffer.from(JSON.stringify(change(3, "SHIPPED"))).toString("base64"),
            },
        };
        expect(await model.invoke({ Records: [kinesis] })).to.deep.equal({ batchItemFailures: [] });
        await model.invoke({ Records: [{ ...change(2, "PAID"), eventSource: "aws:dynamodb" }] });
        const view = await item("ORDER_VIEWS_TABLE", { customerId: "anna", orderId: `${ORDER}01` });
        expect(view).to.deep.include({ status: "SHIPPED", version: 3, lineCount: 1 });
        expect(view).not.to.have.property("shippingAddress");
    });

    it("record images in the order in which they were stored, and bury what is no event", async () => {
        await account.buckets.send(new CreateBucketCommand({ Bucket: "pictures" }));
        const Key = "us-east-1:abc/holiday 1.png";
        await account.buckets.send(
            new PutObjectCommand({ Bucket: "pictures", Key, Body: "png", ContentType: "image/png" }),
        );
        const letters = await account.queue("image-letters");
        const images = await start("image-records", {
            DEAD_LETTER_QUEUE_URL: letters.url,
            AWS_S3_FORCE_PATH_STYLE: "true",
        });
        const event = (type: string, sequencer: string, size = 3): object => ({
            source: "aws.s3",
            "detail-type": type,
            detail: { bucket: { name: "pictures" }, object: { key: Key, size, etag: "e", sequencer } },
        });
        const record = () => item("IMAGES_TABLE", { identityId: "us-east-1:abc", name: "holiday 1.png" });
        await images.invoke(event("Object Created", "0A1"));
        expect(await record()).to.deep.include({ size: 3, contentType: "image/png" });
        await images.invoke(event("Object Deleted", "0A3"));
        // An earlier event that comes late does not bring it back; a later one does, and its sequencer is shorter.
        await images.invoke(event("Object Created", "0A2FF"));
        expect(await record()).to.have.property("deletedAt");
        await images.invoke(event("Object Created", "0B"));
        expect(await record())
            .to.deep.include({ size: 3 })
            .and.not.have.property("deletedAt");
        const message = (body: unknown, id: string): object => ({
            messageId: id,
            body: typeof body === "string" ? body : JSON.stringify(body),
            eventSource: "aws:sqs",
        });
        expect(
            await images.invoke({
                Records: [message(event("Object Deleted", "0C"), "m1"), message("{}", "m2")],
            }),
        ).to.deep.equal({ batchItemFailures: [] });
        expect(await record()).to.have.property("deletedAt");
        const [letter] = await account.take(letters);
        expect(letter?.MessageAttributes?.["cause"]?.StringValue).to.match(
            /^no change of an object: wrong or missing /,
        );
        expect(letter?.MessageAttributes?.["sourceMessageId"]?.StringValue).to.equal("m2");
    });

    describe("clients' events", () => {
        const batch = request("POST", "/events/batch", {
            events: ["a", "b", "c"].map((name) => ({ name, occurredAt: "2026-01-31T12:00:00.000Z" })),
        });

        it("are answered one by one where the bus takes a part", async () => {
            const collect = await start("collect-events", { EVENT_BUS_NAME: "bus" });
            proxy.answer("AWSEvents.PutEvents", 1, () => ({
                status: 200,
                body: {
                    FailedEntryCount: 1,
                    Entries: [{ EventId: "1" }, { ErrorCode: "InternalFailure" }, { EventId: "2" }],
                },
            }));
            const { statusCode, body } = await collect.invoke<HttpAnswer>(batch);
            expect([statusCode, JSON.parse(body)]).to.deep.equal([
                207,
                {
                    outcomes: [
                        { index: 0, status: "accepted" },
                        { index: 1, status: "failed" },
                        { index: 2, status: "accepted" },
                    ],
                },
            ]);
            proxy.refuse("AWSEvents.PutEvents", "InternalException", 100);
            const none = await collect.invoke<HttpAnswer>(batch);
            expect([none.statusCode, none.headers["retry-after"]]).to.deep.equal([503, "5"]);
        });

        it("go to a stream just as well", async () => {
            await account.streams.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 1 }));
            const collect = await start("collect-events", { STREAM_NAME: "clicks" });
            expect((await collect.invoke<HttpAnswer>(batch)).statusCode).to.equal(202);
        });
    });

    it("read products from the cache, forget what is written, and do without a cache that is away", async () => {
        const valkey = await new MiniValkey().start();
        const { ARN = "" } = await account.secrets.send(
            new CreateSecretCommand({
                Name: "cache",
                SecretString: JSON.stringify({ username: "reader", password: "pass" }),
            }),
        );
        const catalogue = await start("catalogue", {
            CACHE_HOST: "127.0.0.1",
            CACHE_PORT: String(valkey.port),
            CACHE_SECRET_ARN: ARN,
            CACHE_TLS: "off",
        });
        const write = (name: string): Promise<HttpAnswer> =>
            catalogue.invoke<HttpAnswer>(
                request("PUT", "/products/vase", {
                    name,
                    category: "vases",
                    description: "",
                    price: { amountMinor: 100, currency: "EUR" },
                }),
            );
        const read = async (): Promise<unknown> => {
            const { body } = await catalogue.invoke<HttpAnswer>(request("GET", "/products/vase"));
            return (JSON.parse(body) as { name: unknown }).name;
        };
        const reads = (): number =>
            proxy.passed.filter(({ operation }) => operation.endsWith("GetItem")).length;
        await write("Vase");
        expect([await read(), await read(), await read()]).to.deep.equal(["Vase", "Vase", "Vase"]);
        expect(reads()).to.equal(1);
        expect(valkey.commands.find(([name]) => name?.toUpperCase() === "AUTH")).to.deep.equal([
            "auth",
            "reader",
            "pass",
        ]);
        const kept = valkey.commands.find(([name]) => name?.toUpperCase() === "SET");
        expect([kept?.[1], kept?.slice(3)]).to.deep.equal(["catalogue:product:vase", ["EX", "60"]]);
        await write("Tall vase");
        expect(await read()).to.equal("Tall vase");
        await valkey.stop();
        expect([await read(), await read()]).to.deep.equal(["Tall vase", "Tall vase"]);
        expect(reads()).to.equal(4);
    });

    describe("the payment provider's circuit", () => {
        const step = (orderId: string): object => ({
            operation: "authorize",
            orderId,
            currency: "EUR",
            totalMinor: 100,
        });

        async function outcomeOf(payments: LocalFunction, orderId: string): Promise<string> {
            try {
                return (await payments.invoke<{ status: string }>(step(orderId))).status;
            } catch (error) {
                return error instanceof LambdaError
                    ? `${error.errorType}: ${error.errorMessage}`
                    : String(error);
            }
        }

        it("opens after failures for all environments, lets one try, and closes when that succeeds", async () => {
            const { ARN = "" } = await account.secrets.send(
                new CreateSecretCommand({ Name: "provider", SecretString: PROVIDER_KEY }),
            );
            for (let index = 10; index < 20; index++) {
                await DynamoDBDocumentClient.from(account.dynamo).send(
                    new PutCommand({
                        TableName: TABLE_ENVIRONMENT.ORDERS_TABLE,
                        Item: { pk: `ORDER#${ORDER}${index}`, sk: "PAYMENT", paymentToken: "tok_1" },
                    }),
                );
            }
            const environment = {
                PAYMENT_PROVIDER_URL: provider.url,
                PAYMENT_PROVIDER_SECRET_ARN: ARN,
                PAYMENT_TIMEOUT_MS: "300",
                PAYMENT_CIRCUIT_FAILURES: "3",
                PAYMENT_CIRCUIT_OPEN_MS: "1500",
            };
            const [one, other] = [await start("payments", environment), await start("payments", environment)];
            provider.fail(/./, { kind: "status", status: 500 }, 1000);
            expect(await outcomeOf(one, `${ORDER}10`)).to.equal("PaymentProviderUnavailable: status 500");
            expect(provider.calls).to.have.length(3);
            const left = "PaymentProviderUnavailable: the provider is being left alone";
            expect(await outcomeOf(one, `${ORDER}11`)).to.equal(left);
            expect(await outcomeOf(other, `${ORDER}12`)).to.equal(left);
            expect(provider.calls).to.have.length(3);
            provider.recover();
            await new Promise((fulfil) => setTimeout(fulfil, 2700));
            // Both would try; one of them does, and the other is told to come back.
            const tries = await Promise.all([outcomeOf(one, `${ORDER}13`), outcomeOf(other, `${ORDER}14`)]);
            expect(tries.sort()).to.deep.equal(["AUTHORIZED", left]);
            await new Promise((fulfil) => setTimeout(fulfil, 1100));
            expect(await outcomeOf(other, `${ORDER}15`)).to.equal("AUTHORIZED");
            expect(await item("PAYMENTS_TABLE", { pk: "CIRCUIT#provider" })).to.deep.include({
                failures: 0,
                openUntil: 0,
            });
        });
    });
});
