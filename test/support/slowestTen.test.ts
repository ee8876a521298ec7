import { expect } from "chai";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { slowest, type Timed } from "./slowestTen";

const ROOT = path.join(__dirname, "..", "..");

const timed = (title: string, duration?: number): Timed => ({
    duration,
    file: path.join(ROOT, "test", `${title}.test.ts`),
    fullTitle: () => title,
});

describe("the slowest ten tests", () => {
    let folder: string;

    before(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-slowest-"));
        const waits = (title: string, milliseconds: number): string =>
            `it("${title}", (done) => { setTimeout(done, ${milliseconds}); });`;
        fs.writeFileSync(path.join(folder, "one.test.cjs"), waits("short", 1) + waits("long", 200));
        fs.writeFileSync(path.join(folder, "two.test.cjs"), waits("middle", 100));
    });

    after(() => {
        fs.rmSync(folder, { recursive: true });
    });

    it("are in the order of their time, with their files, and no more than ten", () => {
        const tests = [
            timed("a", 20),
            timed("b", 3100),
            timed("c"),
            ...Array.from("defghijkl", (each) => timed(each, 1)),
        ];
        const lines = slowest(tests, ROOT);
        expect(lines).to.have.lengthOf(10);
        expect(lines.slice(0, 3)).to.deep.equal([
            "   3.1 s  test/b.test.ts: b",
            "   0.0 s  test/a.test.ts: a",
            "   0.0 s  test/d.test.ts: d",
        ]);
        expect(lines.join()).not.to.contain("c.test.ts");
    });

    function run(env: Readonly<Record<string, string>>, ...options: readonly string[]): string {
        const mocha = path.join(ROOT, "node_modules", "mocha", "bin", "mocha.js");
        const files = ["one", "two"].map((name) => path.join(folder, `${name}.test.cjs`));
        const { stdout } = spawnSync(process.execPath, [mocha, ...options, ...files], {
            cwd: ROOT,
            encoding: "utf8",
            env: { PATH: process.env["PATH"], NO_COLOR: "1", ...env },
        });
        return stdout;
    }

    for (const options of [[], ["--parallel", "--jobs", "2"]]) {
        it(`are printed in CI, below mocha's own count: mocha ${options.join(" ")}`, () => {
            const [, passing, list] =
                /\n {2}(\d+ passing) .*\n\n([^]*)$/.exec(run({ CI: "true" }, ...options)) ?? [];
            expect(passing).to.equal("3 passing");
            expect((list ?? "").replace(/^ +[\d.]+ s {2}\S*\//gm, "")).to.equal(
                "The 3 slowest of 3 tests:\none.test.cjs: long\ntwo.test.cjs: middle\none.test.cjs: short\n\n",
            );
        });
    }

    it("are printed nowhere else", () => {
        expect(run({})).to.match(/ {2}3 passing \([^)]*\)\n\n$/);
    });
});
