// The page on controls that are not met is what a scanner reports of the preview, all of it and no more.
//
// `checkov.json` is its record, made anew when resources or checkov change: the resources of
// `npm run --silent preview -- --json` are written as Terraform, by the schema of the provider that the record names and
// with references in place of values that another resource computes; `checkov -d <folder> --framework terraform -o json`
// judges each stack; and each failed check is entered with the type and logical name of its resource in the preview.
import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";
import { previewStacks } from "../../tools/preview/stacks";
import { nameOf } from "../../tools/preview/urn";
import record from "./checkov.json";

const ROOT = path.join(__dirname, "..", "..");
const failed: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = record.failed;

interface Row {
    readonly check: string;
    readonly cells: readonly string[];
}

const page = fs.readFileSync(path.join(ROOT, "docs", "controls-not-met.md"), "utf8");
const rows = page.split("\n").flatMap((line): Row[] => {
    const [, first = "", ...cells] = line.split("|").map((cell) => cell.trim());
    const check = /^`(CKV2?_\w+)`$/.exec(first)?.[1];
    return check === undefined ? [] : [{ check, cells: cells.slice(0, -1) }];
});

describe("the page on controls that are not met", function () {
    this.timeout(120_000);
    let resources: ReadonlyMap<string, ReadonlySet<string>>;

    before(async () => {
        const stacks = fs
            .readdirSync(ROOT)
            .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
            .sort();
        const { runs } = await previewStacks({ projectDir: ROOT, stacks });
        resources = new Map(
            runs.map(({ preview, states }) => [
                preview.stack,
                new Set(states.map(({ urn, type }) => `${type} ${nameOf(urn)}`)),
            ]),
        );
    });

    it("has one line for each check that fails, and none for another", () => {
        expect(rows.map(({ check }) => check).sort()).to.deep.equal(Object.keys(failed).sort());
        for (const { check, cells } of rows) {
            expect(cells.length, check).to.be.within(2, 3);
            expect(cells, check).not.to.include("");
        }
    });

    it("says which checkov it was, when, and how many checks passed and failed", () => {
        const count = Object.values(failed)
            .flatMap((stacks) => Object.values(stacks))
            .reduce((sum, found) => sum + found.length, 0);
        const { date, passed, version } = record;
        expect(page).to.contain(
            `${version} reports of the four stacks as Terraform, one line each, on ${date}: ` +
                `${passed.toLocaleString("en-US")} checks of resources pass, ${count} fail, ${rows.length} different ones.`,
        );
        expect(resources.size).to.equal(4);
    });

    it("names only stacks and resources that the check fails for", () => {
        for (const { check, cells } of rows.filter(({ cells: { length } }) => length === 3)) {
            const stacks = Object.entries(failed[check] ?? {});
            const known = stacks.flatMap(([stack, found]) => [
                stack,
                ...found.map((each) => each.split(" ")[1] ?? ""),
            ]);
            const named = [...(cells[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name);
            expect(known, check).to.include.members(named);
        }
    });

    it("rests on a record of resources that the preview has", () => {
        const gone = Object.entries(failed).flatMap(([check, stacks]) =>
            Object.entries(stacks).flatMap(([stack, found]) =>
                found
                    .filter((each) => resources.get(stack)?.has(each) !== true)
                    .map((each) => `${check}: ${stack} has no ${each}`),
            ),
        );
        expect(gone).to.deep.equal([]);
    });

    it("rests on a record of every resource of the types that a check fails for without exception", () => {
        // A bucket that is new would be reported as all the others are.
        const without = ["CKV2_AWS_62", "CKV_AWS_117", "CKV_AWS_233", "CKV_AWS_272", "CKV_AWS_374"];
        for (const check of without) {
            const types = new Set(
                Object.values(failed[check] ?? {}).flatMap((found) =>
                    found.map((each) => each.split(" ")[0]),
                ),
            );
            expect(types.size, check).to.equal(1);
            for (const [stack, all] of resources) {
                const expected = [...all].filter((each) => types.has(each.split(" ")[0])).sort();
                expect([...(failed[check]?.[stack] ?? [])].sort(), `${check} in ${stack}`).to.deep.equal(
                    expected,
                );
            }
        }
    });
});
