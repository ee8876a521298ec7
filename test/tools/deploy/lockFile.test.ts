import { expect } from "chai";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
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

    /** A process that is ready to take the lock, and to keep it. */
    async function taker(): Promise<ChildProcessWithoutNullStreams> {
        const code = `
            const { takeLock } = require("./tools/deploy/lockFile");
            process.stdin.once("data", (at) => {
                while (Date.now() < Number(at)) {}
                try { takeLock(${JSON.stringify(folder)}, "prod", "up"); console.log("taken"); }
                catch (error) { console.log(error.name); }
            }).on("close", () => process.exit());
            console.log("ready");
        `;
        const child = spawn(process.execPath, ["--require=tsx/cjs", "--eval", code], { cwd: ROOT });
        children.push(child);
        expect(await said(child)).to.equal("ready");
        return child;
    }

    /** Lets it take the lock at the given time. @returns What it says. */
    async function take(child: ChildProcessWithoutNullStreams, at: number): Promise<string> {
        child.stdin.write(String(at));
        return said(child);
    }

    async function said(child: ChildProcessWithoutNullStreams): Promise<string> {
        return new Promise((resolve, reject) => {
            child.stdout.once("data", (text: Buffer) => {
                resolve(text.toString().trim());
            });
            child.once("error", reject);
        });
    }

    const children: ChildProcessWithoutNullStreams[] = [];
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
            const takers = await Promise.all(Array.from({ length: 6 }, taker));
            // They wait for it without a pause, and so not for long: only until all have heard of it.
            const at = Date.now() + 100;
            const answers = await Promise.all(takers.map(async (child) => take(child, at)));
            expect(answers.sort()).to.deep.equal([...Array<string>(5).fill("RefusedError"), "taken"]);
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
