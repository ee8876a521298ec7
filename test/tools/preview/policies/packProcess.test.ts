import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PackError, WrongPolicies } from "../../../../tools/preview/policies/errors";
import { PackProcess } from "../../../../tools/preview/policies/packProcess";
import { FIXTURE_PACK, ROOT } from "../../../support/policies/packProcesses";

describe("a policy pack's process", () => {
    let folder: string;

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-pack-"));
    });

    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });

    function packWith(index: string): PackProcess {
        fs.writeFileSync(path.join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
        fs.writeFileSync(path.join(folder, "package.json"), `{ "version": "1.0.0", "main": "index.js" }`);
        fs.writeFileSync(path.join(folder, "index.js"), index);
        return new PackProcess(folder, { project: "shop" });
    }

    async function failure(pack: PackProcess): Promise<string> {
        const error: unknown = await pack
            .call("GetAnalyzerInfo", new Uint8Array())
            .catch((reason: unknown) => reason);
        await pack.close();
        expect(error).to.be.instanceOf(PackError);
        return (error as Error).message;
    }

    it("needs a folder with a pack in it", () => {
        expect(() => new PackProcess(folder, { project: "shop" })).to.throw(
            WrongPolicies,
            `${folder} is not a policy pack: it has no PulumiPolicy.yaml.`,
        );
        fs.writeFileSync(path.join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
        expect(() => new PackProcess(folder, { project: "shop" })).to.throw("it has no package.json.");
    });

    it("needs a PulumiPolicy.yaml that Pulumi's engine can read", () => {
        const file = path.join(folder, "PulumiPolicy.yaml");
        fs.writeFileSync(path.join(folder, "package.json"), "{}");
        const start = (): PackProcess => new PackProcess(folder, { project: "shop" });
        fs.writeFileSync(file, "description: rules: all of them\nruntime: nodejs\n");
        expect(start).to.throw(WrongPolicies, `${file} is not YAML: Nested mappings are not allowed`);
        for (const text of ["", "main: index.js\n", "runtime: python\n", "runtime:\n  name: python\n"]) {
            fs.writeFileSync(file, text);
            expect(start, text).to.throw(WrongPolicies, `${file} must have "runtime: nodejs".`);
        }
    });

    it("says why a pack does not start, without the source of what threw", async () => {
        const message = await failure(packWith(`throw new Error("no rules today");`));
        expect(message).to.match(/^policy pack .* ended with status 1:\nError: no rules today/);
        expect(message).not.to.contain("throw new");
    });

    it("says so when a pack prints something else than its port", async () => {
        expect(await failure(packWith(`console.log("hello"); setInterval(() => {}, 1000);`))).to.equal(
            `policy pack ${folder} printed "hello" in place of its port`,
        );
    });

    it("says so when a pack stops by itself", async () => {
        expect(await failure(packWith("setTimeout(() => process.exit(7), 10);"))).to.equal(
            `policy pack ${folder} ended with status 7`,
        );
    });

    it("says so when nothing answers at the port", async () => {
        expect(await failure(packWith("console.log(1); setInterval(() => {}, 1000);"))).to.match(
            /^policy pack .*ECONNREFUSED/,
        );
    });

    it("ends the process when it is closed", async () => {
        const pack = new PackProcess(FIXTURE_PACK, { project: "shop" });
        await pack.call("GetAnalyzerInfo", new Uint8Array());
        const { pid } = pack;
        await pack.close();
        expect(pid).to.be.a("number");
        expect(() => process.kill(pid ?? 0, 0)).to.throw("ESRCH");
    });

    it("does not outlive a preview that is killed", async () => {
        const code = `
            const { PackProcess } = require("./tools/preview/policies/packProcess");
            const pack = new PackProcess(process.argv[1], { project: "shop" });
            pack.call("GetAnalyzerInfo", new Uint8Array()).then(() => console.log(pack.pid));`;
        for (const dir of [FIXTURE_PACK, path.join(ROOT, "policies/resilience")]) {
            const preview = spawn(process.execPath, ["--require", "tsx/cjs", "--eval", code, dir], {
                cwd: ROOT,
                stdio: ["ignore", "pipe", "inherit"],
            });
            const [pid] = (await once(preview.stdout, "data")) as [Buffer];
            preview.kill("SIGKILL");
            await expectGone(Number(pid));
        }
    });

    async function expectGone(pid: number): Promise<void> {
        expect(pid).to.be.above(1);
        const isThere = (): boolean => {
            try {
                return process.kill(pid, 0);
            } catch (error) {
                expect((error as NodeJS.ErrnoException).code).to.equal("ESRCH");
                return false;
            }
        };
        for (let waited = 0; isThere(); waited += 50) {
            expect(waited, `${pid} is still there`).to.be.below(5000);
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    it("is refused by a method that there is not", async () => {
        const pack = new PackProcess(FIXTURE_PACK, { project: "shop" });
        const error: unknown = await pack.call("Guess", new Uint8Array()).catch((reason: unknown) => reason);
        await pack.close();
        expect((error as Error).message).to.contain(
            "does not implement the method /pulumirpc.Analyzer/Guess",
        );
    });
});
