import { expect } from "chai";
import { type Finding, type StatusReport } from "../../../tools/drill/status/types";
import { Bench, type Result } from "../../support/drill/commands";
import { topology } from "../../support/drill/topologies";

describe("status", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    async function look(): Promise<StatusReport & { result: Result }> {
        const result = await bench.call(["status", "--json"]);
        return { ...(JSON.parse(result.stdout) as StatusReport), result };
    }

    function finding(report: StatusReport, region: string, subject: string): Finding {
        const found = report.findings.find((each) => each.region === region && each.subject === subject);
        expect(found, `${region} ${subject}`).not.to.equal(undefined);
        return found!;
    }

    it("says that a failover would work, and exits with 0", async () => {
        const report = await look();
        expect(report).to.deep.include({ writer: "us", verdict: "READY", targets: { eu: "READY" } });
        expect(report.findings.filter(({ state }) => state !== "ok")).to.deep.equal([]);
        expect(report.result.status).to.equal(0);
        expect(bench.world.calls.filter((call) => !/Describe|Get|List/.test(call))).to.deep.equal([]);
    });

    it("shows a table to people", async () => {
        const { stdout } = await bench.call(["status"]);
        expect(stdout).to.contain("Looking at us (us-east-1), eu (eu-central-1); nothing is changed.");
        expect(stdout).to.contain("prod, 2026-03-01T12:00:00.000Z: us writes.\n");
        expect(stdout).to.match(/^ok {2}eu {6}Lag +120 ms behind, measured 30 s ago$/m);
        expect(stdout).to.contain("A failover to eu would work: READY\nVerdict: READY\n");
    });

    const bad: readonly (readonly [string, string, RegExp, (bench: Bench) => void])[] = [
        ["eu", "Account", /999988887777/, ({ world }) => (world.accountId = "999988887777")],
        ["eu", "From outside", /^red: 0 of 3/, ({ world }) => world.faults.lost.add("eu")],
        [
            "eu",
            "Database",
            /standby, maintenance/,
            ({ world }) => (world.cluster("eu").status = "maintenance"),
        ],
        ["eu", "Database", /0 of 0 instances/, ({ world }) => (world.cluster("eu").instances = [])],
        ["eu", "Lag", /^6000 ms/, ({ world }) => (world.at("eu").lag = 6000)],
        ["eu", "Fleets", /there is no group web-eu/, ({ world }) => world.at("eu").fleets.delete("web-eu")],
        ["eu", "Certificate", /it has expired/, ({ world }) => (world.at("eu").certificateDays = -1)],
        ["eu", "Recovery point", /is 1 d 3 h old/, ({ world }) => world.at("eu").points.splice(0, 1)],
        [
            "eu",
            "Recovery point",
            /^vault-eu holds no completed recovery point/,
            ({ world }) => world.at("eu").points.splice(0, 2),
        ],
        [
            "eu",
            "Recovery point of personal data",
            /^personal-eu holds no completed recovery point/,
            ({ world }) => world.at("eu").points.splice(2, 1),
        ],
        [
            "eu",
            "Copied recovery point",
            /^copies-us holds no completed recovery point/,
            ({ world }) => world.at("eu").points.splice(3, 1),
        ],
        [
            "eu",
            "Engine version",
            /18.5, and us has 18.6/,
            ({ world }) => (world.cluster("eu").version = "18.5"),
        ],
        ["eu", "Capacity", /8 to 64/, ({ world }) => (world.cluster("eu").capacity.max = 16)],
        [
            "eu",
            "Quotas",
            /on-demand standard instances: 32, and us has 64/,
            ({ world }) => (world.at("eu").quota = 32),
        ],
    ];
    for (const [region, subject, text, given] of bad) {
        it(`says NOT READY and exits with 1: ${subject} ${String(text)}`, async () => {
            given(bench);
            const report = await look();
            expect(finding(report, region, subject)).to.include({ state: "bad" });
            expect(finding(report, region, subject).text).to.match(text);
            expect(report.verdict).to.equal("NOT READY");
            expect(report.result.status).to.equal(1);
        });
    }

    it("says NOT READY while the global database is changing", async () => {
        bench.world.globalStatus = "switching-over";
        const report = await look();
        expect(report.findings[0]).to.deep.include({ subject: "Global database", state: "bad" });
        expect(report.verdict).to.equal("NOT READY");
    });

    it("warns of what somebody should look at, and is READY", async () => {
        bench.world.at("eu").certificateDays = 20;
        bench.world.cluster("eu").capacity.min = 2;
        bench.world.cluster("eu").instances[1]!.status = "rebooting";
        const report = await look();
        expect(finding(report, "eu", "Certificate").state).to.equal("warn");
        expect(finding(report, "eu", "Database").text).to.equal(
            "standby, available, 1 of 2 instances available; its floor is 2 ACU, and should be 4",
        );
        expect(report.verdict).to.equal("READY");
    });

    it("marks the primary's region unreachable, goes on, and says whether a failover would work", async () => {
        bench.world.lose("us");
        const report = await look();
        expect(finding(report, "us", "API")).to.deep.include({
            state: "unknown",
            text: "unreachable: AWS in us-east-1: GetCallerIdentity was not answered (ETIMEDOUT: no answer)",
        });
        expect(finding(report, "us", "From outside").state).to.equal("bad");
        expect(finding(report, "eu", "Quotas").text).to.equal(
            "cannot be compared, because us does not answer",
        );
        expect(finding(report, "eu", "Replication").state).to.equal("ok");
        expect(report).to.deep.include({ verdict: "READY", targets: { eu: "READY" }, writer: "us" });
        expect(report.result.status).to.equal(0);
    });

    it("says NOT READY of a standby that is still catching up", async () => {
        bench.world.writer = "eu";
        bench.world.faults.lost.add("us");
        const report = await look();
        expect(finding(report, "us", "Replication")).to.include({ state: "bad", text: "pending-resync" });
        expect(report.findings[0]).to.deep.include({ subject: "Global database", state: "warn" });
        expect(report.targets).to.deep.equal({ us: "NOT READY" });
    });

    it("does not know whether an unreachable standby could take over", async () => {
        bench.world.faults.unreachable.add("eu-central-1");
        const report = await look();
        expect(report.targets).to.deep.equal({ eu: "UNKNOWN" });
        expect(report.result.status).to.equal(3);
        expect((await bench.call(["status"])).stdout).to.contain(
            "A failover to eu may or may not work: UNKNOWN",
        );
    });

    it("names the runs that are unfinished and who holds the lock", async () => {
        bench.world.at("eu").lag = 4000;
        await bench.call(["switchover", "--to", "eu", "--yes"]);
        const report = await look();
        expect(report.findings.find(({ subject }) => subject === "Unfinished run")?.text).to.contain(
            "switchover-20260301t120000000z",
        );
        expect(finding(report, "us", "Lock").text).to.match(
            /^held for 15 min: switchover, journal switchover-\w+, by kim on laptop \(process \d+\)$/,
        );
    });

    it("names the newest recovery point in each vault of each region", async () => {
        const { findings } = await look();
        expect(
            findings
                .filter(({ subject }) => /recovery point/i.test(subject))
                .map(({ region, text }) => `${region ?? ""}: ${text}`),
        ).to.deep.equal([
            "us: the newest in vault-us is 3 h old",
            "us: the newest in personal-us is 2 h old",
            "us: the newest in copies-eu is 5 h old",
            "eu: the newest in vault-eu is 3 h old",
            "eu: the newest in personal-eu is 2 h old",
            "eu: the newest in copies-us is 5 h old",
        ]);
    });

    it("takes a recovery point that AWS calls available for one that can be restored", async () => {
        const { points } = bench.world.at("eu");
        points[0] = { ...points[0]!, status: "AVAILABLE" };
        points.splice(1, 1);
        expect(finding(await look(), "eu", "Recovery point").state).to.equal("ok");
        points[0] = { ...points[0], status: "EXPIRED" };
        expect(finding(await look(), "eu", "Recovery point").state).to.equal("bad");
    });

    it("is in nobody's way when it was killed: nothing has to be finished", async () => {
        const { aws } = bench.world;
        Object.assign(bench.world, {
            aws: {
                ...aws,
                in: () => {
                    throw new Error("killed");
                },
            },
        });
        await bench.call(["status"]).catch((error: unknown) => error);
        Object.assign(bench.world, { aws });
        expect(bench.journals().map(({ kind }) => kind)).to.deep.equal(["opened"]);
        const report = await look();
        expect(report.findings.filter(({ subject }) => subject === "Unfinished run")).to.deep.equal([]);
        const { status, stderr } = await bench.call(["switchover", "--to", "eu", "--yes"]);
        expect(status, stderr).to.equal(0);
    });

    it("is noted in a journal, and keeps its report in both forms", async () => {
        await look();
        expect(bench.journals().map(({ kind }) => kind)).to.deep.equal(["opened", "note", "closed"]);
        expect(bench.report()).to.deep.include({ verdict: "READY" });
    });

    describe("names what would stop or slow a failover tonight:", () => {
        const nothing = { stops: [], slows: [], byPlan: { stops: [], slows: [] } };

        it("nothing, when all is well", async () => {
            const report = await look();
            expect(report.failover).to.deep.equal({ eu: nothing });
            expect(report.advice).to.deep.equal([]);
            expect((await bench.call(["status"])).stdout).to.contain(
                "What would stop a failover to eu: nothing.\nWhat would slow a failover to eu, or leave it weak: nothing.\n",
            );
        });

        const US = "us-east-1";
        const cases: readonly (readonly [string, "stops" | "slows", RegExp, (own: Bench) => void])[] = [
            [
                "a profile that signs in through the Identity Center of the writer's region",
                "stops",
                /^Sign-in: profile ops signs in through IAM Identity Center in us-east-1, where us writes/,
                ({ world }) => (world.signIn = { profile: "ops", identityCenterRegion: US }),
            ],
            [
                "a session of `aws login` in the writer's region",
                "stops",
                /^Sign-in: profile ops signs in by `aws login` in us-east-1, where us writes/,
                ({ world }) => (world.signIn = { profile: "ops", loginRegion: US }),
            ],
            [
                "credentials that run out soon",
                "stops",
                /^Sign-in: the credentials run out in 10 min$/,
                ({ clock, world }) =>
                    (world.signIn = { profile: "ops", expiresAt: clock.now() + 10 * 60_000 }),
            ],
            [
                "somebody's lock",
                "stops",
                /^eu: Lock: held .* by lee on desk/,
                ({ world }) =>
                    world.at("eu").parameters.set("/meridian/prod/drill/lock", [
                        JSON.stringify({
                            journal: "switchover-1",
                            verb: "switchover",
                            operator: { name: "lee", host: "desk", pid: 1 },
                            since: "2026-03-01T11:00:00.000Z",
                        }),
                    ]),
            ],
            [
                "a target whose database is down",
                "stops",
                /^eu: Database: standby, available, 0 of 2 instances available$/,
                ({ world }) => {
                    world.cluster("eu").instances.forEach((instance) => (instance.status = "failed"));
                },
            ],
            [
                "a target whose engine is another",
                "stops",
                /^eu: Engine version: 18.5, and us has 18.6/,
                ({ world }) => (world.cluster("eu").version = "18.5"),
            ],
            [
                "a target whose API does not answer",
                "stops",
                /^eu: API: unreachable/,
                ({ world }) => world.faults.unreachable.add("eu-central-1"),
            ],
            [
                "a writer's region that does not answer",
                "slows",
                /^the region that writes does not answer: each look there is given up after 6 s$/,
                ({ world }) => world.faults.unreachable.add(US),
            ],
            [
                "STS that does not answer in the target's region",
                "slows",
                /^eu: Account: 111122223333, by the cluster's ARN: AWS in eu-central-1: GetCallerIdentity/,
                ({ world }) =>
                    world.faults.failing.set("eu-central-1 GetCallerIdentity", {
                        code: "ServiceUnavailable",
                        unreachable: true,
                    }),
            ],
            [
                "SSM that may not be asked there",
                "slows",
                /^eu: Lock: AWS in eu-central-1: GetParameter failed with AccessDenied/,
                ({ world }) =>
                    world.faults.failing.set("eu-central-1 GetParameter", { code: "AccessDenied" }),
            ],
            [
                "groups that are not to be seen",
                "slows",
                /^eu: Fleets: AWS in eu-central-1: DescribeAutoScalingGroups/,
                ({ world }) =>
                    world.faults.failing.set("DescribeAutoScalingGroups", { code: "AccessDenied" }),
            ],
        ];
        for (const [what, effect, text, given] of cases) {
            it(what, async () => {
                given(bench);
                const outlook = (await look()).failover["eu"] ?? nothing;
                expect(
                    outlook[effect].filter((line) => text.test(line)),
                    outlook[effect].join("\n"),
                ).to.have.length(1);
                if (effect === "slows") {
                    expect(outlook.stops).to.deep.equal([]);
                }
            });
        }

        const planCases: readonly (readonly [string, "stops" | "slows", RegExp, (own: Bench) => void])[] = [
            [
                "what AWS's evaluation warns of, with step and resource",
                "stops",
                /^Plan: AWS's evaluation of the plan, step writer, arn:aws:iam::1:role\/switch: The role lacks rds:FailoverGlobalCluster$/,
                ({ world }) =>
                    (world.regionSwitch.warnings = [
                        {
                            warningMessage: "The role lacks rds:FailoverGlobalCluster",
                            stepName: "writer",
                            resourceArn: "arn:aws:iam::1:role/switch",
                        },
                    ]),
            ],
            [
                "an execution that goes on",
                "stops",
                /^Plan: the plan's execution us-east-1\/0{15}1 \(graceful, to activate us-east-1\) is pending; cancel it: aws arc-region-switch/,
                ({ world }) => {
                    world.regionSwitch.pendingMilliseconds = 3_600_000;
                    world.regionSwitch.startElsewhere(US, "graceful");
                },
            ],
            [
                "a region that it does not activate",
                "stops",
                /^Plan: the plan does not activate eu-central-1$/,
                ({ world }) => (world.regionSwitch.activates = [US]),
            ],
            [
                "an evaluation of two days ago",
                "slows",
                /^Plan evaluation: passed, evaluated 2 d ago: AWS does so every 30 minutes$/,
                ({ world }) => (world.regionSwitch.evaluatedAgo = 172_800_000),
            ],
            [
                "one that is still to come",
                "slows",
                /^Plan evaluation: pendingEvaluation, evaluated 15 min ago$/,
                ({ world }) => (world.regionSwitch.evaluationState = "pendingEvaluation"),
            ],
            [
                "a permission that the operator lacks",
                "slows",
                /^Plan evaluation: unknown: AWS in eu-central-1: GetPlanEvaluationStatus failed with AccessDeniedException/,
                ({ world }) =>
                    world.faults.failing.set("GetPlanEvaluationStatus", { code: "AccessDeniedException" }),
            ],
            [
                "a data plane that does not answer",
                "slows",
                /^Plan evaluation: unknown: no answer within 6 s$/,
                ({ world }) => world.faults.failing.set("GetPlanEvaluationStatus", "hangs"),
            ],
        ];
        for (const [what, effect, text, given] of planCases) {
            it(`by the plan: ${what}, which is no matter of one without it`, async () => {
                given(bench);
                const report = await look();
                const { byPlan, slows, stops } = report.failover["eu"]!;
                expect(byPlan?.[effect]).to.have.length(1);
                expect(byPlan?.[effect][0]).to.match(text);
                expect(byPlan?.[effect === "stops" ? "slows" : "stops"]).to.deep.equal([]);
                expect([stops, slows]).to.deep.equal([[], []]);
                expect(report.verdict).to.equal("READY");
                expect(report.findings.filter(({ state }) => !["ok", "warn"].includes(state))).to.deep.equal(
                    [],
                );
                expect((await bench.call(["status"])).stdout).to.contain(
                    `:\n  - ${byPlan?.[effect][0] ?? "?"}\n`,
                );
            });
        }

        it("not by a plan that there is not", async () => {
            const own = new Bench(topology({ regionSwitchPlanArn: undefined }));
            try {
                const report = JSON.parse((await own.call(["status", "--json"])).stdout) as StatusReport;
                expect(report.failover).to.deep.equal({ eu: { stops: [], slows: [] } });
                expect(own.world.calls.filter((call) => call.includes("Plan"))).to.deep.equal([]);
            } finally {
                own.dispose();
            }
        });

        it("not the profile's region alone, which is said all the same", async () => {
            bench.world.signIn = { profile: "ops", region: US, role: "arn:aws:iam::111122223333:role/ops" };
            const report = await look();
            expect(report.failover).to.deep.equal({ eu: nothing });
            expect(report.findings.find(({ subject }) => subject === "Sign-in region")).to.deep.include({
                state: "warn",
                text:
                    "profile ops says us-east-1, where us writes: the AWS CLI and Pulumi assume a role there; " +
                    "say AWS_REGION=<another region> when it is lost",
            });
            bench.world.signIn = { profile: "ops", region: "eu-central-1" };
            expect((await look()).findings.filter(({ state }) => state !== "ok")).to.deep.equal([]);
        });
    });

    it("does not wait for a region that swallows every call", async () => {
        bench.world.faults.failing.set("us-east-1 *", "hangs");
        const began = bench.clock.now();
        const report = await look();
        expect((bench.clock.now() - began) / 1000).to.be.lessThan(10);
        expect(finding(report, "us", "API").text).to.equal("unreachable: no answer within 6 s");
        expect(report).to.deep.include({ writer: "us", targets: { eu: "READY" } });
        expect(report.failover["eu"]?.stops).to.deep.equal([]);
    });

    it("calls a region unreachable when neither STS nor RDS answers there, and not for one of them", async () => {
        bench.world.faults.failing.set("eu-central-1 DescribeDBClusters", {
            code: "ServiceUnavailable",
            unreachable: true,
        });
        expect(finding(await look(), "eu", "Database").state).to.equal("unknown");
        expect(finding(await look(), "eu", "Fleets").state).to.equal("ok");
    });

    it("says what it would look at in a dry run", async () => {
        const { status, stdout } = await bench.call(["status", "--dry-run"]);
        expect([status, stdout]).to.deep.equal([
            0,
            "Looking at us (us-east-1), eu (eu-central-1); nothing is changed.\n",
        ]);
        expect(bench.world.calls).to.deep.equal([]);
    });
});
