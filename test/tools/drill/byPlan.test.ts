/** A change of the writer that a plan of ARC Region switch makes, started and watched by the drill. */
import { expect } from "chai";
import { AROUND } from "../../../tools/drill/steps/asks";
import { type Step } from "../../../tools/drill/engine/step";
import { runbookOf } from "../../../tools/drill/runbooks";
import { rowsOf } from "../../support/drill/asks";
import { Bench, phases, type Result } from "../../support/drill/commands";
import { topology } from "../../support/drill/topologies";
import { type RegionSwitchService, type StandInExecution } from "../../support/regionSwitch/service";

const PLANNED = ["switchover", "--to", "eu", "--by-plan", "--yes"];
const UNPLANNED = ["failover", "--to", "eu", "--accept-data-loss", "--by-plan", "--yes"];

const EU = "eu-central-1";
const US = "us-east-1";

/** The promise: so soon after the command AWS is asked. */
const START_SECONDS = 30;

describe("a change of the writer by the plan", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    const service = (): RegionSwitchService => bench.world.regionSwitch;
    const states = (): string[] => service().executions.map(({ state }) => state);
    const only = (): StandInExecution => {
        expect(service().executions).to.have.length(1);
        return service().executions[0]!;
    };
    const callsOf = (operation: string): string[] =>
        bench.world.calls.filter((call) => call.endsWith(` ${operation}`));
    const warnings = (): string => bench.report().warnings.join("\n");

    async function passes(argv: readonly string[]): Promise<Result> {
        const result = await bench.call(argv);
        expect(result.status, result.stdout + result.stderr).to.equal(0);
        return result;
    }

    describe("planned", () => {
        it("starts the plan once, graceful, in the region that is activated, says its steps, and does the rest", async () => {
            const { stdout } = await passes(PLANNED);
            expect(only()).to.include({ mode: "graceful", region: EU, state: "completed" });
            expect(bench.world.writer).to.equal("eu");
            expect(callsOf("StartPlanExecution")).to.deep.equal([`${EU} StartPlanExecution`]);
            // AWS does these by the plan's role, and the drill does not.
            expect([
                ...callsOf("SwitchoverGlobalCluster"),
                ...callsOf("UpdateAutoScalingGroup"),
            ]).to.deep.equal([]);
            for (const said of [
                "step writer: running",
                "step writer: completed",
                "step capacity-web: completed",
            ]) {
                expect(stdout).to.contain(said);
            }
            expect(bench.report().figures).to.deep.include({
                name: "plan: recovery time, as AWS measures it",
                value: "PT1M30S",
                data: "PT1M30S",
            });
            expect(phases(bench.report())).to.deep.equal([
                "preflight: done",
                "confirm: done",
                "check-plan: done",
                "scale-target-database: done",
                "wait-lag: done",
                "start-plan: done",
                "wait-plan: done",
                "wait-switched: done",
                "verify: done",
                "scale-other-down: done",
                "wait-plan-end: done",
                "wait-fleets: done",
            ]);
        });

        const unfit: readonly (readonly [string, (service: RegionSwitchService) => void, RegExp])[] = [
            [
                "would lose data",
                (plan) => (plan.database.behavior = "failover"),
                /step writer does failover in a graceful execution: data would be lost/,
            ],
            [
                "moves another database",
                (plan) => (plan.globalClusterIdentifier = "another"),
                /has no step that moves the writer of meridian-prod/,
            ],
            [
                "does not activate the target",
                (plan) => (plan.activates = [US]),
                /does not activate eu-central-1: its regions are us-east-1 and eu-central-1, and it activates us-east-1/,
            ],
            [
                "is warned of by AWS's own evaluation",
                (plan) =>
                    (plan.warnings = [
                        { warningMessage: "The role lacks rds:SwitchoverGlobalCluster", stepName: "writer" },
                    ]),
                /evaluation of the plan, step writer: The role lacks rds:SwitchoverGlobalCluster/,
            ],
            [
                "is carried out another way already",
                (plan) => plan.startElsewhere(EU, "ungraceful"),
                /execution eu-central-1\/0{15}1 \(ungraceful, to activate eu-central-1\) is \w+\. Cancel it: aws arc-region-switch cancel-plan-execution --region eu-central-1 .* --execution-id eu-central-1\/0{15}1/,
            ],
            [
                "activates the other region already",
                (plan) => plan.startElsewhere(US, "graceful"),
                /\(graceful, to activate us-east-1\)/,
            ],
        ];
        for (const [what, given, problem] of unfit) {
            it(`is refused when the plan ${what}, before anything is changed`, async () => {
                // A plan that goes on has moved nothing yet.
                service().pendingMilliseconds = 3_600_000;
                given(service());
                const begun = service().executions.length;
                const { status, stdout } = await bench.call(PLANNED);
                expect(status).to.equal(1);
                expect(stdout).to.match(problem);
                expect(stdout).to.contain("Without the plan: `npm run drill -- switchover --to eu`.");
                expect(service().executions).to.have.length(begun);
                expect(callsOf("ModifyDBCluster")).to.deep.equal([]);
            });
        }

        for (const operation of ["GetPlanInRegion", "GetPlanEvaluationStatus"]) {
            it(`is refused when ${operation} is not answered`, async () => {
                bench.world.faults.failing.set(operation, { code: "AccessDeniedException" });
                expect((await bench.call(PLANNED)).status).to.equal(1);
                expect(bench.report().error?.message).to.contain(
                    `${operation} failed with AccessDeniedException`,
                );
                expect(service().executions).to.deep.equal([]);
            });
        }

        it("is rolled back while the writer has not moved: the plan is cancelled, and the floor as before", async () => {
            service().pendingMilliseconds = 3_600_000;
            const before = bench.world.snapshot() as object;
            await bench.dieAt(PLANNED, "start-plan", "effected");
            const { status, stderr, stdout } = await bench.call(["switchover", "--rollback"]);
            expect(status, stdout + stderr).to.equal(0);
            expect(states()).to.deep.equal(["canceled"]);
            expect(bench.world.snapshot()).to.deep.equal({
                ...before,
                executions: [[only().executionId, "canceled"]],
            });
            // Whoever begins anew starts the plan anew.
            service().pendingMilliseconds = 0;
            await passes(PLANNED);
            expect(states()).to.deep.equal(["canceled", "completed"]);
        });

        it("is not rolled back when the writer moves in the moment in which the plan is cancelled", async () => {
            service().pendingMilliseconds = 3_600_000;
            await bench.dieAt(PLANNED, "start-plan", "effected");
            const call = service().call.bind(service());
            service().call = (region, operation, input) => {
                if (operation === "CancelPlanExecution") {
                    service().pendingMilliseconds = 0;
                }
                return call(region, operation, input);
            };
            const { status, stderr, stdout } = await bench.call(["switchover", "--rollback"]);
            expect(status).to.equal(1);
            expect(stdout + stderr).to.contain("the writer has moved before the plan was cancelled");
            // What was cancelled halfway is no PASS, and is finished all the same.
            expect((await bench.call(PLANNED)).status).to.equal(1);
            expect(bench.report()).to.include({ verdict: "FAIL", outcome: "done" });
            expect(bench.world.writer).to.equal("eu");
        });

        it("is not rolled back once the writer has moved", async () => {
            await bench.dieAt(PLANNED, "wait-switched");
            const { status, stderr } = await bench.call(["switchover", "--rollback"]);
            expect(status).to.equal(1);
            expect(stderr).to.contain('"Start the plan" has begun, and from there the way is forward');
        });

        it("leaves an execution alone that it has not started", async () => {
            service().pendingMilliseconds = 3_600_000;
            service().startElsewhere(EU, "graceful");
            await bench.dieAt(PLANNED, "wait-plan");
            await bench.call(["switchover", "--rollback"]);
            expect(states()).to.deep.equal(["pending"]);
            expect(callsOf("CancelPlanExecution")).to.deep.equal([]);
        });
    });

    describe("unplanned", () => {
        beforeEach(() => {
            bench.world.lose("us");
        });

        it("starts the plan once, ungraceful, and raises the floor that the plan does not know", async () => {
            await passes(UNPLANNED);
            expect(only()).to.include({ mode: "ungraceful", region: EU, state: "completed" });
            expect(bench.world.writer).to.equal("eu");
            expect(bench.world.cluster("eu").capacity.min).to.equal(8);
            expect(callsOf("FailoverGlobalCluster")).to.deep.equal([]);
            expect(bench.report()).to.include({ verdict: "PASS", subject: "to eu by the plan" });
        });

        it("asks AWS within 30 s although the home region takes every call and answers none", async () => {
            bench.world.faults.unreachable.clear();
            bench.world.faults.failing.set(`${US} *`, "hangs");
            let started: number | undefined;
            const began = bench.clock.now();
            const { status, stdout } = await bench.call(UNPLANNED, {
                checkpoint: (step, moment) => {
                    if (step === "start-plan" && moment === "effected") {
                        started = (bench.clock.now() - began) / 1000;
                    }
                },
            });
            expect(status, stdout).to.equal(0);
            expect(started).to.be.lessThan(START_SECONDS);
            expect(callsOf("StartPlanExecution")).to.deep.equal([`${EU} StartPlanExecution`]);
        });

        it("is refused when the plan can only switch over, which needs the region that is lost", async () => {
            service().database.ungraceful = undefined;
            expect((await bench.call(UNPLANNED)).status).to.equal(1);
            expect(bench.report().error?.message).to.contain(
                "the plan's step writer does switchoverOnly in a ungraceful execution",
            );
            expect(bench.report().error?.hint).to.contain(
                "Without the plan: `npm run drill -- failover --to eu --accept-data-loss`.",
            );
            expect(service().executions).to.deep.equal([]);
        });

        it("is refused while a planned execution goes on, and watches it once that is made ungraceful", async () => {
            service().pendingMilliseconds = 60_000;
            const execution = service().startElsewhere(EU, "graceful");
            expect((await bench.call(UNPLANNED)).status).to.equal(1);
            expect(bench.report().error?.message).to.contain(
                `--execution-id ${execution.executionId} --action switchToUngraceful`,
            );
            service().executions.splice(0, 1, { ...execution, mode: "ungraceful" });
            await passes(UNPLANNED);
            expect(only()).to.include({ state: "completed", mode: "ungraceful" });
        });

        it("goes on with what AWS warns of, and with what cannot be asked, as warnings", async () => {
            service().warnings = [{ warningMessage: "web-eu has no capacity", stepName: "capacity-web" }];
            bench.world.faults.failing.set("GetPlanInRegion", { code: "AccessDeniedException" });
            await passes(UNPLANNED);
            expect(warnings()).to.contain("step capacity-web: web-eu has no capacity");
            expect(warnings()).to.contain("the plan could not be looked at");
        });

        it("watches what an alarm has started, instead of starting it anew", async () => {
            service().startElsewhere(EU, "ungraceful");
            await passes(UNPLANNED);
            expect(only()).to.include({ comment: "an alarm", state: "completed" });
            expect(callsOf("StartPlanExecution")).to.deep.equal([]);
        });

        it("starts one execution although nobody hears the answer to the first call, or to any list", async () => {
            bench.world.faults.failing.set("ListPlanExecutions", { code: "ETIMEDOUT", unreachable: true });
            const regional = bench.world.aws.in.bind(bench.world.aws);
            let heard = 0;
            bench.world.aws.in = (region) => {
                const aws = regional(region);
                return {
                    ...aws,
                    plans: {
                        ...aws.plans,
                        start: async (request) => {
                            const id = await aws.plans.start(request);
                            heard += 1;
                            if (heard === 1) {
                                bench.world.faults.failing.set("StartPlanExecution", {
                                    code: "ETIMEDOUT",
                                    unreachable: true,
                                    times: 1,
                                });
                                await aws.plans.start(request);
                            }
                            return id;
                        },
                    },
                };
            };
            await passes(UNPLANNED);
            expect(heard).to.equal(2);
            expect(only().state).to.equal("completed");
        });

        it("says how a step is approved, and waits until somebody has", async () => {
            service().asksApproval = true;
            const sleep = bench.clock.sleep.bind(bench.clock);
            const began = bench.clock.now();
            bench.clock.sleep = (milliseconds, signal) => {
                const [execution] = service().executions;
                if (execution !== undefined && bench.clock.now() - began > 120_000) {
                    execution.steps.find(({ name }) => name === "approval")!.status = "completed";
                }
                return sleep(milliseconds, signal);
            };
            const { stdout } = await passes(UNPLANNED);
            expect(stdout).to.contain(
                "step approval waits for approval, by the role that the plan names: aws arc-region-switch " +
                    `approve-plan-execution-step --region ${EU} --plan-arn ${bench.topology.regionSwitchPlanArn ?? ""} ` +
                    `--execution-id ${only().executionId} --step-name approval --approval approve`,
            );
            expect(stdout).to.contain("as arn:aws:iam::111122223333:role/approver");
            expect(callsOf("ApprovePlanExecutionStep")).to.deep.equal([]);
        });

        it("approves it with --approve", async () => {
            service().asksApproval = true;
            const { stdout } = await passes([...UNPLANNED, "--approve"]);
            expect(stdout).to.contain("step approval: approved");
            expect(callsOf("ApprovePlanExecutionStep")).to.have.length(1);
        });

        it("says so when it may not approve, and goes on watching", async () => {
            service().asksApproval = true;
            bench.world.faults.failing.set("ApprovePlanExecutionStep", { code: "AccessDeniedException" });
            const own = topology({ timeouts: { "wait-plan": 60 } });
            Object.assign(bench.topology, { timeouts: own.timeouts });
            expect((await bench.call([...UNPLANNED, "--approve"])).status).to.equal(1);
            expect(bench.report().error?.message).to.contain(
                "waited 1 min for the plan's execution eu-central-1/0000000000000001 to move the writer; last seen: the plan's execution " +
                    "eu-central-1/0000000000000001 (ungraceful, to activate eu-central-1) is pendingManualApproval",
            );
            expect(warnings()).to.contain("step approval could not be approved");
        });

        describe("when a step fails", () => {
            const reason = { error: "InvalidGlobalClusterStateFault", resources: ["arn:aws:rds:::global"] };

            it("before the writer has moved, says step, reason and what to do, and goes on when it is mended", async () => {
                service().failing.set("writer", reason);
                expect((await bench.call(UNPLANNED)).status).to.equal(1);
                const { error, outcome } = bench.report();
                expect(outcome).to.equal("halfway");
                expect(error?.message).to.contain(
                    "is pausedByFailedStep: step writer: InvalidGlobalClusterStateFault (arn:aws:rds:::global)",
                );
                expect(error?.hint).to.contain("update-plan-execution --region eu-central-1");
                expect(error?.hint).to.contain("--action resume");
                expect(error?.hint).to.contain("--step-name writer --action-to-take skip");
                expect(error?.hint).to.contain("aws arc-region-switch cancel-plan-execution");
                expect(error?.hint).to.contain("failover --to eu --accept-data-loss");
                service().resume(only().executionId);
                await passes(UNPLANNED);
                expect(only().state).to.equal("completed");
            });

            it("is done without the plan by the failover's own path, which names the execution", async () => {
                service().failing.set("writer", reason);
                await bench.call(UNPLANNED);
                await passes(UNPLANNED.filter((word) => word !== "--by-plan"));
                expect(bench.world.writer).to.equal("eu");
                expect(callsOf("FailoverGlobalCluster")).to.have.length(1);
                expect(warnings()).to.contain(
                    "may move the writer as well. Cancel it: aws arc-region-switch",
                );
                expect(only().state).to.equal("pausedByFailedStep");
            });

            it("and was cancelled by somebody, starts the plan anew with the same command", async () => {
                service().failing.set("writer", reason);
                await bench.call(UNPLANNED);
                only().state = "canceled";
                service().failing.clear();
                await passes(UNPLANNED);
                expect(states()).to.deep.equal(["canceled", "completed"]);
            });

            it("after the writer has moved, does the rest, and the report says FAIL and what is left", async () => {
                service().failing.set("capacity-web", { error: "no capacity in eu", resources: [] });
                const { status } = await bench.call(UNPLANNED);
                expect(status).to.equal(1);
                const report = bench.report();
                expect(report).to.include({ verdict: "FAIL", outcome: "done" });
                expect(report.reasons.join("\n")).to.contain("step capacity-web: no capacity in eu");
                expect(report.afterwards[0]).to.contain(
                    "is still open: resume it when it is mended: aws arc-region-switch",
                );
                expect(report.phases.find(({ id }) => id === "verify")?.state).to.equal("done");
                expect(bench.world.writer).to.equal("eu");
            });
        });

        it("goes by the database when the plan can no longer be watched, and says so", async () => {
            for (const [failure, limit] of [
                [{ code: "AccessDeniedException" }, 600],
                [{ code: "ETIMEDOUT", unreachable: true }, 4200],
            ] as const) {
                const own = new Bench();
                try {
                    own.world.lose("us");
                    own.world.faults.failing.set("GetPlanExecution", failure);
                    const began = own.clock.now();
                    const { status, stdout } = await own.call(UNPLANNED);
                    expect(status, stdout).to.equal(0);
                    expect(own.world.writer).to.equal("eu");
                    expect(own.report().warnings.join("\n")).to.contain("GetPlanExecution");
                    expect((own.clock.now() - began) / 1000).to.be.lessThan(limit);
                } finally {
                    own.dispose();
                }
            }
        });

        it("is gone on with from another machine, by what lies with the lock", async () => {
            service().pendingMilliseconds = 60_000;
            await bench.dieAt(UNPLANNED, "wait-plan");
            const { facts } = bench.world.holder(EU)!.head!;
            expect(facts["plan-execution"]).to.equal(only().executionId);
            const other = { name: "sam", host: "desk", pid: 1 };
            const stateDirectory = `${bench.directory}/other`;
            const { status, stdout } = await bench.call([...UNPLANNED, "--break-lock"], {
                operator: other,
                stateDirectory,
            });
            expect(status, stdout).to.equal(0);
            expect(only().state).to.equal("completed");
            expect(callsOf("StartPlanExecution")).to.have.length(1);
        });

        it("watches what goes on when the target writes already", async () => {
            service().growsMilliseconds = 600_000;
            const execution = service().startElsewhere(EU, "ungraceful");
            bench.world.writer = "eu";
            const { stdout } = await passes(UNPLANNED);
            expect(stdout).to.contain("step capacity-web: completed");
            expect(execution.state).to.equal("completed");
            expect(service().executions).to.have.length(1);
        });
    });

    describe("calls of AWS", () => {
        const steps = (): readonly Step[] =>
            runbookOf("failover")!.steps({ from: "us", to: "eu", byPlan: true }, topology());

        it("are those of the table, step by step", async () => {
            bench.world.faults.lost.add("us");
            const made = new Map<string, Set<string>>();
            let step = "around";
            const note = (next: string): void => {
                const calls = made.get(step) ?? new Set();
                // The lock is the run's own, and is looked at again just before the plan is started.
                const own = bench.world.calls.splice(0).filter((call) => !call.endsWith("Parameter"));
                own.forEach((call) => calls.add(call));
                made.set(step, calls);
                step = next;
            };
            const { status, stdout } = await bench.call(UNPLANNED, {
                checkpoint: (id, moment) => {
                    if (moment === "started") {
                        note(id);
                    } else {
                        note("around");
                    }
                },
            });
            note("");
            expect(status, stdout).to.equal(0);
            for (const { asks = [], id } of steps()) {
                expect([...(made.get(id) ?? [])].sort(), id).to.deep.equal([...rowsOf(asks).keys()].sort());
            }
        });

        const rows = steps().flatMap(({ asks = [], id }) =>
            [...rowsOf(asks)].flatMap(([call, { without }]) => (without === undefined ? [] : [{ call, id }])),
        );
        it("fail in turn, from their step on, by a denial, by 503 and by silence, and the plan is started within 30 s", async () => {
            const seen = new Set<string>();
            for (const { call, id } of rows) {
                for (const failure of [
                    { code: "AccessDenied" },
                    { code: "ServiceUnavailable", unreachable: true },
                    "hangs" as const,
                ]) {
                    const own = new Bench();
                    try {
                        own.world.faults.lost.add("us");
                        const began = own.clock.now();
                        let started: number | undefined;
                        await own.call(UNPLANNED, {
                            checkpoint: (step, moment) => {
                                if (step === id && moment === "started") {
                                    own.world.faults.failing.set(call, failure);
                                }
                                if (step === "start-plan" && moment === "effected") {
                                    started = (own.clock.now() - began) / 1000;
                                }
                            },
                        });
                        expect(started, `${id}: ${call}`).to.be.lessThan(START_SECONDS);
                        expect(own.world.regionSwitch.executions, `${id}: ${call}`).to.have.length(1);
                        seen.add(call);
                    } finally {
                        own.dispose();
                    }
                }
            }
            expect(seen.size).to.be.greaterThan(10);
        });

        it("need no other region than the target's", () => {
            const needed = [AROUND, ...steps().map(({ asks = [] }) => asks)].flatMap((asks) =>
                asks.filter(({ without }) => without === undefined),
            );
            expect(new Set(needed.map(({ where }) => where))).to.deep.equal(new Set(["target"]));
            expect(needed.map(({ action }) => action)).to.include("arc-region-switch:StartPlanExecution");
        });
    });

    describe("is a wrong call", () => {
        it("where there is no plan", async () => {
            const own = new Bench(topology({ regionSwitchPlanArn: undefined }));
            try {
                const { status, stderr } = await own.call(PLANNED);
                expect(status).to.equal(2);
                expect(stderr).to.contain("prod has no plan of Region switch");
                expect(stderr).to.contain("regionSwitchPlan: true");
                expect(own.world.calls.filter((call) => call.includes("Plan"))).to.deep.equal([]);
            } finally {
                own.dispose();
            }
        });

        it("with --approve alone", async () => {
            for (const argv of [
                ["switchover", "--to", "eu", "--approve"],
                ["failover", "--to", "eu", "--accept-data-loss", "--approve"],
            ]) {
                const { status, stderr } = await bench.call(argv);
                expect(status).to.equal(2);
                expect(stderr).to.contain("--approve goes with --by-plan");
            }
        });
    });

    it("without the plan is refused while the plan is carried out, when it is planned", async () => {
        service().pendingMilliseconds = 3_600_000;
        service().startElsewhere(EU, "graceful");
        expect((await bench.call(["switchover", "--to", "eu", "--yes"])).status).to.equal(1);
        expect(bench.report().error?.message).to.contain("(graceful, to activate eu-central-1) is pending");
        expect(bench.world.writer).to.equal("us");
    });
});
