// Previews the project on the newest of Pulumi's SDK that this version of Node takes, from the npm registry, in a copy of
// the project. `npm run test:package`; it takes minutes.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { type PreviewDocument } from "../../tools/preview/types";
import { orderless } from "../support/orderless";
import { readManifest, ROOT } from "../support/package/tarball";

/** What a copy does without: what is installed or made anew, and the repository. */
const LEFT_OUT = ["node_modules", "dist", ".git", ".cache"];

describe("the preview on the newest SDK", () => {
    let copy: string;

    before(() => {
        copy = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-newest-"));
        fs.cpSync(ROOT, copy, {
            recursive: true,
            filter: (file) => !LEFT_OUT.includes(path.relative(ROOT, file)),
        });
        // Of a range, npm takes the newest version whose demands on Node are met.
        run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "@pulumi/pulumi@^3"]);
    });

    after(() => {
        fs.rmSync(copy, { recursive: true, force: true });
    });

    function run(command: string, args: readonly string[], cwd = copy): string {
        return execFileSync(command, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28, stdio: "pipe" });
    }

    function preview(cwd: string): PreviewDocument {
        return JSON.parse(run("npm", ["run", "--silent", "preview", "--", "--json"], cwd)) as PreviewDocument;
    }

    it("is the same as on the one that the project has", () => {
        const versionIn = (root: string): string =>
            readManifest(path.join(root, "node_modules/@pulumi/pulumi")).version;
        expect(Number(versionIn(copy).split(".")[1])).to.be.at.least(Number(versionIn(ROOT).split(".")[1]));
        const [expected, newest] = [preview(ROOT), preview(copy)];
        expect(Object.keys(newest.stacks)).to.not.be.empty;
        expect(orderless(newest)).to.deep.equal(orderless(expected));
        expect(newest.policies).to.deep.equal(expected.policies);
    });
});
