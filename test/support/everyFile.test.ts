import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";

const TEST = path.join(__dirname, "..");

describe("npm test", () => {
    const { scripts } = JSON.parse(fs.readFileSync(path.join(TEST, "..", "package.json"), "utf8")) as {
        scripts: { test: string };
    };

    it("runs every test file once, those first that take longest", () => {
        const patterns = [...scripts.test.matchAll(/"([^"]+)"/g)].map(([, pattern]) => pattern);
        expect(patterns).to.deep.equal([
            "test/tools/**/*.test.ts",
            "test/policies/**/*.test.ts",
            // What is in neither of the two.
            "test/!(tools|policies)/**/*.test.ts",
        ]);
        // These would be in none of the three.
        expect(fs.readdirSync(TEST).filter((name) => name.endsWith(".test.ts"))).to.deep.equal([]);
    });
});
