/**
 * An order from its request to the shipped parcel, and back when something goes wrong: the functions' bundles run in the emulator's
 * Lambda, behind its stream, bus, queue and Step Functions, with the workflow that the examples deploy.
 */
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";

import { eventually } from "../support/functions/emulatedAccount";
import { DECLINED_TOKEN } from "../support/functions/paymentProvider";
import { ShopFlow } from "../support/functions/shopFlow";

const ACCOUNT = "555566661111";

describe("an order", function () {
    this.timeout(120_000);
    let shop: ShopFlow;

    before(async () => {
        shop = await new ShopFlow(ACCOUNT).start();
    });

    after(async () => {
        await shop.stop();
        expect(shop.api.problems).to.deep.equal([]);
    });

    async function place(key: string, paymentToken = "tok_1"): Promise<string> {
        const { status, body } = await shop.order({ key, paymentToken });
        expect([status, body["status"]]).to.deep.equal([201, "placed"]);
        return String(body["id"]);
    }

    async function statusOf(orderId: string): Promise<unknown> {
        return (await shop.item("ORDERS_TABLE", { pk: `ORDER#${orderId}`, sk: "ORDER" }))?.["status"];
    }

    async function paymentOf(orderId: string): Promise<unknown> {
        return (await shop.item("PAYMENTS_TABLE", { pk: `PAYMENT#${orderId}` }))?.["status"];
    }

    it("is paid and shipped, and the read model shows it", async () => {
        const orderId = await place("happy");
        await shop.shipmentAsked(orderId);
        expect(
            await shop.answerShipment(orderId, { status: "ACCEPTED", trackingNumber: "T1" }),
        ).to.deep.equal({
            status: 200,
            body: { shipmentId: orderId, status: "ACCEPTED" },
        });
        expect(await shop.ended(orderId)).to.deep.include({ status: "SUCCEEDED" });
        expect(shop.provider.of(orderId)).to.deep.equal([
            { id: "auth_1", reference: orderId, amountMinor: 2500, currency: "EUR", status: "captured" },
        ]);
        const { body } = await shop.ask(`/v2/orders/${orderId}`);
        expect(body).to.deep.include({ status: "SHIPPED", trackingNumber: "T1", version: 3 });
        const view = await eventually("view of the shipped order", async () => {
            const { body: page } = await shop.ask("/v2/orders?limit=1");
            const [first] = page["orders"] as Record<string, unknown>[];
            return first?.["status"] === "SHIPPED" ? first : undefined;
        });
        expect(view).to.deep.include({ orderId, version: 3, total: { amountMinor: 2500, currency: "EUR" } });
        // Who lists orders has no business with where they go.
        expect(JSON.stringify(await shop.views("anna"))).not.to.include("Lane");
    });

    it("that is submitted twice is one order, one run and one payment", async () => {
        const answers = await Promise.all(Array.from({ length: 8 }, () => shop.order({ key: "twice" })));
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([
            200, 200, 200, 200, 200, 200, 200, 201,
        ]);
        const ids = new Set(answers.map(({ body }) => body["id"]));
        expect(ids.size).to.equal(1);
        const [orderId] = [...ids].map(String);
        await shop.shipmentAsked(orderId!);
        // The queue brings a message twice now and then.
        await shop.account.queues.send(
            new SendMessageCommand({
                QueueUrl: shop.intake.url,
                MessageBody: JSON.stringify({
                    "detail-type": "OrderPlaced",
                    detail: { orderId, customerId: "anna", currency: "EUR", totalMinor: 2500 },
                }),
            }),
        );
        await shop.answerShipment(orderId!, { status: "ACCEPTED", trackingNumber: "T2" });
        expect((await shop.ended(orderId!)).status).to.equal("SUCCEEDED");
        expect((await shop.runs()).filter((name) => name === orderId)).to.have.length(1);
        expect(shop.provider.of(orderId!)).to.have.length(1);
        expect((await shop.order({ key: "twice", paymentToken: "tok_2" })).status).to.equal(422);
        // Another customer's same key is another key.
        const other = await shop.order({ key: "twice", customer: "bob", version: "v2" });
        expect(other.status).to.equal(201);
        expect((await shop.ask(`/v2/orders/${String(other.body["orderId"])}`)).status).to.equal(404);
        expect(
            (await shop.ask(`/v2/orders/${String(other.body["orderId"])}/cancellation`, "bob", "POST"))
                .status,
        ).to.be.oneOf([200, 409]);
    });

    it("whose card is declined is cancelled, and nothing is held", async () => {
        const orderId = await place("declined", DECLINED_TOKEN);
        const run = await shop.ended(orderId);
        expect([run.status, run.error]).to.deep.equal(["FAILED", "OrderCancelled"]);
        expect(run.cause).to.match(/: PaymentDeclined$/);
        expect(await statusOf(orderId)).to.equal("CANCELLED");
        expect(await paymentOf(orderId)).to.equal("DECLINED");
        expect(shop.provider.of(orderId)).to.deep.equal([]);
        expect(await shop.carrierToldOf(orderId)).to.deep.equal([]);
    });

    it("is no half order where the provider is down: it is cancelled when that is over", async () => {
        shop.provider.fail(/^\/authorizations$/, { kind: "status", status: 503 }, 1000);
        const orderId = await place("down");
        const run = await shop.ended(orderId);
        shop.provider.recover();
        expect([run.status, run.error]).to.deep.equal(["FAILED", "OrderCancelled"]);
        expect(run.cause).to.match(/: PaymentProviderUnavailable$/);
        expect(await statusOf(orderId)).to.equal("CANCELLED");
        expect(await paymentOf(orderId)).to.equal("VOIDED");
        expect(shop.provider.of(orderId)).to.deep.equal([]);
    });

    it("holds no money where the provider's answers were lost", async () => {
        shop.provider.fail(/^\/authorizations$/, { kind: "lostAnswer" }, 1000);
        const orderId = await place("lost");
        const run = await shop.ended(orderId);
        shop.provider.recover();
        expect(run.status).to.equal("FAILED");
        expect(shop.provider.of(orderId).map(({ status }) => status)).to.deep.equal(["voided"]);
        expect([await statusOf(orderId), await paymentOf(orderId)]).to.deep.equal(["CANCELLED", "VOIDED"]);
    });

    it("goes on where the provider stumbles: an answer that is lost, silence, a page of something in between", async () => {
        shop.provider.fail(/^\/authorizations$/, { kind: "lostAnswer" });
        shop.provider.fail(/^\/authorizations$/, { kind: "page" });
        shop.provider.fail(/\/capture$/, { kind: "silence" });
        shop.provider.fail(/\/capture$/, { kind: "status", status: 429, retryAfter: "1" });
        const orderId = await place("stumbling");
        await shop.shipmentAsked(orderId);
        await shop.answerShipment(orderId, { status: "ACCEPTED", trackingNumber: "T3" });
        expect((await shop.ended(orderId)).status).to.equal("SUCCEEDED");
        expect(shop.provider.of(orderId).map(({ status }) => status)).to.deep.equal(["captured"]);
        const keys = shop.provider.calls
            .filter(({ idempotencyKey }) => idempotencyKey.startsWith(orderId))
            .map(({ idempotencyKey }) => idempotencyKey.slice(orderId.length));
        expect(keys).to.deep.equal([
            "-authorize",
            "-authorize",
            "-authorize",
            "-capture",
            "-capture",
            "-capture",
        ]);
    });

    it("that the carrier refuses is cancelled, and the money let go", async () => {
        const orderId = await place("refused");
        await shop.shipmentAsked(orderId);
        expect(
            (await shop.answerShipment(orderId, { status: "REFUSED", reason: "No such street" })).status,
        ).to.equal(200);
        const run = await shop.ended(orderId);
        expect(run.status).to.equal("FAILED");
        expect(run.cause).to.match(/: ShipmentRefused$/);
        expect(shop.provider.of(orderId).map(({ status }) => status)).to.deep.equal(["voided"]);
        expect([await statusOf(orderId), await paymentOf(orderId)]).to.deep.equal(["CANCELLED", "VOIDED"]);
    });

    it("whose money cannot be taken is not shipped: shipment, payment and order are undone in turn", async () => {
        shop.provider.fail(/\/capture$/, { kind: "status", status: 400 }, 1);
        const orderId = await place("capture");
        await shop.shipmentAsked(orderId);
        await shop.answerShipment(orderId, { status: "ACCEPTED", trackingNumber: "T4" });
        const run = await shop.ended(orderId);
        expect(run.status).to.equal("FAILED");
        expect(run.cause).to.match(/: PaymentRefused$/);
        expect(await shop.carrierToldOf(orderId)).to.deep.equal(["RequestShipment", "CancelShipment"]);
        expect(shop.provider.of(orderId).map(({ status }) => status)).to.deep.equal(["voided"]);
        expect([await statusOf(orderId), await paymentOf(orderId)]).to.deep.equal(["CANCELLED", "VOIDED"]);
        // The carrier's later word changes nothing.
        expect(
            (await shop.answerShipment(orderId, { status: "ACCEPTED", trackingNumber: "T4" })).status,
        ).to.equal(409);
    });

    it("takes the carrier's word only with its signature, and the same word twice", async () => {
        const orderId = await place("signed");
        await shop.shipmentAsked(orderId);
        const news = { status: "ACCEPTED", trackingNumber: "T5" };
        const forged = await shop.answerShipment(orderId, news, "another key");
        expect([forged.status, forged.body["code"]]).to.deep.equal([401, "NotSigned"]);
        expect((await shop.answerShipment(orderId, news)).status).to.equal(200);
        expect((await shop.answerShipment(orderId, news)).status).to.equal(200);
        expect((await shop.ended(orderId)).status).to.equal("SUCCEEDED");
        const unknown = await shop.answerShipment("00000000-0000-7000-8000-000000000000", news);
        expect(unknown.status).to.equal(404);
    });

    it("that is poison ends among the dead letters with its cause, and the others of its batch go on", async () => {
        const orderId = await place("beside-poison");
        for (const body of [
            "no JSON",
            JSON.stringify({ "detail-type": "OrderPlaced", detail: { orderId: "x" } }),
        ]) {
            await shop.account.queues.send(
                new SendMessageCommand({ QueueUrl: shop.intake.url, MessageBody: body }),
            );
        }
        const found = new Map<string | undefined, string | undefined>();
        await eventually("both dead letters", async () => {
            for (const { Body, MessageAttributes } of await shop.account.take(shop.deadLetters)) {
                expect(MessageAttributes?.["sourceMessageId"]?.StringValue).to.match(/^[0-9a-f-]{36}$/);
                found.set(Body, MessageAttributes?.["cause"]?.StringValue);
            }
            return found.size === 2 ? true : undefined;
        });
        expect([...found.values()].sort()).to.deep.equal([
            "the message is no JSON",
            "the message is no OrderPlaced: wrong or missing detail.orderId, detail.customerId, detail.currency, detail.totalMinor",
        ]);
        await shop.shipmentAsked(orderId);
        await shop.answerShipment(orderId, { status: "REFUSED", reason: "Enough" });
        await shop.ended(orderId);
    });
});
