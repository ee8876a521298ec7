/** A rehearsal that strikes with an experiment of AWS FIS. */
import { expect } from "chai";
import { sdkAws } from "../../../tools/drill/aws/clients";
import { SimulatedDeath } from "../../../tools/drill/engine/runner";
import { type FakeExperiment } from "../../support/drill/fakeState";
import { Bench } from "../../support/drill/commands";
import { openStub } from "../../support/drill/stubServer";
import { topology, topologyJson } from "../../support/drill/topologies";

const ARGV = ["rehearse", "--yes", "--parts", "failover"];

const IDS = { crossRegion: "EXTcross", zonePower: "EXTpower" };

function withExperiment(experiment: string): Bench {
    const regions = (topologyJson()["regions"] as object[]).map((region) => ({
        ...region,
        faultExperiments: IDS,
    }));
    return new Bench(topology({ regions, fault: { experiment } }));
}

describe("a rehearsal whose fault is an experiment of AWS FIS", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = withExperiment("zonePower");
    });
    afterEach(() => {
        bench.dispose();
    });

    const experiments = (): FakeExperiment[] => [...bench.world.at("us").experiments.values()];

    it("starts it in the region that is struck, waits until it runs, and stops it to heal", async () => {
        const { status, stdout } = await bench.call(ARGV);
        expect(status, stdout).to.equal(0);
        expect(experiments()).to.have.length(1);
        expect(experiments()[0]).to.include({ templateId: "EXTpower", status: "stopped" });
        expect(bench.world.at("eu").experiments.size).to.equal(0);
        expect(bench.world.faults.lost.size).to.equal(0);
        const detail = (id: string) => bench.report().phases.find((phase) => phase.id === id)?.detail;
        expect(detail("failover/strike")).to.equal("the experiment EXP1 is running");
        expect(detail("failover/heal")).to.equal("the experiment EXP1 is stopped");
        expect(bench.report().verdict).to.equal("PASS");
    });

    for (const [status, reason] of [
        ["stopped", "Experiment halted by stop condition"],
        ["failed", "An action failed"],
    ] as const) {
        it(`is INCONCLUSIVE, and says why, when it is ${status} before it is healed`, async () => {
            bench.world.faults.endsExperiment = { after: 20_000, status, reason };
            expect((await bench.call(ARGV)).status).to.equal(3);
            const said = `before the drill stopped it, the experiment EXP1 is ${status} (${reason})`;
            expect(bench.report().verdict).to.equal("INCONCLUSIVE");
            expect(bench.report().reasons).to.include(`failover: ${said}`);
            expect(bench.report().figures).to.deep.include({
                name: "failover: verdict",
                value: "INCONCLUSIVE",
                data: bench.report().figures.find(({ name }) => name === "failover: verdict")?.data,
            });
        });
    }

    it("does not fail over when it fails before it runs", async () => {
        bench.world.faults.endsExperiment = { after: -5000, status: "failed", reason: "No targets" };
        expect((await bench.call(ARGV)).status).to.equal(3);
        expect(bench.report().error?.message).to.equal(
            "the fault never took effect: the experiment EXP1 is failed (No targets)",
        );
        expect(bench.world.writer).to.equal("us");
    });

    it("stops it before it heals when it does not run within the limit", async () => {
        const own = new Bench(topology({ fault: { experiment: "EXTown" }, timeouts: { strike: 5 } }));
        try {
            expect((await own.call(ARGV)).status).to.equal(3);
            expect(own.report().error?.message).to.equal(
                "waited 5 s for the experiment EXP1 of EXTown to run; last seen: the experiment EXP1 is initiating",
            );
            expect([...own.world.at("us").experiments.values()][0]).to.include({ status: "stopped" });
            expect(own.report().afterwards.join()).not.to.contain("may still come");
        } finally {
            own.dispose();
        }
    });

    it("asks again when nobody answers, for a start, a look and a stop", async () => {
        for (const operation of ["StartExperiment", "GetExperiment", "StopExperiment"]) {
            bench.world.faults.failing.set(operation, { code: "ETIMEDOUT", unreachable: true, times: 2 });
        }
        const { status, stdout } = await bench.call(ARGV);
        expect(status, stdout).to.equal(0);
        expect(experiments().map((each) => each.status)).to.deep.equal(["stopped"]);
    });

    it("stops what was started by a call whose answer nobody heard", async () => {
        const regional = bench.world.aws.in.bind(bench.world.aws);
        bench.world.aws.in = (region) => {
            const aws = regional(region);
            const start = async (...request: [string, string]) => {
                await aws.experiments.start(...request);
                throw new SimulatedDeath();
            };
            return { ...aws, experiments: { ...aws.experiments, start } };
        };
        expect(await bench.call(ARGV).catch((error: unknown) => error)).to.be.instanceOf(SimulatedDeath);
        bench.world.aws.in = regional;
        expect((await bench.call(["rehearse", "--yes", "--rollback"])).status).to.equal(0);
        expect(experiments().map((each) => each.status)).to.deep.equal(["stopped"]);
    });

    it("says that it may still come when neither its start nor a list was answered", async () => {
        const own = new Bench(topology({ fault: { experiment: "EXTown" }, timeouts: { strike: 5 } }));
        try {
            own.world.faults.failing.set("StartExperiment", { code: "ETIMEDOUT", unreachable: true });
            expect((await own.call(ARGV)).status).to.equal(3);
            expect(own.report().afterwards[0]).to.contain(
                "The fault may still come: whether AWS FIS took up EXTown was not seen.",
            );
        } finally {
            own.dispose();
        }
    });

    it("starts it once in a run that is killed and resumed, at every moment", async () => {
        for (const [step, moment] of [
            ["failover/strike", "started"],
            ["failover/strike", "effected"],
            ["failover/heal", "started"],
        ] as const) {
            const own = withExperiment("EXTown");
            try {
                await own.dieAt(ARGV, step, moment);
                await own.call(ARGV);
                const found = [...own.world.at("us").experiments.values()];
                expect(
                    found.map(({ status }) => status),
                    `${step} ${moment}`,
                ).to.deep.equal(["stopped"]);
                expect(own.world.writer).to.equal("us");
            } finally {
                own.dispose();
            }
        }
    });

    it("is refused by AWS FIS before anything is struck, and no fault is said to come", async () => {
        bench.world.faults.failing.set("StartExperiment", { code: "AccessDeniedException" });
        expect((await bench.call(ARGV)).status).to.equal(3);
        expect(bench.report().error?.message).to.contain("StartExperiment failed with AccessDeniedException");
        expect(bench.report().afterwards.join()).not.to.contain("may still come");
    });

    it("refuses a fault of which the region's stack gives no template", async () => {
        const own = withExperiment("zonePwer");
        try {
            const { status, stderr } = await own.call(ARGV);
            expect(status).to.equal(1);
            expect(stderr).to.contain(
                "fault.experiment is zonePwer; allowed for us: crossRegion, zonePower, the id of a FIS template",
            );
            expect(own.world.at("us").experiments.size).to.equal(0);
        } finally {
            own.dispose();
        }
    });

    it("is asked of AWS FIS by its client, in that region, with a token and a tag that find it", async () => {
        const calls: string[] = [];
        const experiment = { id: "EXP1", state: { status: "running" }, tags: { "meridian:drill-run": "t" } };
        const server = await openStub(({ body, region, service }, response) => {
            calls.push(`${region} ${service} ${body}`);
            response.setHeader("content-type", "application/json");
            response.end(JSON.stringify({ experiment, experiments: [experiment] }));
        });
        try {
            const credentials = { accessKeyId: "a", secretAccessKey: "b" };
            const { experiments: fis } = sdkAws({ endpoint: server.url, credentials }).in("eu-central-1");
            const running = { id: "EXP1", status: "running" };
            expect(await fis.start("EXT1", "t")).to.deep.equal(running);
            expect(await fis.find("t")).to.deep.equal(running);
            expect(await fis.find("other")).to.equal(undefined);
            expect(await fis.experiment("EXP1")).to.deep.equal(running);
            await fis.stop("EXP1");
            expect(JSON.parse(calls[0]!.split(" ")[2]!)).to.deep.equal({
                clientToken: "t",
                experimentTemplateId: "EXT1",
                tags: { "meridian:drill-run": "t" },
            });
            expect(calls.every((call) => call.startsWith("eu-central-1 fis "))).to.equal(true);
        } finally {
            await server.close();
        }
    });
});
