import fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { Journal } from "../../../tools/deploy/journal";

describe("the deployment journal", () => {
    let directory: string;
    let journal: Journal;

    beforeEach(() => {
        directory = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-journal-"));
        journal = Journal.of(path.join(directory, ".meridian"), "up", "prod", () => Date.UTC(2026, 0, 5));
    });

    afterEach(() => {
        fs.rmSync(directory, { recursive: true });
    });

    function begin(): void {
        journal.append({
            event: "run",
            verb: "up",
            environment: "prod",
            steps: ["prod-us", "prod-eu", "prod-global"],
            fingerprint: "f",
        });
    }

    it("has no unfinished run at first", () => {
        expect(journal.unfinished()).to.equal(undefined);
        expect(journal.entries()).to.deep.equal([]);
    });

    it("has every line on the disk before the run goes on", () => {
        const written = fs.fsyncSync;
        let synced = 0;
        fs.fsyncSync = (descriptor) => {
            synced += 1;
            written(descriptor);
        };
        try {
            begin();
            journal.append({ event: "started", step: "prod-us" });
            expect(synced).to.equal(2);
        } finally {
            fs.fsyncSync = written;
        }
    });

    it("remembers what was done, what was interrupted and what failed", () => {
        begin();
        journal.append({ event: "started", step: "prod-us" });
        journal.append({ event: "started", step: "prod-eu" });
        journal.append({ event: "done", step: "prod-us" });
        journal.append({ event: "started", step: "prod-global" });
        journal.append({ event: "failed", step: "prod-global", error: "no quota" });
        expect(journal.unfinished()).to.deep.equal({
            begunAt: "2026-01-05T00:00:00.000Z",
            fingerprint: "f",
            steps: ["prod-us", "prod-eu", "prod-global"],
            done: new Set(["prod-us"]),
            interrupted: ["prod-eu"],
            failed: new Map([["prod-global", "no quota"]]),
        });
    });

    it("forgets a failure that was made good", () => {
        begin();
        journal.append({ event: "started", step: "prod-us" });
        journal.append({ event: "failed", step: "prod-us", error: "no quota" });
        journal.append({ event: "finished", outcome: "failed" });
        journal.append({ event: "resumed", steps: ["prod-us"] });
        journal.append({ event: "started", step: "prod-us" });
        journal.append({ event: "done", step: "prod-us" });
        expect(journal.unfinished()?.failed.size).to.equal(0);
        expect(journal.unfinished()?.done).to.deep.equal(new Set(["prod-us"]));
    });

    it("is over when all is done, and stays open when something failed", () => {
        begin();
        journal.append({ event: "finished", outcome: "failed" });
        expect(journal.unfinished()).not.to.equal(undefined);
        journal.append({ event: "finished", outcome: "done" });
        expect(journal.unfinished()).to.equal(undefined);
    });

    it("leaves an unfinished run that no longer counts", () => {
        journal.void("nothing to leave");
        expect(journal.entries()).to.deep.equal([]);
        begin();
        journal.void("the stacks were destroyed");
        expect(journal.unfinished()).to.equal(undefined);
        expect(journal.entries().at(-1)).to.deep.equal({
            at: "2026-01-05T00:00:00.000Z",
            event: "void",
            because: "the stacks were destroyed",
        });
    });

    it("survives a line torn at every byte, and loses no other line to it", () => {
        begin();
        journal.append({ event: "started", step: "prod-us" });
        const whole = fs.readFileSync(journal.file);
        journal.append({ event: "done", step: "prod-us" });
        const full = fs.readFileSync(journal.file);
        for (let length = whole.length; length < full.length - 1; length += 1) {
            fs.writeFileSync(journal.file, full.subarray(0, length));
            expect(journal.unfinished()?.interrupted, `${length} bytes`).to.deep.equal(["prod-us"]);
            journal.append({ event: "done", step: "prod-us" });
            expect(journal.unfinished()?.done, `${length} bytes`).to.deep.equal(new Set(["prod-us"]));
        }
    });
});
