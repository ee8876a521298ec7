/** Two regions that disagree about who writes. */
import { expect } from "chai";
import { type StatusReport } from "../../../tools/drill/status/types";
import { Bench } from "../../support/drill/commands";

describe("two regions that disagree about who writes", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    async function finding(): Promise<{ state: string; text: string; verdict: string }> {
        const { stdout } = await bench.call(["status", "--json"]);
        const { findings, verdict } = JSON.parse(stdout) as StatusReport;
        const found = findings.find(({ subject }) => subject === "Who writes")!;
        return { state: found.state, text: found.text, verdict };
    }

    it("agree when all is well, which status says", async () => {
        expect(await finding()).to.deep.include({
            state: "ok",
            text: "us says that us writes, eu says that us writes",
        });
    });

    it("are red in status, whichever is asked first", async () => {
        for (const [region, says, writer] of [
            ["us-east-1", "eu", "us"],
            ["eu-central-1", "eu", "us"],
            ["us-east-1", "us", "eu"],
        ] as const) {
            const own = new Bench();
            try {
                own.world.writer = writer;
                own.world.saysWriter.set(region, says);
                const { status, stdout } = await own.call(["status"]);
                expect(status).to.equal(1);
                expect(stdout).to.match(/^BAD +all +Who writes +the regions disagree about who writes: /m);
                expect(stdout).to.contain("Verdict: NOT READY");
            } finally {
                own.dispose();
            }
        }
    });

    it("stop failback and switchover, on the way home as on the way out", async () => {
        bench.world.writer = "eu";
        // What was lost is back, and does not know yet.
        bench.world.saysWriter.set("us-east-1", "us");
        const before = bench.world.snapshot();
        for (const argv of [
            ["failback", "--yes"],
            ["switchover", "--to", "us", "--yes"],
            ["switchover", "--to", "eu", "--yes"],
        ]) {
            const { status, stderr } = await bench.call(argv);
            expect(status, argv.join(" ")).to.equal(1);
            expect(stderr).to.contain("the regions disagree about who writes: ");
            expect(stderr).to.contain("us says that us writes").and.to.contain("eu says that eu writes");
            expect(stderr).to.contain("Nothing is moved while two regions may write.");
        }
        expect(bench.world.snapshot()).to.deep.equal(before);
    });

    it("stop a planned change that began before they disagreed, at its preflight", async () => {
        const { status } = await bench.call(["switchover", "--to", "eu", "--yes"], {
            checkpoint: (step) => {
                if (step === "preflight") {
                    bench.world.saysWriter.set("us-east-1", "eu");
                }
            },
        });
        expect(status).to.equal(1);
        expect(bench.report().error?.message).to.contain("the regions disagree about who writes");
    });

    it("are seen where a cluster writes for itself, whatever the global database says", async () => {
        bench.world.writer = "eu";
        bench.world.cluster("us").writesItself = true;
        const { state, text } = await finding();
        expect(state).to.equal("bad");
        expect(text).to.contain("us's own cluster has a writer and is a copy of nothing, although eu writes");
        const { status, stderr } = await bench.call(["failback", "--yes"]);
        expect(status).to.equal(1);
        expect(stderr).to.contain("us's own cluster has a writer");
    });

    it("do not stop a failover, where the other region does not answer", async () => {
        bench.world.lose("us");
        bench.world.saysWriter.set("us-east-1", "us");
        const { status, stdout } = await bench.call([
            "failover",
            "--to",
            "eu",
            "--accept-data-loss",
            "--yes",
        ]);
        expect(status, stdout).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
        expect(await finding()).to.deep.include({
            state: "warn",
            text: "eu says that eu writes, us does not say",
        });
    });
});
