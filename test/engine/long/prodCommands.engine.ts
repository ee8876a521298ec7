/** `npm run up`, `npm run preview:live` and `npm run destroy` on all of prod, on the real engine. */
import { expect } from "chai";
import { typeOf } from "../../../tools/preview/urn";
import { discrepancies, madeTwice, refusals } from "../../support/engine/accounts";
import { CommandRuns, printed } from "../../support/engine/commandRuns";
import { IN_USE, UNIQUE, usersOf } from "../../support/engine/refusals";
import { type State } from "../../support/engine/workspace";
import { EU, US } from "../../tools/deploy/deployments";

const PROD = ["prod-us", "prod-eu", "prod-global"];

describe("the commands on the real engine", () => {
    let runs: CommandRuns;

    describe("on all of prod", function () {
        // Where other things run beside it, too.
        this.timeout(1_800_000);

        const states: State[] = [];

        before(async () => {
            runs = await CommandRuns.open({ writer: EU, members: [US, EU], exists: true, snapshots: [] });
        });
        after(() => runs.close());

        it("make it, each resource once", async () => {
            await runs.well("up", "--init", "--yes");
            expect(refusals(runs.workspace.world)).to.deep.equal([]);
            expect(madeTwice(runs.workspace.world)).to.deep.equal([]);
        });

        it("give the writing to the other region, with nothing replaced and nothing deleted", async () => {
            const refused = await runs.copy.run("destroy", "--yes");
            expect(refused.status).to.equal(1);
            for (const stack of PROD) {
                const off = printed(
                    refused.stderr,
                    "pulumi config set deletionProtection false",
                    `--stack ${stack}`,
                );
                expect((await runs.copy.shell(off)).status).to.equal(0);
                const swap = await runs.copy.pulumi("config", "set", "primaryRegion", "eu", "--stack", stack);
                expect(swap.status, swap.stderr).to.equal(0);
            }
            const unapplied = await runs.copy.run("destroy", "--yes");
            expect(unapplied.stderr).to.contain("it is not applied yet in prod-eu (");
            const begun = runs.workspace.world.deeds().length;
            await runs.well("up", "--yes");
            const deeds = runs.workspace.world.deeds().slice(begun);
            expect(deeds).to.not.deep.equal([]);
            expect(deeds.filter(({ deed }) => deed !== "update")).to.deep.equal([]);
        });

        it("leave the account as the states say, with nothing to do", async () => {
            for (const stack of PROD) {
                states.push(await runs.copy.state(stack));
            }
            expect(discrepancies(runs.workspace.world, states)).to.deep.equal([]);
            // It reads the other two, of which stacks.engine.ts shows the same.
            const preview = await runs.well("preview:live", "global");
            expect(preview.stdout).to.match(/ {2}prod-global +done in [^:]+: \d+ unchanged\n/);
        });

        it("have what each line of the tables of AWS's refusals speaks of", () => {
            expectTablesToFit();
        });

        it("take it away again, in an order that AWS accepts", async () => {
            const gone = await runs.well("destroy", "--yes");
            expect(gone.stdout).to.contain("writer-home");
            expect(runs.rds.state.writer).to.equal(US);
            runs.expectGone(states);
        });
    });

    /** Each line of the tables of what AWS refuses speaks of something that the stacks have. */
    function expectTablesToFit(): void {
        const existing = runs.workspace.world.existing();
        const idle = IN_USE.filter(
            (rule) =>
                !existing.some(
                    (thing) =>
                        typeOf(thing.urn) === rule.type &&
                        usersOf(runs.workspace.world, thing, rule).length > 0,
                ),
        );
        expect(idle.map(({ error, type }) => `${type}: ${error}`)).to.deep.equal([]);
        const nameless = Object.entries(UNIQUE).filter(
            ([type, { name }]) =>
                !existing.some(
                    (thing) => typeOf(thing.urn) === type && typeof thing.outputs[name] === "string",
                ),
        );
        expect(nameless.map(([type]) => type)).to.deep.equal([]);
    }
});
