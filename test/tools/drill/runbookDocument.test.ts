import { readFileSync } from "node:fs";
import { expect } from "chai";
import { RUNBOOK_FILE, runbookDocument } from "../../../tools/docs/runbook";
import { type Step } from "../../../tools/drill/engine/step";
import { RUNBOOKS } from "../../../tools/drill/runbooks";
import { topology } from "../../support/drill/topologies";

const all = (): [string, Step][] =>
    RUNBOOKS.flatMap((runbook) =>
        runbook.examples.flatMap(({ params, title }) =>
            runbook
                .steps(params, topology())
                .map((step): [string, Step] => [`${runbook.verb}, ${title}, ${step.id}`, step]),
        ),
    );

describe("docs/runbook.md", () => {
    it("is what the drill's steps say now", async () => {
        expect(readFileSync(RUNBOOK_FILE, "utf8")).to.equal(await runbookDocument());
    });

    it("names every step of every verb", async () => {
        const text = (await runbookDocument()).replaceAll(/\s+/g, " ");
        for (const runbook of RUNBOOKS) {
            expect(text).to.contain(`## ${runbook.verb} `);
        }
        for (const [where, step] of all()) {
            expect(text, where).to.contain(`(\`${step.id}\`)`);
        }
    });
});

describe("the steps of the drill", () => {
    it("have ids of their own within a runbook, a reason and a time limit", () => {
        for (const runbook of RUNBOOKS) {
            for (const { params, title } of runbook.examples) {
                const ids = runbook.steps(params, topology()).map(({ id }) => id);
                expect(new Set(ids).size, `${runbook.verb}, ${title}`).to.equal(ids.length);
            }
        }
        for (const [where, { id, timeoutSeconds, title, why }] of all()) {
            expect(id, where).to.match(/^[a-z]+(?:[-/][a-z]+)*$/);
            expect([title.length > 3, why.length > 20], where).to.deep.equal([true, true]);
            expect(timeoutSeconds, where).to.be.within(30, 14_400);
        }
    });

    it("that make something name the step that takes it away, and that step is there", () => {
        for (const runbook of RUNBOOKS) {
            for (const { params } of runbook.examples) {
                const steps = runbook.steps(params, topology());
                for (const { cleanedBy, id } of steps) {
                    const cleanup = steps.find((step) => step.id === cleanedBy);
                    expect(cleanedBy === undefined || cleanup?.kind === "cleanup", id).to.equal(true);
                }
            }
        }
    });

    it("that change something can be undone, are cleaned up, or are marked as the point of no return", () => {
        // After the switch the way is forward: what follows it is only ever finished.
        const after = ["scale-other-down"];
        for (const [where, { cleanedBy, id, kind, pointOfNoReturn, undo }] of all()) {
            const isSafe =
                undo !== undefined ||
                cleanedBy !== undefined ||
                pointOfNoReturn === true ||
                after.includes(id.split("/").at(-1)!);
            expect(kind !== "change" || isSafe, where).to.equal(true);
        }
    });
});
