/** `npm run up` and `npm run destroy` as a user calls them, through kills and interrupts, on the real engine. */
import { expect } from "chai";
import { nameOf, typeOf } from "../../tools/preview/urn";
import { discrepancies, madeTwice } from "../support/engine/accounts";
import { CommandRuns, printed } from "../support/engine/commandRuns";
import { faultsHad, type Operation, writeFaults } from "../support/engine/faults";

const CLUSTER = "aws:rds/cluster:Cluster";
const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

describe("the commands on the real engine", () => {
    let runs: CommandRuns;

    describe("on dev", function () {
        this.timeout(1_800_000);

        before(async () => {
            runs = await CommandRuns.open({ writer: "", members: [], exists: false, snapshots: [] });
        });
        after(() => runs.close());

        it("go on after interrupts and kills, with nothing made twice and nothing left", async () => {
            const dev = ["--environment", "dev", "--yes"];
            writeFaults(runs.workspace.world, [{ operation: "create", type: CLUSTER, kind: "killEngine" }]);
            const killed = await runs.copy.run("up", "--init", ...dev);
            expect(killed.status).to.equal(1);
            expect(killed.stdout).to.contain("dev-us       FAILED");
            // The cluster is there, and nobody has its id.
            expect(runs.workspace.world.existing(CLUSTER)).to.have.length(1);

            const refused = await runs.copy.run("up", ...dev);
            expect(refused.status).to.equal(1);
            // Though Pulumi has written into the stack's file meanwhile.
            expect(refused.stdout).to.contain("Goes on with the run of ");
            const { pending } = await runs.copy.state("dev-us");
            expect([...pending.values()]).to.include("creating");
            const lines = [printed(refused.stderr, "pulumi cancel")];
            for (const { id, urn } of runs.workspace.world.existing()) {
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
                const { status, stderr, stdout } = await runs.copy.shell(line);
                expect(status, `${line}: ${stdout}${stderr}`).to.equal(0);
            }

            await expectToGoOnAfter("SIGINT", "create", INSTANCE, dev);
            const image = "ghcr.io/stefanprodan/podinfo:6.9.1";
            const set = await runs.copy.pulumi("config", "set", "webImage", image, "--stack", "dev-us");
            expect(set.status, set.stderr).to.equal(0);
            await expectToGoOnAfter("SIGTERM", "update", LAUNCH_TEMPLATE, dev);
            const made = await runs.copy.state("dev-us");
            expect(madeTwice(runs.workspace.world)).to.deep.equal([]);
            expect(discrepancies(runs.workspace.world, [made])).to.deep.equal([]);
            expect([...made.pending]).to.deep.equal([]);

            writeFaults(runs.workspace.world, [{ operation: "delete", type: INSTANCE, kind: "killEngine" }]);
            expect((await runs.copy.run("destroy", ...dev)).status).to.equal(1);
            const locked = await runs.copy.run("destroy", ...dev);
            expect(locked.status).to.equal(1);
            expect(locked.stdout).to.contain("was interrupted, and is begun again");
            const freed = await runs.copy.shell(
                /pulumi cancel --yes --stack dev-us/.exec(locked.stdout)?.[0] ?? "exit 1",
            );
            expect(freed.status, locked.stdout).to.equal(0);
            writeFaults(runs.workspace.world, [
                { operation: "delete", type: CLUSTER, kind: "interruptEngine" },
            ]);
            expect((await runs.copy.run("destroy", ...dev)).status).to.equal(1);
            const destroyed = await runs.well("destroy", ...dev);
            expect(destroyed.stdout).to.contain("Left behind:");
            runs.expectGone([made]);
            expect((await runs.copy.state("dev-us")).resources).to.deep.equal([]);
        });
    });

    /** Stops `npm run up` in the midst of something, and has it go on. */
    async function expectToGoOnAfter(
        signal: "SIGINT" | "SIGTERM",
        operation: Operation,
        type: string,
        args: readonly string[],
    ): Promise<void> {
        const { world } = runs.workspace;
        writeFaults(world, [{ operation, type, kind: "slow" }]);
        const begun = world.deeds().length;
        const stopped = await runs.copy.runUntil(() => faultsHad(world) > 0, signal, "up", ...args);
        expect(stopped.stdout, stopped.stderr)
            .to.contain(`${signal}: dev-us is still running; waiting for Pulumi to end.`)
            .and.to.contain("dev-us       FAILED");
        // Pulumi brought to its end what it was in the midst of.
        const done = world.deeds().slice(begun);
        expect(done.filter(({ deed, urn }) => deed === operation && typeOf(urn) === type)).to.have.length(1);
        expect([...(await runs.copy.state("dev-us")).pending]).to.deep.equal([]);
        const { stdout } = await runs.well("up", ...args);
        expect(stdout).to.contain("Goes on with the run of ");
    }
});
