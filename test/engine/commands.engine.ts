/** `npm run up`, `npm run preview:live` and `npm run destroy` as a user calls them, on the real engine. */
import { expect } from "chai";
import { EU, US } from "../tools/deploy/deployments";
import { type RdsStandIn, rdsStandIn, type RdsStandInState } from "../tools/deploy/rdsStandIn";
import { deletedTooEarly, discrepancies, madeTwice, refusals } from "../support/engine/accounts";
import { type Ended, ProjectCopy } from "../support/engine/commands";
import { writeFaults } from "../support/engine/faults";
import { IN_USE, UNIQUE, usersOf } from "../support/engine/refusals";
import { EngineWorkspace, type State } from "../support/engine/workspace";
import { nameOf, typeOf } from "../../tools/preview/urn";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const PROD = ["prod-us", "prod-eu", "prod-global"];

describe("the commands on the real engine", () => {
    let workspace: EngineWorkspace;
    let rds: RdsStandIn;
    let copy: ProjectCopy;

    async function open(database: RdsStandInState): Promise<void> {
        workspace = await EngineWorkspace.open();
        rds = await rdsStandIn(database);
        copy = new ProjectCopy(workspace, {
            AWS_ENDPOINT_URL: rds.url,
            AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
            AWS_SECRET_ACCESS_KEY: "example",
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        });
    }

    async function close(): Promise<void> {
        await rds.close();
        workspace.close();
    }

    /** A command that is to go well. */
    async function well(script: string, ...args: readonly string[]): Promise<Ended> {
        const started = performance.now();
        const ended = await copy.run(script, ...args);
        expect(ended.stderr, ended.stdout).to.equal("");
        expect(ended.status, ended.stdout).to.equal(0);
        const seconds = (performance.now() - started) / 1000;
        process.stdout.write(`      npm run ${[script, ...args].join(" ")}: ${seconds.toFixed(1)} s\n`);
        return ended;
    }

    /** A line that a command printed. */
    function printed(text: string, beginning: string, ending = ""): string {
        const lines = text.split("\n").map((line) => line.trim());
        const found = lines.filter((line) => line.startsWith(beginning) && line.endsWith(ending));
        expect(found, text).to.have.length(1);
        return found[0] ?? "";
    }

    /** What a stack's state says is kept when the stack goes. */
    function kept({ resources }: State): readonly string[] {
        return resources.flatMap(({ retainOnDelete, urn }) => (retainOnDelete === true ? [urn] : []));
    }

    function expectGone(before: readonly State[]): void {
        const left = workspace.world.existing().map(({ urn }) => urn);
        expect(left).to.have.members(before.flatMap(kept));
        expect(before.flatMap((state) => deletedTooEarly(workspace.world, state))).to.deep.equal([]);
        expect(refusals(workspace.world)).to.deep.equal([]);
    }

    describe("on dev", function () {
        this.timeout(1_800_000);

        before(() => open({ writer: "", members: [], exists: false, snapshots: [] }));
        after(close);

        it("go on after interrupts and kills, with nothing made twice and nothing left", async () => {
            const dev = ["--environment", "dev", "--yes"];
            writeFaults(workspace.world, [{ operation: "create", type: CLUSTER, kind: "killEngine" }]);
            const killed = await copy.run("up", "--init", ...dev);
            expect(killed.status).to.equal(1);
            expect(killed.stdout).to.contain("dev-us       FAILED");
            // The cluster is there, and nobody has its id.
            expect(workspace.world.existing(CLUSTER)).to.have.length(1);

            const refused = await copy.run("up", ...dev);
            expect(refused.status).to.equal(1);
            const { pending } = await copy.state("dev-us");
            expect([...pending.values()]).to.include("creating");
            const lines = [printed(refused.stderr, "pulumi cancel")];
            for (const { id, urn } of workspace.world.existing()) {
                if (pending.has(urn)) {
                    lines.push(
                        printed(refused.stderr, "pulumi import", ` '${nameOf(urn)}' <id>`).replace(
                            "<id>",
                            `'${id}'`,
                        ),
                    );
                }
            }
            expect(lines).to.have.length.greaterThan(1);
            lines.push(printed(refused.stderr, "pulumi refresh"));
            for (const line of lines) {
                const { status, stderr, stdout } = await copy.shell(line);
                expect(status, `${line}: ${stdout}${stderr}`).to.equal(0);
            }

            writeFaults(workspace.world, [{ operation: "create", type: INSTANCE, kind: "interruptEngine" }]);
            const interrupted = await copy.run("up", ...dev);
            expect(interrupted.status, interrupted.stdout).to.equal(1);
            await well("up", ...dev);
            const made = await copy.state("dev-us");
            expect(madeTwice(workspace.world)).to.deep.equal([]);
            expect(discrepancies(workspace.world, [made])).to.deep.equal([]);
            expect([...made.pending]).to.deep.equal([]);

            writeFaults(workspace.world, [{ operation: "delete", type: INSTANCE, kind: "killEngine" }]);
            expect((await copy.run("destroy", ...dev)).status).to.equal(1);
            const locked = await copy.run("destroy", ...dev);
            expect(locked.status).to.equal(1);
            expect(locked.stdout).to.contain("was interrupted, and is begun again");
            const freed = await copy.shell(
                /pulumi cancel --yes --stack dev-us/.exec(locked.stdout)?.[0] ?? "exit 1",
            );
            expect(freed.status, locked.stdout).to.equal(0);
            writeFaults(workspace.world, [{ operation: "delete", type: CLUSTER, kind: "interruptEngine" }]);
            expect((await copy.run("destroy", ...dev)).status).to.equal(1);
            const last = await well("destroy", ...dev);
            expect(last.stdout).to.contain("Left behind:");
            expectGone([made]);
            expect((await copy.state("dev-us")).resources).to.deep.equal([]);
        });
    });

    describe("on all of prod", function () {
        // Where other things run beside it, too.
        this.timeout(1_800_000);

        const states: State[] = [];

        before(() => open({ writer: EU, members: [US, EU], exists: true, snapshots: [] }));
        after(close);

        it("make it, each resource once", async () => {
            await well("up", "--init", "--yes");
            expect(refusals(workspace.world)).to.deep.equal([]);
            expect(madeTwice(workspace.world)).to.deep.equal([]);
        });

        it("give the writing to the other region, with nothing replaced and nothing deleted", async () => {
            const refused = await copy.run("destroy", "--yes");
            expect(refused.status).to.equal(1);
            for (const stack of PROD) {
                const off = printed(
                    refused.stderr,
                    "pulumi config set deletionProtection false",
                    `--stack ${stack}`,
                );
                expect((await copy.shell(off)).status).to.equal(0);
                const swap = await copy.pulumi("config", "set", "primaryRegion", "eu", "--stack", stack);
                expect(swap.status, swap.stderr).to.equal(0);
            }
            const unapplied = await copy.run("destroy", "--yes");
            expect(unapplied.stderr).to.contain("it is not applied yet in prod-eu (");
            const begun = workspace.world.deeds().length;
            await well("up", "--yes");
            const deeds = workspace.world.deeds().slice(begun);
            expect(deeds).to.not.deep.equal([]);
            expect(deeds.filter(({ deed }) => deed !== "update")).to.deep.equal([]);
        });

        it("leave the account as the states say, with nothing to do", async () => {
            for (const stack of PROD) {
                states.push(await copy.state(stack));
            }
            expect(discrepancies(workspace.world, states)).to.deep.equal([]);
            // It reads the other two, of which stacks.engine.ts shows the same.
            const preview = await well("preview:live", "global");
            expect(preview.stdout).to.match(/ {2}prod-global +done in [^:]+: \d+ unchanged\n/);
        });

        it("have what each line of the tables of AWS's refusals speaks of", () => {
            expectTablesToFit();
        });

        it("take it away again, in an order that AWS accepts", async () => {
            const gone = await well("destroy", "--yes");
            expect(gone.stdout).to.contain("writer-home");
            expect(rds.state.writer).to.equal(US);
            expectGone(states);
        });
    });

    /** Each line of the tables of what AWS refuses speaks of something that the stacks have. */
    function expectTablesToFit(): void {
        const existing = workspace.world.existing();
        const idle = IN_USE.filter(
            (rule) =>
                !existing.some(
                    (thing) =>
                        typeOf(thing.urn) === rule.type && usersOf(workspace.world, thing, rule).length > 0,
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
