/** Carts in the emulator's tables: a thousand at the same time, and two regions that hear of each other late. */
import { DeleteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";

import { EmulatedAccount } from "../support/functions/emulatedAccount";
import { makeTables, TABLE_ENVIRONMENT } from "../support/functions/emulatorTables";
import { type LocalFunction, startFunction } from "../support/functions/lambda";

const ACCOUNT = "555566663333";
type Region = "us-east-1" | "eu-central-1";
const US: Region = "us-east-1";
const EU: Region = "eu-central-1";

interface Answered {
    status: number;
    etag: string;
    items: Record<string, number>;
    code: string | undefined;
}

interface Item {
    cartId: string;
    region: string;
}

/** How many calls an environment takes at a time. Lambda's take one, and are more. */
const CALLS_AT_A_TIME = 6;

/** A region's table and function. The emulator does not replicate: what follows to the other region the test carries there. */
class CartRegion {
    readonly account: EmulatedAccount;
    readonly #documents: DynamoDBDocumentClient;
    #functions: LocalFunction[] = [];
    #calls = 0;
    #running = 0;
    readonly #queue: (() => void)[] = [];

    constructor(readonly region: Region) {
        this.account = new EmulatedAccount(ACCOUNT, undefined, region);
        this.#documents = DynamoDBDocumentClient.from(this.account.dynamo);
    }

    get dynamo(): DynamoDBClient {
        return this.account.dynamo;
    }

    /** Starts environments of the function. */
    async start(environments: number): Promise<void> {
        await makeTables(this.account.dynamo, ["CARTS_TABLE"]);
        this.#functions = await Promise.all(
            Array.from({ length: environments }, () =>
                startFunction("cart", {
                    ...this.account.environment,
                    CARTS_TABLE: TABLE_ENVIRONMENT.CARTS_TABLE,
                }),
            ),
        );
    }

    async stop(): Promise<void> {
        await Promise.all(this.#functions.map((each) => each.stop()));
    }

    /** As Lambda does, lets a call wait until an environment is free. */
    async call(...call: Parameters<CartRegion["invoke"]>): Promise<Answered> {
        if (this.#running >= this.#functions.length * CALLS_AT_A_TIME) {
            await new Promise<void>((fulfil) => this.#queue.push(fulfil));
        }
        this.#running += 1;
        try {
            return await this.invoke(...call);
        } finally {
            this.#running -= 1;
            this.#queue.shift()?.();
        }
    }

    async invoke(
        user: string,
        method: string,
        path: string,
        body?: object,
        etag?: string,
    ): Promise<Answered> {
        const environment = this.#functions[(this.#calls += 1) % this.#functions.length]!;
        const {
            statusCode,
            headers,
            body: text,
        } = await environment.invoke<{
            statusCode: number;
            headers: Record<string, string>;
            body: string;
        }>({
            version: "2.0",
            routeKey: `${method} ${path}`,
            rawPath: path,
            rawQueryString: "",
            headers: { "content-type": "application/json", ...(etag !== undefined && { "if-match": etag }) },
            requestContext: {
                domainName: "test",
                http: { method, path },
                authorizer: { jwt: { claims: { sub: user } } },
            },
            ...(body !== undefined && { body: JSON.stringify(body) }),
            isBase64Encoded: false,
        });
        const content = (text === "" ? {} : JSON.parse(text)) as {
            code?: string;
            items?: { productId: string; quantity: number }[];
        };
        return {
            status: statusCode,
            etag: headers["etag"] ?? "",
            code: content.code,
            items: Object.fromEntries(
                (content.items ?? []).map(({ productId, quantity }) => [productId, quantity]),
            ),
        };
    }

    put(user: string, productId: string, quantity: number): Promise<Answered> {
        return this.call(user, "POST", "/cart/items", { productId, quantity });
    }

    async cart(user: string): Promise<Record<string, number>> {
        return (await this.call(user, "GET", "/cart")).items;
    }

    async items(cartId: string): Promise<Item[]> {
        const { Items = [] } = await this.#documents.send(
            new QueryCommand({
                TableName: TABLE_ENVIRONMENT.CARTS_TABLE,
                KeyConditionExpression: "cartId = :cartId",
                ExpressionAttributeValues: { ":cartId": cartId },
                ConsistentRead: true,
            }),
        );
        return Items as Item[];
    }

    /** Hears of what another region has written: its own item, whole, as a global table brings it. */
    async hear(other: CartRegion, cartId: string): Promise<void> {
        for (const item of await other.items(cartId)) {
            if (item.region === other.region) {
                await this.#documents.send(
                    new PutCommand({ TableName: TABLE_ENVIRONMENT.CARTS_TABLE, Item: item }),
                );
            }
        }
    }

    /** Lets an item's end have come, as far as what people see goes. */
    async expire(cartId: string, region: Region): Promise<void> {
        await this.#documents.send(
            new UpdateCommand({
                TableName: TABLE_ENVIRONMENT.CARTS_TABLE,
                Key: { cartId, region },
                UpdateExpression: "SET expiresAt = :past",
                ExpressionAttributeValues: { ":past": Math.floor(Date.now() / 1000) - 1 },
            }),
        );
    }

    /** Deletes an item, as DynamoDB does some time after its end. */
    async forget(cartId: string, region: Region): Promise<void> {
        await this.dynamo.send(
            new DeleteItemCommand({
                TableName: TABLE_ENVIRONMENT.CARTS_TABLE,
                Key: { cartId: { S: cartId }, region: { S: region } },
            }),
        );
    }
}

describe("carts", function () {
    this.timeout(120_000);
    const us = new CartRegion(US);
    const eu = new CartRegion(EU);

    before(async () => {
        await Promise.all([us.start(4), eu.start(1)]);
    });

    after(async () => {
        await Promise.all([us.stop(), eu.stop()]);
    });

    it("lose none of a thousand updates at the same time", async () => {
        const answers = await Promise.all(
            Array.from({ length: 1000 }, (_, index) =>
                us.put("crowd", `product-${index % 4}`, 1 + (index % 3)),
            ),
        );
        expect(answers.filter(({ status }) => status !== 200)).to.deep.equal([]);
        const expected: Record<string, number> = {};
        for (let index = 0; index < 1000; index++) {
            const productId = `product-${index % 4}`;
            expected[productId] = (expected[productId] ?? 0) + 1 + (index % 3);
        }
        expect(await us.cart("crowd")).to.deep.equal(expected);
        // A write each: none was counted twice, either, though some answers of the emulator came too late to be waited for.
        expect((await us.call("crowd", "GET", "/cart")).etag).to.equal('"us-east-1.1000"');
    });

    it("let one of several have its way who all start from the same version", async () => {
        const { etag } = await us.put("versions", "lamp", 1);
        const answers = await Promise.all(
            [2, 3, 4, 5].map((quantity) =>
                us.call("versions", "PUT", "/cart/items/lamp", { quantity }, etag),
            ),
        );
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412, 412, 412]);
        expect(answers.find(({ status }) => status === 412)?.code).to.equal("VersionChanged");
        const winner = answers.find(({ status }) => status === 200)!;
        expect(await us.cart("versions")).to.deep.equal(winner.items);
    });

    it("end up at one of the quantities that several bring a product to, while others put more in", async () => {
        const product = "lamp";
        await us.put("mixed", product, 1);
        const answers = await Promise.all([
            ...[10, 20].map((quantity) => us.call("mixed", "PUT", `/cart/items/${product}`, { quantity })),
            ...Array.from({ length: 5 }, () => us.put("mixed", "chair", 1)),
        ]);
        expect(answers.filter(({ status }) => status !== 200)).to.deep.equal([]);
        const cart = await us.cart("mixed");
        expect(cart["chair"]).to.equal(5);
        expect(cart[product]).to.be.oneOf([10, 20]);
    });

    it("are the same in both regions once these have heard of each other, with all that was put in", async () => {
        await us.put("both", "lamp", 2);
        await eu.hear(us, "both");
        await Promise.all([us.put("both", "lamp", 3), eu.put("both", "lamp", 4), eu.put("both", "chair", 1)]);
        // One empties what it sees, and does not see what the other has put in.
        await us.call("both", "DELETE", "/cart");
        await us.hear(eu, "both");
        await eu.hear(us, "both");
        expect(await us.cart("both")).to.deep.equal({ chair: 1, lamp: 4 });
        expect(await eu.cart("both")).to.deep.equal({ chair: 1, lamp: 4 });
        // To hear of the same again changes nothing.
        await us.hear(eu, "both");
        expect(await us.cart("both")).to.deep.equal({ chair: 1, lamp: 4 });
    });

    it("have nothing in them when they have ended, though DynamoDB has not deleted them", async () => {
        await us.put("ended", "lamp", 2);
        await us.expire("ended", US);
        expect(await us.cart("ended")).to.deep.equal({});
        await us.put("ended", "chair", 1);
        expect(await us.cart("ended")).to.deep.equal({ chair: 1 });
    });

    it("lose nothing of a living cart when DynamoDB deletes one region's item before another's", async () => {
        await us.put("long", "lamp", 2);
        await eu.hear(us, "long");
        await eu.put("long", "chair", 1);
        await us.hear(eu, "long");
        // Nothing has happened in us for a fortnight, and its item is gone in both regions.
        await Promise.all([us.forget("long", US), eu.forget("long", US)]);
        expect(await eu.cart("long")).to.deep.equal({ chair: 1, lamp: 2 });
        // The item that us makes anew counts from zero, under another name.
        await us.put("long", "lamp", 1);
        await eu.hear(us, "long");
        expect(await eu.cart("long")).to.deep.equal({ chair: 1, lamp: 3 });
        expect(await us.cart("long")).to.deep.equal({ chair: 1, lamp: 3 });
    });

    it("refuse what would be too much", async () => {
        expect((await us.put("much", "lamp", 9999)).status).to.equal(200);
        const more = await us.put("much", "lamp", 1);
        expect([more.status, more.code]).to.deep.equal([409, "TooMany"]);
        for (let index = 1; index < 100; index++) {
            await us.put("much", `p${index}`, 1);
        }
        const another = await us.put("much", "p100", 1);
        expect([another.status, another.code]).to.deep.equal([409, "CartFull"]);
    });
});
