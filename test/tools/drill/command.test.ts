import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../../tools/drill/command";
import { messageOf } from "../../../tools/drill/errors";
import { systemClock } from "../../../tools/shared/clock";

describe("a command of the operator's own", () => {
    let directory: string;
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "meridian-command-"));
    });
    afterEach(() => {
        rmSync(directory, { recursive: true });
    });

    const failure = (words: readonly string[], signal?: AbortSignal, patience?: number): Promise<string> =>
        runCommand(words, signal, patience).then(() => "none", messageOf);

    /** Waits until a process has said that it is there. */
    async function pidIn(file: string): Promise<number> {
        const path = join(directory, file);
        while (!existsSync(path) || readFileSync(path, "utf8").trim() === "") {
            await systemClock.sleep(10);
        }
        return Number(readFileSync(path, "utf8"));
    }

    function isAlive(pid: number): boolean {
        try {
            // One that is dead and not yet buried is no more alive than one that is not there, for which ps fails.
            return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith(
                "Z",
            );
        } catch {
            return false;
        }
    }

    it("says what it came to", async () => {
        expect(await failure(["true"])).to.equal("none");
        expect(await failure(["sh", "-c", "exit 3"])).to.equal("sh failed (status 3)");
        expect(await failure(["sh", "-c", "kill -9 $$"])).to.equal("sh failed (SIGKILL)");
        expect(await failure(["/no/such/program"])).to.contain("/no/such/program cannot be run");
    });

    it("is ended with all that it has started, and has ended when that is said", async () => {
        const stop = new AbortController();
        const script = `sleep 300 & echo $! > ${directory}/child; echo $$ > ${directory}/leader; wait`;
        const ended = failure(["sh", "-c", script], stop.signal);
        const pids = [await pidIn("child"), await pidIn("leader")];
        expect(pids.map(isAlive)).to.deep.equal([true, true]);
        stop.abort();
        expect(await ended).to.equal("sh was ended");
        expect(pids.map(isAlive)).to.deep.equal([false, false]);
    });

    it("is made to end when it does not want to", async () => {
        const stop = new AbortController();
        const script = `trap '' TERM; echo $$ > ${directory}/leader; while :; do sleep 1; done`;
        const ended = failure(["sh", "-c", script], stop.signal, 50);
        const pid = await pidIn("leader");
        stop.abort();
        expect(await ended).to.equal("sh was ended");
        expect(isAlive(pid)).to.equal(false);
    });

    it("does not begin to work when it is to end already", async () => {
        expect(await failure(["sleep", "300"], AbortSignal.abort())).to.equal("sleep was ended");
    });
});
