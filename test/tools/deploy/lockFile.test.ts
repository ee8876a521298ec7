import { expect } from "chai";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { takeLock } from "../../../tools/deploy/lockFile";
import { RefusedError } from "../../../tools/deploy/errors";

const ROOT = path.resolve(__dirname, "../../..");

describe("the lock of a deployment", () => {
    let folder: string;
    let file: string;

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-lock-"));
        file = path.join(folder, "deploy-prod.lock");
    });

    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });

    /** Takes the lock in a process of its own, at the given time, and keeps it. @returns What it says. */
    async function take(at: number): Promise<string> {
        const code = `
            const { takeLock } = require("./tools/deploy/lockFile");
            while (Date.now() < ${at}) {}
            try { takeLock(${JSON.stringify(folder)}, "prod", "up"); console.log("taken"); }
            catch (error) { console.log(error.name); }
            process.stdin.resume().on("close", () => process.exit());
        `;
        const child = spawn(process.execPath, ["--import=tsx", "--eval", code], { cwd: ROOT });
        children.push(child);
        return new Promise((resolve, reject) => {
            child.stdout.on("data", (text: Buffer) => {
                resolve(text.toString().trim());
            });
            child.on("error", reject);
        });
    }

    const children: { readonly stdin: NodeJS.WritableStream }[] = [];
    const finish = (): void => {
        for (const child of children.splice(0)) {
            child.stdin.end();
        }
    };

    afterEach(finish);

    for (const [title, left] of [
        ["where a process left one that is no more", JSON.stringify({ pid: 2 ** 30, what: "up" })],
        ["where a killed process left half of one", '{ "pid": 1'],
    ] as const) {
        it(`is one's alone when several start in the same instant ${title}`, async () => {
            fs.writeFileSync(file, left);
            const said = await Promise.all(Array.from({ length: 6 }, () => take(Date.now() + 2500)));
            expect(said.sort()).to.deep.equal([...Array<string>(5).fill("RefusedError"), "taken"]);
            expect(fs.readdirSync(folder)).to.deep.equal([path.basename(file)]);
        }).timeout(20_000);
    }

    it("is refused with who has it, and given back", () => {
        const giveBack = takeLock(folder, "prod", "destroy");
        expect(() => takeLock(folder, "prod", "up")).to.throw(
            RefusedError,
            new RegExp(
                `^destroy of prod is running here since .* \\(process ${process.pid}\\): wait for it, or stop it$`,
            ),
        );
        expect(() => {
            takeLock(folder, "staging", "up")();
        }).not.to.throw();
        giveBack();
        takeLock(folder, "prod", "up")();
        expect(fs.readdirSync(folder)).to.deep.equal([]);
    });
});
