/** A change of the writer is done when the application has followed it. */
import { expect } from "chai";
import { Bench } from "../../support/drill/commands";

const CALLS: readonly (readonly [string, readonly string[], boolean])[] = [
    ["failover", ["failover", "--to", "eu", "--accept-data-loss", "-y"], true],
    ["switchover", ["switchover", "--to", "eu", "-y"], false],
];

for (const [verb, argv, isLost] of CALLS) {
    describe(`${verb} and who takes writes after it`, () => {
        let bench: Bench;
        beforeEach(() => {
            bench = new Bench();
            if (isLost) {
                bench.world.lose("us");
            }
        });
        afterEach(() => {
            bench.dispose();
        });

        const verified = (): string | undefined =>
            bench.report().phases.find(({ id }) => id === "verify")?.detail;

        it("passes when the new writer does, and says so", async () => {
            expect((await bench.call(argv)).status).to.equal(0);
            expect(verified()).to.equal("a write through the application has gone through to eu");
        });

        it("takes an application's word that names nobody", async () => {
            bench.world.faults.namesAs = "";
            expect((await bench.call(argv)).status).to.equal(0);
            expect(verified()).to.equal("a write through the application has gone through");
        });

        it("fails when the application of the region that was left goes on writing there", async () => {
            bench.world.faults.headstrong.add("us");
            expect((await bench.call(argv)).status).to.equal(1);
            expect(bench.report()).to.include({ verdict: "FAIL", outcome: "halfway" });
            expect(bench.report().error?.message).to.equal(
                "waited 10 min for eu to work as the writer; last seen: the application of us goes on writing to us",
            );
            bench.world.faults.headstrong.clear();
            expect((await bench.call(argv)).status, "once it is stopped").to.equal(0);
        });

        it("fails when viewers are not sent to the new writer", async () => {
            bench.world.faults.headstrong.add("us");
            bench.world.faults.clung.add("us");
            expect((await bench.call(argv)).status).to.equal(1);
            expect(bench.report().error?.message).to.contain("last seen: us-east-1 takes writes, and not eu");
        });
    });
}
