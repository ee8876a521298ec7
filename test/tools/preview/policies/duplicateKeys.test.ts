import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { duplicateKeys } from "../../../../tools/preview/policies/duplicateKeys";
import { readConfigFile } from "../../../../tools/preview/policies/packConfig";

describe("keys that come twice in JSON", () => {
    it("are found wherever they are, with their path and line", () => {
        const text = `{
            "a": { "x": 1, "y": { "x": 2 }, "x": 3 },
            "list": [{ "k": 1 }, { "k": 1, "k": "k" }],
            "a": "mandatory"
        }`;
        expect(duplicateKeys(text)).to.deep.equal([
            { path: "a.x", line: 2 },
            { path: "list[1].k", line: 3 },
            { path: "a", line: 4 },
        ]);
    });

    it("are the same however they are written", () => {
        expect(duplicateKeys('{ "a": 1, "\\u0061": 2 }')).to.deep.equal([{ path: "a", line: 1 }]);
    });

    it("are none of values, nor of keys of other objects", () => {
        const text =
            '{ "a": "a", "b": ["a", "a", "{", "\\"", ":"], "c": { "a": 1 }, "d": [{}, [], { "c": null }] }';
        expect(duplicateKeys(text)).to.deep.equal([]);
        expect(duplicateKeys('"a"')).to.deep.equal([]);
    });

    it("are refused in a configuration", () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-keys-"));
        try {
            const file = path.join(folder, "prod.json");
            fs.writeFileSync(file, '{\n  "rds-port": "mandatory",\n  "rds-port": "disabled"\n}');
            expect(() => readConfigFile(file)).to.throw(
                `${file}: rds-port is given twice, the second time in line 3.`,
            );
        } finally {
            fs.rmSync(folder, { recursive: true });
        }
    });
});
