/**
 * Every operation of every OpenAPI document is called, as a REST API and as an HTTP API call the functions, and by the clients that
 * are generated from the documents. The local server holds each answer against the document.
 */
import { CreateEventBusCommand } from "@aws-sdk/client-eventbridge";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";

import { signatureOf } from "../../functions/shipping-callback/signature";
import { apiDocuments } from "../../tools/clients/documents";
import { EmulatedAccount } from "../support/functions/emulatedAccount";
import { makeTables, TABLE_ENVIRONMENT } from "../support/functions/emulatorTables";
import { clientOf, generatedModules } from "../support/functions/generatedClients";
import { type LocalFunction, startFunction } from "../support/functions/lambda";
import { type RunningApi, startLocalApi } from "../support/functions/localApi";
import { documentText, operationsOf } from "../support/functions/openApi";
import { TestIssuer } from "../support/functions/tokens";

const ACCOUNT = "555566662222";
const CARRIER_KEY = "carrier-key";
const SHIPMENT = "01900000-0000-7000-8000-00000000000";
const ADDRESS = { name: "Anna", street: "Lane 1", postalCode: "1", city: "Town", country: "DE" };
const LAMP = {
    name: "Lamp",
    category: "lamps",
    description: "A lamp",
    price: { amountMinor: 1250, currency: "EUR" },
};

const ALL_OPERATIONS = apiDocuments()
    .flatMap(({ file }) => operationsOf(documentText(file)))
    .map(({ method, path }) => `${method} ${path}`)
    .sort();

interface Answered {
    status: number;
    headers: Headers;
    body: Record<string, unknown>;
}

describe("the functions' APIs", function () {
    this.timeout(120_000);
    const account = new EmulatedAccount(ACCOUNT);
    const issuer = new TestIssuer();
    const functions = new Map<string, LocalFunction>();
    let api: RunningApi;

    before(async () => {
        await makeTables(account.dynamo);
        await account.bus.send(new CreateEventBusCommand({ Name: "clients" }));
        const { ARN: CARRIER_SECRET_ARN = "" } = await account.secrets.send(
            new CreateSecretCommand({
                Name: "carrier",
                SecretString: JSON.stringify({ signingKey: CARRIER_KEY }),
            }),
        );
        const names = new Set(apiDocuments().map(({ functionName }) => functionName));
        await Promise.all(
            [...names].map(async (name) => {
                const started = await startFunction(name, {
                    ...account.environment,
                    ...TABLE_ENVIRONMENT,
                    CARRIER_SECRET_ARN,
                    EVENT_BUS_NAME: "clients",
                    ALLOWED_ORIGINS: "https://shop.example.com, https://m.example.com",
                });
                functions.set(name, started);
            }),
        );
    });

    after(async () => {
        await Promise.all([...functions.values()].map((each) => each.stop()));
    });

    afterEach(async () => {
        await api.stop();
    });

    async function serve(payload: "1.0" | "2.0"): Promise<void> {
        api = await startLocalApi({
            apis: apiDocuments().map(({ functionName, file }) => ({
                document: documentText(file),
                invoke: (event) => functions.get(functionName)!.invoke(event),
                payload,
            })),
            tokens: issuer,
        });
    }

    async function call(
        method: string,
        path: string,
        {
            body,
            headers = {},
            token = issuer.token("anna"),
        }: { body?: object; headers?: object; token?: string } = {},
    ): Promise<Answered> {
        const answer = await fetch(`${api.url}${path}`, {
            method,
            headers: {
                ...(token !== "" && { authorization: `Bearer ${token}` }),
                ...(body !== undefined && { "content-type": "application/json" }),
                ...headers,
            },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const text = await answer.text();
        return {
            status: answer.status,
            headers: answer.headers,
            body: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>,
        };
    }

    async function requestShipment(shipmentId: string): Promise<void> {
        await DynamoDBDocumentClient.from(account.dynamo).send(
            new PutCommand({
                TableName: TABLE_ENVIRONMENT.SHIPMENTS_TABLE,
                Item: { shipmentId, status: "REQUESTED", updatedAt: "now", expiresAt: 0 },
            }),
        );
    }

    for (const payload of ["1.0", "2.0"] as const) {
        it(`answer every operation with payload ${payload}, each as its document says`, async () => {
            await serve(payload);
            const editor = issuer.token("ed", { "cognito:groups": ["staff", "editors"] });

            const todo = await call("POST", "/todos", { body: { title: "Milk" } });
            expect(todo.status).to.equal(201);
            const todoPath = todo.headers.get("location") ?? "";
            expect((await call("GET", todoPath)).body).to.deep.equal(todo.body);
            const stale = { headers: { "if-match": '"7"' }, body: { title: "Milk", done: true } };
            expect((await call("PUT", todoPath, stale)).status).to.equal(412);
            const etag = { "if-match": todo.headers.get("etag") ?? "" };
            const done = await call("PUT", todoPath, { body: { title: "Milk", done: true }, headers: etag });
            expect(done.body).to.deep.include({ done: true, version: 2 });
            // Nobody reaches another one's, whatever he asks for.
            for (const [method, more] of [
                ["GET", {}],
                ["PUT", { body: { title: "x", done: true } }],
                ["DELETE", {}],
            ] as const) {
                const answer = await call(method, todoPath, { ...more, token: issuer.token("bob") });
                expect([method, answer.status]).to.deep.equal([method, 404]);
            }
            expect((await call("GET", "/todos", { token: issuer.token("bob") })).body["items"]).to.deep.equal(
                [],
            );
            expect((await call("DELETE", todoPath)).status).to.equal(204);

            expect((await call("PUT", "/products/lamp", { body: LAMP })).status).to.equal(403);
            expect((await call("PUT", "/products/lamp", { body: LAMP, token: editor })).status).to.equal(200);
            const product = await call("GET", "/products/lamp", { token: "" });
            expect(product.body).to.deep.include({ ...LAMP, productId: "lamp" });
            expect(product.headers.get("cache-control")).to.equal("public, max-age=60");
            expect((await call("GET", "/products?category=lamps&limit=5", { token: "" })).status).to.equal(
                200,
            );

            expect(
                (await call("POST", "/cart/items", { body: { productId: "lamp", quantity: 2 } })).status,
            ).to.equal(200);
            const cart = await call("PUT", "/cart/items/lamp", { body: { quantity: 5 } });
            expect(cart.body["items"]).to.deep.equal([{ productId: "lamp", quantity: 5 }]);
            expect((await call("GET", "/cart")).body).to.deep.equal(cart.body);
            expect((await call("DELETE", "/cart/items/lamp")).status).to.equal(204);
            expect((await call("DELETE", "/cart")).status).to.equal(204);

            const session = await call("POST", "/sessions", { body: { data: { theme: "dark" } }, token: "" });
            const old = { headers: { "x-session-id": String(session.body["sessionId"]) }, token: "" };
            const rotated = await call("POST", "/sessions/current/rotation", old);
            const current = { headers: { "x-session-id": String(rotated.body["sessionId"]) }, token: "" };
            expect((await call("GET", "/sessions/current", old)).body["data"]).to.deep.equal({
                theme: "dark",
            });
            const light = { data: { theme: "light" } };
            expect((await call("PUT", "/sessions/current", { ...old, body: light })).status).to.equal(409);
            expect((await call("PUT", "/sessions/current", { ...current, body: light })).status).to.equal(
                200,
            );
            expect((await call("DELETE", "/sessions/current", current)).status).to.equal(204);
            expect((await call("GET", "/sessions/current", current)).status).to.equal(401);

            const wish = {
                items: [{ productId: "lamp", quantity: 3 }],
                shippingAddress: ADDRESS,
                paymentToken: "tok_1",
            };
            const key = (text: string): object => ({ "idempotency-key": `${text}-${payload}` });
            const v1 = await call("POST", "/v1/orders", { body: wish, headers: key("v1") });
            expect(v1.body).to.deep.include({ status: "placed", total: "37.50", currency: "EUR" });
            expect((await call("GET", `/v1/orders/${String(v1.body["id"])}`)).body).to.deep.equal(v1.body);
            const v2 = await call("POST", "/v2/orders", { body: wish, headers: key("v2") });
            expect(v2.body).to.deep.include({
                status: "PLACED",
                total: { amountMinor: 3750, currency: "EUR" },
            });
            const v2Path = v2.headers.get("location") ?? "";
            expect((await call("GET", v2Path)).body).to.deep.equal(v2.body);
            expect((await call("GET", `/v2/orders/${String(v1.body["id"])}`)).status).to.equal(200);
            expect((await call("GET", "/v2/orders")).body).to.deep.equal({ orders: [] });
            expect((await call("POST", `${v2Path}/cancellation`)).body).to.deep.include({
                status: "CANCELLED",
            });

            const shipmentId = `${SHIPMENT}${payload === "1.0" ? 1 : 2}`;
            await requestShipment(shipmentId);
            const news = { status: "REFUSED", reason: "No street" };
            const seconds = String(Math.floor(Date.now() / 1000));
            const signed = {
                "x-carrier-timestamp": seconds,
                "x-carrier-signature": signatureOf(CARRIER_KEY, seconds, JSON.stringify(news)),
            };
            const shipped = await call("POST", `/shipments/${shipmentId}/events`, {
                body: news,
                headers: signed,
                token: "",
            });
            expect(shipped.body).to.deep.equal({ shipmentId, status: "REFUSED" });

            const events = [
                { name: "page.seen", occurredAt: "2026-01-31T12:00:00.000Z" },
                { name: "Bad Name" },
            ];
            const collected = await call("POST", "/events/batch", { body: { events }, token: "" });
            expect([collected.status, collected.body]).to.deep.equal([
                207,
                {
                    outcomes: [
                        { index: 0, status: "accepted" },
                        {
                            index: 1,
                            status: "rejected",
                            detail: "name must be 1 to 64 lower-case letters, digits and ._-",
                        },
                    ],
                },
            ]);

            expect(api.problems).to.deep.equal([]);
            expect([...api.called].sort()).to.deep.equal(ALL_OPERATIONS);
        });
    }

    it("page through lists by cursors that nobody can bend", async () => {
        await serve("1.0");
        const token = issuer.token("paula");
        for (const title of ["1", "2", "3", "4", "5"]) {
            await call("POST", "/todos", { body: { title }, token });
        }
        const titles: unknown[] = [];
        let cursor = "";
        for (let page = 0; page < 3; page++) {
            const { body } = await call("GET", `/todos?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`, {
                token,
            });
            titles.push((body["items"] as { title: string }[]).map(({ title }) => title));
            cursor = (body["nextCursor"] as string | undefined) ?? "";
        }
        expect([titles, cursor]).to.deep.equal([[["5", "4"], ["3", "2"], ["1"]], ""]);
        // Another user's id in a cursor leads nowhere: a cursor has none, and one with more in it is refused.
        const bent = Buffer.from(JSON.stringify({ userId: "anna", todoId: `${SHIPMENT}1` })).toString(
            "base64url",
        );
        const refused = await call("GET", `/todos?cursor=${bent}`, { token });
        expect([refused.status, refused.body["errors"]]).to.deep.equal([
            400,
            [{ pointer: "?cursor", detail: "must be the nextCursor of an earlier answer" }],
        ]);

        const editor = issuer.token("ed", { "cognito:groups": ["editors"] });
        for (const name of ["Ash", "Birch", "Cedar"]) {
            await call("PUT", `/products/${name}`, {
                body: { ...LAMP, name, category: "wood" },
                token: editor,
            });
        }
        const first = await call("GET", "/products?category=wood&limit=2");
        const second = await call(
            "GET",
            `/products?category=wood&limit=2&cursor=${String(first.body["nextCursor"])}`,
        );
        const namesOf = ({ body }: Answered): string[] =>
            (body["items"] as { name: string }[]).map(({ name }) => name);
        expect([namesOf(first), namesOf(second)]).to.deep.equal([["Ash", "Birch"], ["Cedar"]]);
        const all = await call("GET", "/products?limit=100");
        expect(namesOf(all)).to.include.members(["Ash", "Birch", "Cedar"]);
        expect(api.problems).to.deep.equal([]);
    });

    it("say what is wrong with a request, in all of its parts and without repeating it", async () => {
        await serve("2.0");
        const wrong = await call("POST", "/v2/orders", {
            headers: { "idempotency-key": "k" },
            body: {
                items: [{ productId: "lamp", quantity: 0 }],
                shippingAddress: { ...ADDRESS, country: "Germany", phone: "0123" },
                secret: "sesame",
            },
        });
        expect(wrong.status).to.equal(400);
        expect(wrong.headers.get("content-type")).to.equal("application/problem+json");
        expect(wrong.body).to.deep.include({
            type: "about:blank",
            title: "Bad Request",
            code: "InvalidRequest",
        });
        expect(wrong.body["errors"]).to.deep.equal([
            { pointer: "/items/0/quantity", detail: "must be a whole number from 1 to 9999" },
            { pointer: "/shippingAddress/country", detail: "must be two capital letters" },
            { pointer: "/shippingAddress/phone", detail: "is not known" },
            { pointer: "/paymentToken", detail: "is missing" },
            { pointer: "/secret", detail: "is not known" },
        ]);
        expect(JSON.stringify(wrong.body)).not.to.match(/sesame|0123|Germany/);
        const noKey = await call("POST", "/v2/orders", { body: {} });
        expect(noKey.body["errors"]).to.deep.equal([{ pointer: "idempotency-key", detail: "is missing" }]);
        const text = await call("POST", "/todos", {
            body: { title: "x" },
            headers: { "content-type": "text/plain" },
        });
        expect(text.status).to.equal(415);
        expect((await call("GET", "/todos?limit=1000")).status).to.equal(400);
        expect((await call("GET", "/todos/x%00y")).status).to.equal(400);
        expect((await call("GET", "/todos", { token: "" })).status).to.equal(401);
        expect((await call("GET", "/todos", { token: new TestIssuer().token("anna") })).status).to.equal(401);
        expect(api.problems).to.deep.equal([]);
    });

    it("let browsers of the allowed origins see answers, and keep a browser's session in a cookie alone", async () => {
        await serve("1.0");
        const seen = await call("GET", "/products", { headers: { origin: "https://m.example.com" } });
        expect(seen.headers.get("access-control-allow-origin")).to.equal("https://m.example.com");
        const other = await call("GET", "/products", { headers: { origin: "https://evil.example" } });
        expect(other.headers.get("access-control-allow-origin")).to.equal(null);
        const begun = await call("POST", "/sessions", { body: { transport: "cookie" }, token: "" });
        expect(begun.body).not.to.have.property("sessionId");
        const [cookie = "", ...attributes] = (begun.headers.get("set-cookie") ?? "").split("; ");
        expect(attributes).to.include.members(["Path=/", "Secure", "HttpOnly", "SameSite=Lax"]);
        expect((await call("GET", "/sessions/current", { headers: { cookie }, token: "" })).status).to.equal(
            200,
        );
        const rotated = await call("POST", "/sessions/current/rotation", { headers: { cookie }, token: "" });
        expect(rotated.body).not.to.have.property("sessionId");
        expect(rotated.headers.get("set-cookie"))
            .to.match(/^__Host-session=/)
            .and.not.include(cookie);
    });

    it("write no personal data into their logs", async () => {
        await serve("1.0");
        const token = issuer.token("sub-of-somebody", { email: "anna@example.com" });
        await call("POST", "/todos", { body: { title: "Call the doctor" }, token });
        await call("POST", "/v1/orders", {
            body: {
                items: [{ productId: "lamp", quantity: 1 }],
                shippingAddress: ADDRESS,
                paymentToken: "tok_secret",
            },
            headers: { "idempotency-key": "log" },
            token,
        });
        const logs = [...functions.values()].flatMap((each) => each.logs()).join("\n");
        expect(logs).to.include('"message":"answered"').and.include('"route":"POST /v1/orders"');
        expect(logs).not.to.match(/sub-of-somebody|anna|doctor|Lane|tok_|Bearer|sesame/i);
    });

    it("are called by the generated clients, every operation of them", async () => {
        await serve("1.0");
        const modules = generatedModules();
        const client = (name: string, token = issuer.token("clara")): ReturnType<typeof clientOf> =>
            clientOf(modules.get(name)!, api.url, token);

        const todos = client("todos");
        const { todoId } = await todos["createTodo"]!({ newTodo: { title: "Milk" } });
        await todos["updateTodo"]!({ todoId, todoUpdate: { title: "Milk", done: true }, ifMatch: '"1"' });
        expect(await todos["getTodo"]!({ todoId })).to.deep.include({ todoId, done: true, version: 2 });
        expect((await todos["listTodos"]!({ limit: 5 }))["items"]).to.have.length(1);
        await todos["deleteTodo"]!({ todoId });

        const editors = client("catalogue", issuer.token("ed", { "cognito:groups": ["editors"] }));
        await editors["putProduct"]!({ productId: "lamp", productContent: LAMP });
        const catalogue = client("catalogue");
        expect(await catalogue["getProduct"]!({ productId: "lamp" })).to.deep.include({ name: "Lamp" });
        expect((await catalogue["listProducts"]!({ category: "lamps" }))["items"]).to.have.length(1);

        const cart = client("cart");
        await cart["addToCart"]!({ newItem: { productId: "lamp", quantity: 2 } });
        const { version } = await cart["setQuantity"]!({ productId: "lamp", quantity: { quantity: 4 } });
        expect(await cart["getCart"]!()).to.deep.include({
            version,
            items: [{ productId: "lamp", quantity: 4 }],
        });
        await cart["removeFromCart"]!({ productId: "lamp", ifMatch: `"${String(version)}"` });
        await cart["emptyCart"]!({});

        const sessions = client("sessions");
        const { sessionId } = await sessions["beginSession"]!({ newSession: { data: { a: "b" } } });
        await sessions["replaceSessionData"]!({ xSessionId: sessionId, sessionData: { data: { c: "d" } } });
        const rotated = await sessions["rotateSession"]!({ xSessionId: sessionId });
        const current = { xSessionId: rotated["sessionId"] };
        expect((await sessions["getSession"]!(current))["data"]).to.deep.equal({ c: "d" });
        await sessions["endSession"]!(current);

        const newOrder = {
            items: [{ productId: "lamp", quantity: 1 }],
            shippingAddress: ADDRESS,
            paymentToken: "t",
        };
        const first = client("orders-v1");
        const { id } = await first["placeOrder"]!({ idempotencyKey: "c1", newOrder });
        expect(await first["getOrder"]!({ orderId: id })).to.deep.include({ id, status: "placed" });
        const second = client("orders-v2");
        const { orderId } = await second["placeOrder"]!({ idempotencyKey: "c2", newOrder });
        expect(await second["getOrder"]!({ orderId })).to.deep.include({ orderId, status: "PLACED" });
        expect(await second["cancelOrder"]!({ orderId })).to.deep.include({ status: "CANCELLED" });
        expect((await second["listOrders"]!({}))["orders"]).to.deep.equal([]);

        const shipmentId = `${SHIPMENT}3`;
        await requestShipment(shipmentId);
        const shipmentNews = { status: "ACCEPTED", trackingNumber: "T1" };
        const xCarrierTimestamp = String(Math.floor(Date.now() / 1000));
        await client("shipping-callback")["reportShipment"]!({
            shipmentId,
            shipmentNews,
            xCarrierTimestamp,
            xCarrierSignature: signatureOf(CARRIER_KEY, xCarrierTimestamp, JSON.stringify(shipmentNews)),
        });

        const events = [
            { name: "page.seen", occurredAt: "2026-01-31T12:00:00.000Z", properties: { page: "/" } },
        ];
        const { outcomes } = await client("collect-events")["collectEvents"]!({ eventBatch: { events } });
        const [outcome] = outcomes as object[];
        expect(outcome).to.deep.include({ index: 0, status: "accepted" });

        expect(api.problems).to.deep.equal([]);
        expect([...api.called].sort()).to.deep.equal(ALL_OPERATIONS);
    });
});
