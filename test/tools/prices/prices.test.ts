import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import {
    type PriceRow,
    PriceTable,
    PRICES,
} from "../../../policies/residency-and-cost/shared/cost/priceTable";
import { fieldsOf, readOffer } from "../../../tools/prices/bulkFile";
import { isWanted, type RegionalOffer, tableText, updatePrices } from "../../../tools/prices/update";

const ROOT = join(__dirname, "../../..");
const TABLE = join(ROOT, "policies/residency-and-cost/shared/cost/prices.json");
/** Written in the form that AWS documents, with numbers that are no prices. */
const LISTS = join(__dirname, "lists");

const table = JSON.parse(readFileSync(TABLE, "utf8")) as readonly PriceRow[];

async function offerOf(offer: string, region: string): Promise<RegionalOffer> {
    const lines = readFileSync(join(LISTS, offer, `${region}.csv`), "utf8")
        .trimEnd()
        .split("\n");
    return { region, file: await readOffer(lines, isWanted(offer)) };
}

describe("npm run prices", () => {
    const rowsOf = (rows: readonly PriceRow[], region: string, item: string): readonly PriceRow[] =>
        rows.filter((row) => row.region === region && row.item === item);

    it("reads a list as AWS documents it: five rows about the file, the columns, and prices", async () => {
        const { file } = await offerOf("AmazonEC2", "us-east-1");
        expect([file.offer, file.published]).to.deep.equal(["AmazonEC2", "2026-11-20"]);
        // On demand, Linux, shared, with nothing installed; and the gateway. One that the table has not is sorted out later.
        expect(file.rows.map((row) => row.get("usagetype"))).to.deep.equal([
            "BoxUsage:t4g.small",
            "BoxUsage:x9z.large",
            "NatGateway-Hours",
        ]);
    });

    it("reads fields with quotation marks, commas and nothing in them", () => {
        expect(fieldsOf('"a ""b"", c","","d"')).to.deep.equal(['a "b", c', "", "d"]);
    });

    it("refuses what is no price list", async () => {
        const errors = await Promise.all(
            [["<html>"], ['"FormatVersion","v2.0"', '"OfferCode","x"', '"SKU"']].map((lines) =>
                readOffer(lines, () => true).then(
                    () => "read",
                    (error: unknown) => (error as Error).message,
                ),
            ),
        );
        expect(new Set(errors)).to.deep.equal(new Set(["it is no price list of AWS of the format v1.0"]));
    });

    it("replaces what it finds, with the day and the list, and takes in nothing that the table has not", async () => {
        const { rows, found, changed } = updatePrices(table, [await offerOf("AmazonEC2", "us-east-1")]);
        expect(found).to.equal(2);
        expect(changed).to.deep.equal(["us-east-1 AmazonEC2 t4g.small Linux on demand"]);
        expect(rowsOf(rows, "us-east-1", "t4g.small Linux on demand")).to.deep.equal([
            {
                region: "us-east-1",
                service: "AmazonEC2",
                item: "t4g.small Linux on demand",
                unit: "hour",
                price: 0.0171,
                date: "2026-11-20",
                sources: ["AWS Price List, AmazonEC2 of us-east-1"],
            },
        ]);
        expect(rows).to.have.length(table.length);
        expect(rows.filter(({ item }) => item.startsWith("x9z"))).to.deep.equal([]);
    });

    it("takes in a type that the table has not where it is asked for", async () => {
        const { changed } = updatePrices(table, [await offerOf("AmazonEC2", "us-east-1")], ["x9z.large"]);
        expect(changed).to.include("us-east-1 AmazonEC2 x9z.large Linux on demand");
    });

    it("has all tiers of a price, where the table had one", async () => {
        const { rows } = updatePrices(table, [await offerOf("AmazonS3", "eu-central-1")]);
        expect(
            rowsOf(rows, "eu-central-1", "Standard storage").map(({ price, from, to }) => [price, from, to]),
        ).to.deep.equal([
            [0.0245, undefined, 51_200],
            [0.0235, 51_200, 512_000],
            [0.0225, 512_000, undefined],
        ]);
    });

    it("turns prices of one request into those of the table's units, bounds of tiers too", async () => {
        const offers = [await offerOf("AmazonS3", "eu-central-1"), await offerOf("awskms", "eu-central-1")];
        const { rows, missing } = updatePrices(table, offers);
        const [put] = rowsOf(rows, "eu-central-1", "PUT/COPY/POST/LIST (also replication PUT)");
        expect([put?.price, put?.unit]).to.deep.equal([0.0054, "1k requests"]);
        expect(PRICES.find("AWSKMS", "requests, symmetric", "eu-central-1")).to.equal(undefined);
        const price = new PriceTable(rows).find("AWSKMS", "requests, symmetric", "eu-central-1");
        expect([price?.free, price?.tiers]).to.deep.equal([2, [{ from: 0, to: Infinity, price: 0.03 }]]);
        // In another currency.
        expect(missing).to.include("eu-central-1 AmazonS3 GET and other");
    });

    it("writes the table as it is written", () => {
        expect(tableText(updatePrices(table, []).rows)).to.equal(readFileSync(TABLE, "utf8"));
    });

    it("says what it found and what not, and ends with status 1 where there was nothing", () => {
        const run = (
            ...args: readonly string[]
        ): { readonly status: number | null; readonly out: string } => {
            const { status, stdout } = spawnSync(
                process.execPath,
                ["--require=tsx/cjs", "tools/prices/index.ts", "--dry-run", ...args],
                { cwd: ROOT, encoding: "utf8" },
            );
            return { status, out: stdout };
        };
        const found = run("--from", LISTS, "--region", "us-east-1");
        expect(found.status).to.equal(0);
        expect(found.out).to.contain("us-east-1: no price list of AmazonS3\n");
        expect(found.out).to.contain(
            "2 prices found, 1 of them new or changed:\n    us-east-1 AmazonEC2 t4g.small Linux on demand\n",
        );
        expect(run("--from", LISTS, "--region", "eu-west-1").status).to.equal(1);
        expect(run("--region", "Frankfurt").status).to.equal(2);
    });
});
