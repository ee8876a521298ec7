import { expect } from "chai";

import { fill } from "../../functions/load-search-index/fill";
import { type DocumentForm } from "../../functions/load-search-index/items";
import { loadChanges, type LoaderTools, type StreamRecord } from "../../functions/load-search-index/stream";
import { askStandIn } from "../support/openSearch/asking";
import { KEY, OpenSearchStandIn } from "../support/openSearch/standIn";
import { rejection } from "./fakeAws";

type Values = Record<string, Record<string, unknown>>;

const SECOND = 1_700_000_000;
const NOW = SECOND * 1000 + 500;

const FORM: DocumentForm = {
    keyAttributes: ["pk"],
    attributes: undefined,
    versionAttribute: undefined,
    expiryAttribute: undefined,
};

let sequences = 100;

/** A change of the product of that key, so many seconds after the beginning. */
function change(pk: string, seconds: number, image?: Values, more: StreamRecord = {}): StreamRecord {
    sequences += 1;
    return {
        eventName: image === undefined ? "REMOVE" : "MODIFY",
        ...more,
        dynamodb: {
            Keys: { pk: { S: pk } },
            ...(image === undefined ? {} : { NewImage: { pk: { S: pk }, ...image } }),
            SequenceNumber: String(sequences),
            ApproximateCreationDateTime: SECOND + seconds,
            ...more.dynamodb,
        },
    };
}

const priced = (price: number | string): Values => ({
    price: typeof price === "number" ? { N: String(price) } : { S: price },
});

const sequence = (record: StreamRecord): string => record.dynamodb?.SequenceNumber ?? "";

describe("load-search-index", () => {
    const domain = new OpenSearchStandIn();
    let origin = "";
    let pauses: number[] = [];
    let log: string[] = [];

    before(async () => {
        origin = await domain.listen();
    });

    after(() => domain.close());

    beforeEach(() => {
        domain.asked.length = 0;
        domain.documents.clear();
        domain.busy.clear();
        domain.replies.length = 0;
        pauses = [];
        log = [];
    });

    function tools(form: Partial<DocumentForm> = {}, credentials = KEY, index = "products"): LoaderTools {
        return {
            bulk: {
                ask: askStandIn(origin, credentials),
                index,
                attempts: 4,
                pause: (attempt) => {
                    pauses.push(attempt);
                    return Promise.resolve();
                },
            },
            form: { ...FORM, ...form },
            now: () => NOW,
            log: (message) => log.push(message),
        };
    }

    const load = (records: StreamRecord[], form: Partial<DocumentForm> = {}) =>
        loadChanges(records, tools(form));

    const done = { batchItemFailures: [] };

    describe("a table's changes", () => {
        it("are written in one request that the role has signed, and taken out again", async () => {
            expect(await load([change("a", 0, priced(3)), change("b", 1, priced(4))])).to.deep.equal(done);
            expect(domain.found).to.deep.equal({ a: { pk: "a", price: 3 }, b: { pk: "b", price: 4 } });
            expect(domain.asked.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
                "POST /products/_bulk",
            ]);
            expect(await load([change("a", 2)])).to.deep.equal(done);
            expect(Object.keys(domain.found)).to.deep.equal(["b"]);
        });

        it("become of every type what JSON has for it", async () => {
            const image: Values = {
                name: { S: "Grüße, 'tea' \\ \"pot\"\n" },
                stock: { N: "12" },
                exact: { N: "12345678901234567890123456789012345678" },
                cold: { BOOL: false },
                gone: { NULL: true },
                bytes: { B: "AQI=" },
                tags: { SS: ["x", "y"] },
                sizes: { NS: ["1", "2.5"] },
                parts: { L: [{ S: "lid" }, { M: { weight: { N: "0.25" } } }] },
            };
            await load([change("a", 0, image)]);
            expect(domain.found["a"]).to.deep.equal({
                pk: "a",
                name: "Grüße, 'tea' \\ \"pot\"\n",
                stock: 12,
                exact: "12345678901234567890123456789012345678",
                cold: false,
                gone: null,
                bytes: "AQI=",
                tags: ["x", "y"],
                sizes: [1, 2.5],
                parts: ["lid", { weight: 0.25 }],
            });
        });

        it("have the chosen attributes alone, and ids that no two keys share", async () => {
            const form = { keyAttributes: ["pk", "sk"], attributes: ["price"] };
            const keyed = (pk: string, sk: string) =>
                change(pk, 0, priced(1), {
                    eventName: "INSERT",
                    dynamodb: {
                        Keys: { sk: { S: sk }, pk: { S: pk } },
                        NewImage: { pk: { S: pk }, sk: { S: sk }, secret: { S: "x" }, price: { N: "1" } },
                        SequenceNumber: String((sequences += 1)),
                    },
                });
            await load([keyed("a/b", "c"), keyed("a", "b/c")], form);
            expect(domain.found).to.deep.equal({ "a%2Fb/c": { price: 1 }, "a/b%2Fc": { price: 1 } });
        });

        it("count once where one item has several, and the last counts", async () => {
            const records = [change("a", 0, priced(1)), change("b", 0, priced(9)), change("a", 0, priced(2))];
            expect(await load(records)).to.deep.equal(done);
            expect(domain.found["a"]).to.deep.include({ price: 2 });
            expect(domain.asked[0]?.body.match(/"_id":"a"/g)).to.have.lengthOf(1);
        });
    });

    describe("what comes late", () => {
        it("undoes nothing that is newer, a deletion neither", async () => {
            const old = [change("a", 0, priced(1)), change("b", 0, priced(1))];
            await load([change("a", 5, priced(2)), change("b", 5)]);
            expect(await load(old)).to.deep.equal(done);
            expect(domain.found).to.deep.equal({ a: { pk: "a", price: 2 } });
            expect(log.at(-1)).to.equal("2 changes: 0 written, 2 older than what is there, 0 failed");
        });

        it("is written within a second in the stream's order, over and over", async () => {
            const first = change("a", 0, priced(1));
            const second = change("a", 0, priced(2));
            await load([first]);
            await load([second]);
            expect(domain.found["a"]).to.deep.include({ price: 2 });
            // Lambda tries the first batch again, and then the second.
            await load([first, second]);
            expect(domain.found["a"]).to.deep.include({ price: 2 });
        });

        it("goes by the item's own version where it has one, of 63 bits", async () => {
            const form = { versionAttribute: "version" };
            const versioned = (version: string, price: number) =>
                change("a", 0, { ...priced(price), version: { N: version } });
            await load([versioned("9007199254740995", 2)], form);
            await load([versioned("9007199254740993", 1)], form);
            expect(domain.found["a"]).to.deep.include({ price: 2 });
            const removal = change("a", 0, undefined, {
                eventName: "REMOVE",
                dynamodb: {
                    Keys: { pk: { S: "a" } },
                    OldImage: { version: { N: "9007199254740995" } },
                    SequenceNumber: "1",
                },
            });
            expect(await load([removal], form)).to.deep.equal(done);
            expect(domain.documents.get("a")).to.deep.equal({
                version: 9007199254740996n,
                document: undefined,
            });
        });

        it("is as if deleted once its time is over, by whoever deletes it", async () => {
            const form = { expiryAttribute: "expiresAt" };
            const at = (seconds: number) => ({ ...priced(1), expiresAt: { N: String(SECOND + seconds) } });
            await load([change("a", 0, at(60)), change("b", 0, at(60))], form);
            expect(Object.keys(domain.found)).to.have.members(["a", "b"]);
            await load([change("a", 1, at(0))], form);
            const byTtl = change("b", 61, undefined, {
                eventName: "REMOVE",
                ...({ userIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" } } as object),
            });
            await load([byTtl], form);
            expect(domain.found).to.deep.equal({});
        });

        it("may be a deletion of what never was there", async () => {
            expect(await load([change("never", 0)])).to.deep.equal(done);
        });
    });

    describe("what OpenSearch does not take", () => {
        it("is tried again alone while there is too much to do", async () => {
            domain.busy.set("b", 2);
            expect(await load([change("a", 0, priced(1)), change("b", 0, priced(1))])).to.deep.equal(done);
            expect(Object.keys(domain.found)).to.have.members(["a", "b"]);
            expect(pauses).to.deep.equal([1, 2]);
            expect(domain.asked.map(({ body }) => body.split("\n").length - 1)).to.deep.equal([4, 2, 2]);
        });

        it("is tried again as a whole where all of it was turned away", async () => {
            domain.replies.push({ status: 429, body: { message: "429 Too Many Requests" } }, { status: 503 });
            expect(await load([change("a", 0, priced(1))])).to.deep.equal(done);
            expect(pauses).to.deep.equal([1, 2]);
        });

        it("is given back to Lambda in the end, and the rest is written", async () => {
            domain.busy.set("a", 4);
            const records = [change("a", 0, priced(1)), change("b", 0, priced(1))];
            expect(await load(records)).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: sequence(records[0] ?? {}) }],
            });
            expect(Object.keys(domain.found)).to.deep.equal(["b"]);
        });

        it("is given back at once where trying again is in vain, and no log shows what stands in it", async () => {
            const records = [
                change("a", 0, priced(1)),
                change("b", 0, priced("a very private thing")),
                change("c", 0, priced(3)),
            ];
            expect(await load(records)).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: sequence(records[1] ?? {}) }],
            });
            expect(Object.keys(domain.found)).to.have.members(["a", "c"]);
            expect(pauses).to.deep.equal([]);
            expect(log.join("\n")).to.include("mapper_parsing_exception").and.not.include("private");
        });

        it("is everything where nothing may be written, and nothing is lost", async () => {
            const stranger = { ...KEY, secretAccessKey: "somebody else's" };
            expect(await rejection(loadChanges([change("a", 0, priced(1))], tools({}, stranger)))).to.equal(
                "OpenSearch refuses: status 403, the signature is wrong",
            );
            const answer = await loadChanges([change("a", 0, priced(1))], tools({}, KEY, "other"));
            expect(answer.batchItemFailures).to.have.lengthOf(1);
            expect(log.join("\n")).to.include("index_not_found_exception");
        });

        it("are changes that the stream shows too little of", async () => {
            const keysOnly = change("a", 0, undefined, { eventName: "INSERT" });
            const noOld = change("b", 0, undefined);
            const answer = await load([keysOnly, noOld], { versionAttribute: "version" });
            expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).to.deep.equal([
                sequence(keysOnly),
                sequence(noOld),
            ]);
            expect(log[0]).to.include("must show new images");
            expect(log[1]).to.include("must show old images");
        });

        it("is an answer that does not speak of every change", async () => {
            domain.replies.push({ status: 200, body: { took: 1, errors: false, items: [] } });
            expect(await rejection(load([change("a", 0, priced(1))]))).to.equal(
                "OpenSearch answers for 0 operations of 1",
            );
        });
    });

    it("sends no request that is larger than small nodes take", async () => {
        const large = { text: { S: "x".repeat(390_000) } };
        const records = Array.from({ length: 30 }, (_, number) => change(`item-${number}`, 0, large));
        expect(await load(records)).to.deep.equal(done);
        expect(Object.keys(domain.found)).to.have.lengthOf(30);
        expect(domain.asked.length).to.equal(3);
        for (const { body } of domain.asked) {
            expect(Buffer.byteLength(body)).to.be.lessThan(10 * 1024 * 1024);
        }
    });

    describe("filling", () => {
        /** A table with pages of two items. */
        function table(items: Values[]) {
            const scans: Record<string, unknown>[] = [];
            return {
                scans,
                dynamo: {
                    send: ((command: { input: Record<string, unknown> }) => {
                        scans.push(command.input);
                        const start = command.input["ExclusiveStartKey"] as Values | undefined;
                        const from = start === undefined ? 0 : Number(start["at"]?.["N"]);
                        return Promise.resolve({
                            Items: items.slice(from, from + 2),
                            ...(from + 2 < items.length
                                ? { LastEvaluatedKey: { at: { N: String(from + 2) } } }
                                : {}),
                        });
                    }) as never,
                },
            };
        }

        const items = ["a", "b", "c"].map((pk) => ({ pk: { S: pk }, ...priced(1) }));
        const request = { segment: 1, totalSegments: 4 };

        function filling(of: Values[], form: Partial<DocumentForm> = {}, remaining = 900_000) {
            const { scans, dynamo } = table(of);
            const run = (startKey?: Values) =>
                fill(
                    { ...request, ...(startKey === undefined ? {} : { startKey }) },
                    { ...tools(form), dynamo, tableName: "shop", remaining: () => remaining },
                );
            return { scans, run };
        }

        it("reads its part of the table page by page, as it is now", async () => {
            const { scans, run } = filling(items);
            expect(await run()).to.deep.equal({ ...request, written: 3, passedOver: 0, failed: 0 });
            expect(Object.keys(domain.found)).to.have.members(["a", "b", "c"]);
            expect(scans).to.have.lengthOf(2);
            expect(scans[0]).to.deep.equal({
                TableName: "shop",
                Segment: 1,
                TotalSegments: 4,
                ConsistentRead: true,
            });
        });

        it("stops in time, and says how to go on", async () => {
            const { run } = filling(items, {}, 30_000);
            const first = await run();
            expect(first.written).to.equal(2);
            expect(first.next).to.deep.equal({ fill: { ...request, startKey: { at: { N: "2" } } } });
            const second = await run(first.next?.fill.startKey);
            expect(second).to.deep.equal({ ...request, written: 1, passedOver: 0, failed: 0 });
        });

        it("lets win what the stream brings meanwhile, be it late or early", async () => {
            const { run } = filling([items[0] ?? {}, items[1] ?? {}]);
            // Both changes are of the second in which the page is read; DynamoDB's clock may be behind.
            await load([change("a", -1, priced(2))]);
            await run();
            await load([change("b", -1, priced(2))]);
            expect(domain.found).to.deep.equal({ a: { pk: "a", price: 2 }, b: { pk: "b", price: 2 } });
        });

        it("brings nothing back that was deleted meanwhile", async () => {
            await load([change("a", 0)]);
            const { run } = filling([items[0] ?? {}]);
            expect(await run()).to.deep.equal({ ...request, written: 0, passedOver: 1, failed: 0 });
            expect(domain.found).to.deep.equal({});
        });

        it("passes over what has expired, and names what it cannot write", async () => {
            const { run } = filling(
                [
                    { pk: { S: "a" }, expiresAt: { N: String(SECOND) } },
                    { pk: { S: "b" }, ...priced("dear") },
                    { pk: { S: "c" }, ...priced(1) },
                ],
                { expiryAttribute: "expiresAt" },
            );
            expect(await run()).to.deep.equal({ ...request, written: 1, passedOver: 1, failed: 1 });
            expect(log).to.deep.equal(["OpenSearch does not take an item: mapper_parsing_exception"]);
        });

        it("knows no segments that there are not", async () => {
            const { dynamo } = table(items);
            const more = { ...tools(), dynamo, tableName: "shop", remaining: () => 0 };
            expect(await rejection(fill({ segment: 4, totalSegments: 4 }, more))).to.equal(
                "there is no segment 4 of 4; they count from 0",
            );
        });
    });
});
