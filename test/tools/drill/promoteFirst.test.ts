/** A failover promotes first: what does not decide whether that is right stops nothing. */
import { expect } from "chai";
import { type Step } from "../../../tools/drill/engine/step";
import { AROUND } from "../../../tools/drill/steps/asks";
import { LOOK_MILLISECONDS } from "../../../tools/drill/steps/outsideView";
import { runbookOf } from "../../../tools/drill/runbooks";
import { rowsOf } from "../../support/drill/asks";
import { Bench } from "../../support/drill/commands";
import { type Failure } from "../../support/drill/fakeState";
import { topology } from "../../support/drill/topologies";

const ARGV = ["failover", "--to", "eu", "--accept-data-loss", "--yes"];

/** The promise: so soon after the command the promotion is asked for. */
const PROMOTION_SECONDS = 30;

const failures: readonly (readonly [string, () => Failure])[] = [
    ["is denied", () => ({ code: "AccessDenied" })],
    ["is answered with 503", () => ({ code: "ServiceUnavailable", unreachable: true })],
    ["hangs", () => "hangs"],
];

const steps = (): readonly Step[] => runbookOf("failover")!.steps({ from: "us", to: "eu" }, topology());

describe("a failover", () => {
    let bench: Bench;
    /** Seconds from the command to the promotion; undefined when it was never asked for. */
    let promoted: number | undefined;
    beforeEach(() => {
        bench = new Bench();
        bench.world.faults.lost.add("us");
        promoted = undefined;
    });
    afterEach(() => {
        bench.dispose();
    });

    async function failOver(
        onStep: (step: string, moment: string) => void = () => undefined,
        argv: readonly string[] = ARGV,
    ): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
        const began = bench.clock.now();
        return bench.call(argv, {
            checkpoint: (step, moment) => {
                if (step === "fail-over" && moment === "effected") {
                    promoted = (bench.clock.now() - began) / 1000;
                }
                onStep(step, moment);
            },
        });
    }

    describe("makes the calls that the runbook's table names", () => {
        it("step by step, each to the region that the table says", async () => {
            const made = new Map<string, Set<string>>();
            let current = "around";
            let seen = 0;
            const note = (): void => {
                for (const call of bench.world.calls.slice(seen)) {
                    // The lock is the run's own, and is looked at again just before the promotion.
                    const step = call.endsWith("Parameter") ? "around" : current;
                    made.set(step, (made.get(step) ?? new Set()).add(call));
                }
                made.set(current, made.get(current) ?? new Set());
                seen = bench.world.calls.length;
            };
            const { status, stdout } = await failOver((step, moment) => {
                note();
                current = moment === "started" ? step : "around";
            });
            note();
            expect(status, stdout).to.equal(0);
            const declared = new Map(
                steps().map(({ asks = [], id }) => [id, [...rowsOf(asks).keys()].sort()] as const),
            );
            for (const [step, calls] of made) {
                const named =
                    step === "around"
                        ? [...rowsOf(AROUND).keys()].filter(
                              (call) => call !== "us-east-1 DescribeGlobalClusters",
                          )
                        : declared.get(step);
                expect([...calls].sort(), step).to.deep.equal([...(named ?? [])].sort());
            }
            expect(made.size).to.equal(steps().length + 1);
        });

        it("and needs no other region than the target's for the promotion", () => {
            const needed = [AROUND, ...steps().map(({ asks = [] }) => asks)].flatMap((asks) =>
                asks.filter(({ without }) => without === undefined),
            );
            expect(new Set(needed.map(({ where }) => where))).to.deep.equal(new Set(["target"]));
            expect(new Set(needed.map(({ action }) => action))).to.deep.equal(
                new Set(["rds:DescribeGlobalClusters", "rds:FailoverGlobalCluster"]),
            );
        });
    });

    describe("asks for the promotion although, from the step on that makes it,", () => {
        const rows = [
            { id: "", asks: AROUND },
            ...steps().map(({ asks = [], id }) => ({ id, asks })),
        ].flatMap(({ asks, id }) =>
            [...rowsOf(asks)]
                .filter(([, { without }]) => without !== undefined)
                .map(([call]) => ({ call, id })),
        );
        for (const { call, id } of rows) {
            for (const [how, failure] of failures) {
                it(`${id === "" ? "" : `${id}: `}${call} ${how}`, async () => {
                    if (id === "") {
                        bench.world.faults.failing.set(call, failure());
                    }
                    const { stderr, stdout } = await failOver((step, moment) => {
                        if (step === id && moment === "started") {
                            bench.world.faults.failing.set(call, failure());
                        }
                    });
                    expect(promoted, stdout + stderr).to.be.lessThan(PROMOTION_SECONDS);
                    expect(bench.world.calls).to.include("eu-central-1 FailoverGlobalCluster");
                });
            }
        }
    });

    it("ends well, and names in its report everything beside the promotion that fails", async () => {
        const failing = [
            "GetCallerIdentity",
            "DescribeAutoScalingGroups",
            "GetMetricData",
            "GetHealthCheckStatus",
            "PutParameter",
            "ModifyDBCluster",
        ];
        for (const operation of failing) {
            bench.world.faults.failing.set(operation, { code: "AccessDenied" });
        }
        const { status, stdout } = await failOver();
        expect(status, stdout).to.equal(0);
        const { phases, verdict, warnings } = bench.report();
        expect(verdict).to.equal("PASS");
        for (const operation of failing) {
            expect(warnings.join("\n"), operation).to.contain(operation);
            expect(stdout).to.contain(operation);
        }
        expect(phases.filter(({ state }) => state === "failed").map(({ id }) => id)).to.deep.equal([
            "scale-target-fleets",
            "scale-target-database",
            "wait-fleets",
        ]);
        expect(stdout).to.contain("Done, but for steps that stop nothing: see the warnings.");
        expect(stdout).to.contain("\n## Warnings\n");
    });

    it("says no warning when nothing is amiss", async () => {
        await failOver();
        expect(bench.report().warnings).to.deep.equal([]);
    });

    it("keeps its warnings when it is interrupted and goes on", async () => {
        bench.world.faults.failing.set("GetMetricData", { code: "AccessDenied", times: 1 });
        const stop = new AbortController();
        await bench.call(ARGV, {
            signal: stop.signal,
            checkpoint: (step, moment) => {
                if (step === "wait-switched" && moment === "started") {
                    stop.abort(new Error("stopped"));
                }
            },
        });
        expect((await bench.call(ARGV)).status).to.equal(0);
        expect(bench.report().warnings.join()).to.contain("GetMetricData failed with AccessDenied");
    });

    describe("is not stopped by", () => {
        const cases: readonly (readonly [string, RegExp, (own: Bench) => void])[] = [
            [
                "an instance of the target's group that is pending",
                /web-eu has 1 instances in service, and needs 2/,
                ({ world }) => (world.at("eu").fleets.get("web-eu")!.pending = 1),
            ],
            [
                "a group that is not there",
                /there is no Auto Scaling group web-eu/,
                ({ world }) => world.at("eu").fleets.delete("web-eu"),
            ],
            [
                "a health check that is not there",
                /GetHealthCheckStatus failed with NoSuchHealthCheck/,
                ({ world }) =>
                    world.faults.failing.set("GetHealthCheckStatus", { code: "NoSuchHealthCheck" }),
            ],
            [
                "a target that is red as seen from outside: its application may need the lost writer",
                /eu is red as seen from outside/,
                ({ world }) => {
                    Object.assign(world.outside, {
                        get: () => Promise.resolve({ status: 503, body: "" }),
                    });
                    world.faults.failing.set("GetHealthCheckStatus", { code: "AccessDenied" });
                },
            ],
            [
                "a target that is backed up just now",
                /^$/,
                ({ world }) => (world.cluster("eu").status = "backing-up"),
            ],
            [
                "an instance of the target's that is rebooting",
                /the database in eu is busy.*meridian-prod-eu-1 rebooting/,
                ({ world }) => {
                    world.cluster("eu").instances.forEach((instance) => (instance.status = "rebooting"));
                },
            ],
        ];
        for (const [what, text, given] of cases) {
            it(`${what}, which is a warning`, async () => {
                given(bench);
                const { stdout } = await failOver((step) => {
                    if (step === "fail-over") {
                        // What it was busy with has passed, so that the rest can be verified.
                        bench.world.cluster("eu").status = "available";
                        bench.world
                            .cluster("eu")
                            .instances.forEach((instance) => (instance.status = "available"));
                    }
                });
                expect(promoted, stdout).to.be.lessThan(PROMOTION_SECONDS);
                expect(bench.report().warnings.join("\n")).to.match(text);
            });
        }
    });

    for (const code of ["InvalidDBClusterStateFault", "InvalidGlobalClusterStateFault"]) {
        it(`asks again when AWS says ${code}`, async () => {
            bench.world.faults.failing.set("FailoverGlobalCluster", { code, busy: true, times: 3 });
            const { status, stdout } = await failOver();
            expect(status, stdout).to.equal(0);
            expect(bench.world.calls.filter((call) => call.endsWith("FailoverGlobalCluster"))).to.have.length(
                4,
            );
        });
    }

    it("gives up within the step's limit when AWS never takes it up, and says what AWS said", async () => {
        bench.world.faults.failing.set("FailoverGlobalCluster", {
            code: "InvalidDBClusterStateFault",
            busy: true,
        });
        expect((await failOver()).status).to.equal(1);
        expect(bench.report().error?.message).to.match(
            /^waited 2 min for AWS to take up the failover; last seen: .*InvalidDBClusterStateFault/,
        );
    });

    it("raises the target's floor as soon as the promoted cluster can be modified", async () => {
        bench.world.faults.failing.set("ModifyDBCluster", {
            code: "InvalidDBClusterStateFault",
            busy: true,
            times: 4,
        });
        expect((await failOver()).status).to.equal(0);
        expect(bench.world.cluster("eu").capacity.min).to.equal(8);
        expect(bench.report().warnings).to.deep.equal([]);
    });

    it("asks for the promotion within 30 s when nothing in the lost region is ever answered", async () => {
        bench.world.faults.failing.set("us-east-1 *", "hangs");
        const get = bench.world.outside.get.bind(bench.world.outside);
        const silence = async (timeout: number): Promise<{ body: string; error: string }> => {
            await bench.clock.sleep(timeout);
            return { body: "", error: "timed out" };
        };
        Object.assign(bench.world.outside, {
            get: (url: string, timeout: number) =>
                url.includes("//us.") ? silence(timeout) : get(url, timeout),
            post: (_url: string, _body: string, timeout: number) => silence(timeout),
        });
        const { stdout } = await failOver((step, moment) => {
            if (step === "wait-switched" && moment === "effected") {
                Object.assign(bench.world.outside, {
                    post: () => Promise.resolve({ status: 200, body: "" }),
                });
            }
        });
        expect(promoted, stdout).to.be.within(LOOK_MILLISECONDS / 1000, PROMOTION_SECONDS);
        expect(bench.report().outcome).to.equal("done");
    });

    it("is stopped by another account's credentials, by STS's word or by what the database is called", async () => {
        bench.world.accountId = "999988887777";
        expect((await failOver()).status).to.equal(1);
        expect(bench.report().error?.message).to.contain("the credentials are of account 999988887777");
        expect(promoted).to.equal(undefined);
    });
});
