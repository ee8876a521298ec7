/** How far a standby is behind: asked where AWS publishes it, told with its age, and never waited for in vain. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { sdkAws } from "../../../tools/drill/aws/clients";
import { type Lag } from "../../../tools/drill/aws/ports";
import { showLag } from "../../../tools/drill/steps/lag";
import { Bench } from "../../support/drill/commands";
import { openStub, type StubCall, type StubServer } from "../../support/drill/stubServer";

interface Point {
    readonly at: number;
    readonly value: number;
}

describe("the lag as CloudWatch has it", () => {
    let server: StubServer;
    let calls: StubCall[];
    /** Values by the dimensions that they are filed under, as `<name>=<value>` with commas. */
    let filed: Record<string, Point[]>;
    /** How far AWS's clock is ahead of ours. */
    let ahead: number;

    beforeEach(async () => {
        calls = [];
        filed = {};
        ahead = 0;
        server = await openStub((call, response) => {
            calls.push(call);
            const { EndTime, MetricDataQueries, StartTime } = JSON.parse(call.body) as {
                StartTime: number;
                EndTime: number;
                MetricDataQueries: {
                    Id: string;
                    MetricStat: { Metric: { Dimensions: { Name: string; Value: string }[] } };
                }[];
            };
            const results = MetricDataQueries.map(({ Id, MetricStat }) => {
                const key = MetricStat.Metric.Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(
                    ",",
                );
                const points = (filed[key] ?? []).filter(
                    ({ at }) => at >= StartTime * 1000 && at <= EndTime * 1000,
                );
                return {
                    Id,
                    Timestamps: points.map(({ at }) => at / 1000),
                    Values: points.map(({ value }) => value),
                };
            });
            response.setHeader("content-type", "application/x-amz-json-1.0");
            response.setHeader("date", new Date(Date.now() + ahead).toUTCString());
            response.end(JSON.stringify({ MetricDataResults: results }));
        });
    });
    afterEach(() => server.close());

    function ask(): Promise<Lag | undefined> {
        return sdkAws({ endpoint: server.url, credentials: { accessKeyId: "a", secretAccessKey: "b" } })
            .in("eu-central-1")
            .observe.replicationLag("meridian-prod-eu", ["us-east-1", "eu-west-1"]);
    }

    const under = (writer: string): string => `DBClusterIdentifier=meridian-prod-eu,SourceRegion=${writer}`;

    it("is asked in the standby's region, by one call, under every region that may write", async () => {
        expect(await ask()).to.equal(undefined);
        expect(calls.map(({ operation, region }) => `${region} ${operation}`)).to.deep.equal([
            "eu-central-1 GetMetricData",
        ]);
        const { body } = calls[0]!;
        expect(body)
            .to.contain('"AuroraGlobalDBRPOLag"')
            .and.to.contain('"SourceRegion","Value":"us-east-1"');
        expect(body).to.contain('"SourceRegion","Value":"eu-west-1"');
    });

    it("is the newest of all, and of these the highest", async () => {
        const now = Date.now();
        filed = {
            [under("us-east-1")]: [{ at: now - 40_000, value: 120 }],
            [under("eu-west-1")]: [{ at: now - 400_000, value: 9000 }],
            "DBClusterIdentifier=meridian-prod-eu": [{ at: now - 40_000, value: 150 }],
        };
        const lag = await ask();
        expect(lag?.milliseconds).to.equal(150);
        expect(lag?.ageMilliseconds).to.be.within(38_000, 45_000);
        expect(lag?.clockAheadMilliseconds).to.be.within(-1500, 1500);
    });

    it("is found, and its age is right, by AWS's clock when this machine's is an hour off", async () => {
        for (ahead of [3_600_000, -3_600_000]) {
            filed = { [under("us-east-1")]: [{ at: Date.now() + ahead - 30_000, value: 80 }] };
            const lag = await ask();
            expect(lag?.milliseconds).to.equal(80);
            expect(lag?.ageMilliseconds).to.be.within(28_000, 35_000);
            expect(lag?.clockAheadMilliseconds).to.be.within(ahead - 1500, ahead + 1500);
        }
    });

    it("is told with its age, and with what is to be minded about it", () => {
        const lag = { milliseconds: 120.4, ageMilliseconds: 30_000, clockAheadMilliseconds: 900 };
        expect(showLag(lag)).to.equal("120 ms behind, measured 30 s ago");
        expect(showLag({ ...lag, ageMilliseconds: 61_000 })).to.equal(
            "120 ms behind, measured 1 min 1 s ago, which is more than a minute",
        );
        expect(showLag({ ...lag, clockAheadMilliseconds: 42_000 })).to.equal(
            "120 ms behind, measured 30 s ago; this machine's clock is 42 s behind AWS's",
        );
        expect(showLag({ ...lag, clockAheadMilliseconds: -3_600_000 })).to.contain("is 1 h ahead of AWS's");
    });

    it("is to be had by hand, with all of its dimensions", () => {
        // Another test keeps the page as the steps are.
        expect(readFileSync(join(__dirname, "../../../docs/runbook.md"), "utf8")).to.contain(
            "--dimensions Name=DBClusterIdentifier,Value=meridian-prod-eu Name=SourceRegion,Value=us-east-1",
        );
    });
});

describe("a switchover whose lag is not to be had", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    const waited = (): number => bench.report().phases.find(({ id }) => id === "wait-lag")?.seconds ?? -1;
    const argv = ["switchover", "--to", "eu", "--yes"];

    it("goes on soon when the metric is new or silent, and says so", async () => {
        bench.world.at("eu").lag = undefined;
        const { status, stdout } = await bench.call(argv);
        expect(status, stdout).to.equal(0);
        expect(waited()).to.be.within(60, 120);
        expect(bench.report().warnings).to.deep.equal([
            "the lag is not known (CloudWatch has no measurement of the lag), and a switchover waits for the target by itself",
        ]);
    });

    it("goes on soon when the newest measurement is old", async () => {
        bench.world.at("eu").lagAge = 11 * 60_000;
        expect((await bench.call(argv)).status).to.equal(0);
        expect(waited()).to.be.within(60, 120);
        expect(bench.report().warnings.join()).to.contain("measured 11 min ago, which is more than a minute");
    });

    it("goes on at once when CloudWatch may not be asked", async () => {
        bench.world.faults.failing.set("GetMetricData", { code: "AccessDenied" });
        expect((await bench.call(argv)).status).to.equal(0);
        expect(waited()).to.equal(0);
        expect(bench.report().warnings.join()).to.contain("GetMetricData failed with AccessDenied");
    });

    it("goes on when CloudWatch hangs", async () => {
        bench.world.faults.failing.set("GetMetricData", "hangs");
        expect((await bench.call(argv)).status).to.equal(0);
        expect(waited()).to.be.within(60, 120);
    });

    it("takes a metric that comes at last", async () => {
        bench.world.at("eu").lag = undefined;
        void bench.clock.sleep(40_000).then(() => {
            bench.world.at("eu").lag = 100;
        });
        expect((await bench.call(argv)).status).to.equal(0);
        expect(waited()).to.be.within(35, 45);
        expect(bench.report().warnings).to.deep.equal([]);
    });

    it("shows in the status how old it is, and that a clock is off", async () => {
        bench.world.at("eu").lagAge = 120_000;
        bench.world.clockAheadMilliseconds = 42_000;
        const { stdout } = await bench.call(["status"]);
        expect(stdout).to.match(
            /^look +eu +Lag +120 ms behind, measured 2 min ago, which is more than a minute; this machine's clock is 42 s behind AWS's$/m,
        );
    });
});
