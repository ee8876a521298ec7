import { expect } from "chai";
import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DrillError } from "../../../tools/drill/errors";
import { Journal, unfinishedJournals } from "../../../tools/drill/engine/journal";
import { fileJournalStore } from "../../../tools/drill/engine/journalStore";
import { FakeClock } from "../../support/drill/fakeClock";

const operator = { name: "kim", host: "laptop", pid: 42 };

describe("the journal", () => {
    let directory: string;
    const clock = new FakeClock();
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "meridian-journal-"));
    });
    afterEach(() => {
        rmSync(directory, { recursive: true });
    });

    const store = (): ReturnType<typeof fileJournalStore> => fileJournalStore(join(directory, "journal"));
    const begin = (): Journal =>
        Journal.begin(store(), clock, {
            verb: "switchover",
            environment: "prod",
            params: { to: "eu" },
            operator,
        });
    const file = (journal: Journal): string => join(directory, "journal", `${journal.id}.jsonl`);

    it("keeps what was done, a line each, for the next process", () => {
        const journal = begin();
        journal.step("a", "started");
        journal.step("a", "done", "it went well");
        journal.set("capacity", { min: 4 });
        journal.step("b", "started");
        const lines = readFileSync(file(journal), "utf8").trim().split("\n");
        expect(lines).to.have.length(5);
        const again = Journal.resume(store(), clock, journal.id, operator);
        expect(again.stateOf("a")).to.equal("done");
        expect(again.stateOf("b")).to.equal("started");
        expect(again.stateOf("c")).to.equal(undefined);
        expect(again.get("capacity")).to.deep.equal({ min: 4 });
        expect(again.opened.params).to.deep.equal({ to: "eu" });
        expect(again.timesOf("a")).to.include({ detail: "it went well" });
        expect([again.wasBegun("a"), again.wasBegun("b"), again.wasBegun("c")]).to.deep.equal([
            true,
            true,
            false,
        ]);
    });

    it("is on the disk, line and name, before the run goes on", () => {
        const written = fs.fsyncSync;
        const synced: string[] = [];
        fs.fsyncSync = (descriptor) => {
            synced.push(fs.fstatSync(descriptor).isDirectory() ? "directory" : "file");
            written(descriptor);
        };
        try {
            const journal = begin();
            expect(synced).to.deep.equal(["file", "directory"]);
            journal.step("a", "started");
            expect(synced).to.deep.equal(["file", "directory", "file"]);
        } finally {
            fs.fsyncSync = written;
        }
    });

    it("is named after the verb and the time, and never takes another one's name", () => {
        expect(begin().id).to.equal("switchover-20260301t120000000z");
        expect(begin().id).to.equal("switchover-20260301t120000000z-2");
    });

    it("asks for a fact once, whoever asks", async () => {
        const journal = begin();
        let asked = 0;
        const learn = (): Promise<number> => Promise.resolve((asked += 1));
        expect(await journal.remember("n", learn)).to.equal(1);
        expect(await Journal.load(store(), clock, journal.id).remember("n", learn)).to.equal(1);
        expect(asked).to.equal(1);
    });

    it("loses no more than the line that a dying process tore", () => {
        const journal = begin();
        journal.step("a", "started");
        journal.step("a", "done");
        truncateSync(file(journal), statSync(file(journal)).size - 10);
        const again = Journal.resume(store(), clock, journal.id, operator);
        expect(again.stateOf("a")).to.equal("started");
        again.step("a", "done");
        expect(Journal.load(store(), clock, journal.id).stateOf("a")).to.equal("done");
    });

    it("refuses a journal that something else wrote into", () => {
        const journal = begin();
        appendFileSync(file(journal), "oops\n");
        journal.step("a", "started");
        expect(() => Journal.load(store(), clock, journal.id)).to.throw(
            DrillError,
            "journal switchover-20260301t120000000z cannot be used: its line 2 cannot be read",
        );
    });

    it("finds the runs that did not end", () => {
        const [first, second] = [begin(), begin()];
        first.close("done");
        expect(unfinishedJournals(store(), clock).map(({ id }) => id)).to.deep.equal([second.id]);
        second.close("given-up");
        expect(unfinishedJournals(store(), clock)).to.deep.equal([]);
        expect(Journal.load(store(), clock, second.id).outcome).to.equal("given-up");
    });

    it("takes a file in which nothing was written yet for no run", () => {
        begin();
        appendFileSync(join(directory, "journal", "failover-1.jsonl"), '{"kind":"ope');
        expect(unfinishedJournals(store(), clock).map(({ opened }) => opened.verb)).to.deep.equal([
            "switchover",
        ]);
    });

    it("has no journals where there is no directory", () => {
        expect(unfinishedJournals(fileJournalStore(join(directory, "nowhere")), clock)).to.deep.equal([]);
    });
});
