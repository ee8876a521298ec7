/** A database outage in the home region is a reason to fail over, by RDS's word or the operator's. */
import { expect } from "chai";
import {
    CLUSTER_STATES,
    INSTANCE_STATES,
    judgeDatabase,
    type Service,
} from "../../../tools/drill/steps/databaseStates";
import { Bench } from "../../support/drill/commands";
import { topology, topologyJson } from "../../support/drill/topologies";

const FAILOVER = ["failover", "--to", "eu", "--accept-data-loss", "--yes"];
const SAID = ["--primary-is-lost", "AWS's health page says so"];

describe("what RDS says of a database", () => {
    const instances = (...states: string[]): { identifier: string; status: string }[] =>
        states.map((status, index) => ({ identifier: `db-${index + 1}`, status }));
    const judged = (cluster: string, ...states: string[]): Service =>
        judgeDatabase("db", { status: cluster }, instances(...states)).service;

    it("is down when its cluster is, whatever its instances say", () => {
        for (const [state, service] of Object.entries(CLUSTER_STATES)) {
            expect(judged(state, "available"), state).to.equal(service);
        }
        expect(judged("inaccessible-encryption-credentials", "available")).to.equal("down");
        expect(judged("a word that AWS has not said yet", "available")).to.equal("passes");
    });

    it("is down when none of its instances can be used, and there when one is", () => {
        for (const [state, service] of Object.entries(INSTANCE_STATES)) {
            expect(judged("available", state, state), state).to.equal(service);
            expect(judged("available", state, "available"), state).to.equal("serves");
        }
        expect(judged("available")).to.equal("down");
        expect(judged("available", "failed", "rebooting")).to.equal("passes");
        expect(judgeDatabase("db", undefined, []).service).to.equal("down");
    });

    it("is told with the instances that do not serve", () => {
        expect(judgeDatabase("db", { status: "available" }, instances("failed", "available")).text).to.equal(
            "cluster available, 1 of 2 instances serve (db-1 failed, db-2 available)",
        );
        expect(judgeDatabase("db", { status: "available" }, instances("available")).text).to.equal(
            "cluster available, 1 of 1 instances serve",
        );
        expect(judgeDatabase("db", undefined, []).text).to.equal("there is no cluster db");
    });
});

describe("with the home region's health path green", () => {
    let bench: Bench;
    beforeEach(() => {
        const { probe: _probe, ...rest } = topologyJson();
        bench = new Bench(topology({ ...rest, probe: undefined }));
    });
    afterEach(() => {
        bench.dispose();
    });

    const outages: readonly (readonly [string, string, (own: Bench) => void])[] = [
        [
            "every instance has failed",
            "cluster available, 0 of 2 instances serve (meridian-prod-us-1 failed, meridian-prod-us-2 failed)",
            ({ world }) => {
                world.cluster("us").instances.forEach((instance) => (instance.status = "failed"));
            },
        ],
        [
            "the key is not accessible",
            "cluster inaccessible-encryption-credentials, 2 of 2 instances serve",
            ({ world }) => (world.cluster("us").status = "inaccessible-encryption-credentials"),
        ],
        [
            "there is no instance",
            "cluster available, 0 of 0 instances serve",
            ({ world }) => (world.cluster("us").instances = []),
        ],
        [
            "the cluster is gone",
            "there is no cluster meridian-prod-us",
            ({ world }) => world.at("us").clusters.delete("meridian-prod-us"),
        ],
    ];
    for (const [what, word, given] of outages) {
        it(`fails over when ${what}, and no probe is configured`, async () => {
            given(bench);
            const { status, stdout } = await bench.call(FAILOVER);
            expect(status, stdout).to.equal(0);
            expect(stdout).to.contain(`RDS says: ${word}`);
            expect(bench.world.writer).to.equal("eu");
        });

        it(`refuses to switch over when ${what}, and says what to do instead`, async () => {
            given(bench);
            expect((await bench.call(["switchover", "--to", "eu", "--yes"])).status).to.equal(1);
            expect(bench.report().error).to.deep.equal({
                message: `the database in us is down: ${word}`,
                hint:
                    "A switchover needs both databases. When this one is lost, `npm run drill -- failover --to eu " +
                    "--accept-data-loss` promotes eu.",
            });
            expect(bench.world.writer).to.equal("us");
        });

        it(`says in the status what to do when ${what}`, async () => {
            given(bench);
            const { stdout } = await bench.call(["status"]);
            expect(stdout).to.contain(
                `us writes, and its database is down (${word}): \`npm run drill -- failover --to eu --accept-data-loss\` promotes eu.`,
            );
        });
    }

    it("does not fail over for what passes by itself", async () => {
        bench.world.cluster("us").instances.forEach((instance) => (instance.status = "rebooting"));
        expect((await bench.call(FAILOVER)).status).to.equal(1);
        expect(bench.report().error?.message).to.match(
            /^us is green as seen from outside, and not red.*rebooting/,
        );
    });

    it("says that no probe is configured, in the status", async () => {
        const { status, stdout } = await bench.call(["status"]);
        expect(status).to.equal(0);
        expect(stdout).to.match(/^look +all +Probe +none is configured/m);
        expect(stdout).to.contain("What would slow a failover to eu, or leave it weak:\n  - Probe: none is");
    });

    it("advises to fail over too when the switchover cannot ask the home database", async () => {
        bench.world.faults.unreachable.add("us-east-1");
        expect((await bench.call(["switchover", "--to", "eu", "--yes"])).status).to.equal(1);
        expect(bench.report().error?.message).to.match(
            /^us's database could not be looked at: .*not answered/,
        );
        expect(bench.report().error?.hint).to.contain("npm run drill -- failover --to eu --accept-data-loss");
    });

    it("does not take RDS's word against a write that has just gone through", async () => {
        const own = new Bench();
        try {
            own.world.cluster("us").status = "inaccessible-encryption-credentials";
            expect((await own.call(FAILOVER)).status).to.equal(1);
            expect(own.report().error?.message).to.match(
                /1 of 1 writes succeed; RDS says: cluster inaccessible/,
            );
            expect((await own.call([...FAILOVER, ...SAID])).status).to.equal(0);
        } finally {
            own.dispose();
        }
    });

    describe("the operator's word", () => {
        it("is enough, and stands in the journal and in the report", async () => {
            const { status, stdout } = await bench.call([...FAILOVER, ...SAID]);
            expect(status, stdout).to.equal(0);
            expect(bench.world.writer).to.equal("eu");
            expect(bench.journals()).to.deep.include({
                kind: "fact",
                at: "2026-03-01T12:00:00.000Z",
                key: "primary-is-lost",
                value: "AWS's health page says so",
            });
            expect(bench.report().warnings.join("\n")).to.match(
                /^us looks green \(.*\), and is lost by the operator's word: AWS's health page says so$/m,
            );
        });

        it("does not make up for a target that cannot be promoted", async () => {
            bench.world.cluster("eu").instances = [];
            expect((await bench.call([...FAILOVER, ...SAID])).status).to.equal(1);
            expect(bench.report().error?.message).to.contain("the database in eu is down");
        });

        it("does not make up for --accept-data-loss", async () => {
            const { status, stderr } = await bench.call(["failover", "--to", "eu", "--yes", ...SAID]);
            expect(status).to.equal(2);
            expect(stderr).to.contain("say --accept-data-loss");
        });

        it("must be a reason", async () => {
            const { status, stderr } = await bench.call([...FAILOVER, "--primary-is-lost", " "]);
            expect(status).to.equal(2);
            expect(stderr).to.contain("--primary-is-lost is empty; say why");
            expect((await bench.call(["switchover", "--to", "eu", ...SAID])).stderr).to.contain(
                "--primary-is-lost is no option of switchover",
            );
        });

        it("is to be said again by whoever goes on with an interrupted run", async () => {
            await bench.dieAt([...FAILOVER, ...SAID], "confirm");
            expect((await bench.call(FAILOVER)).status).to.equal(1);
            expect(bench.report().error?.message).to.match(/^us is green as seen from outside/);
            expect((await bench.call([...FAILOVER, ...SAID])).status).to.equal(0);
        });
    });
});
