import { expect } from "chai";
import { Bench } from "../../support/drill/commands";
import { topology, topologyJson } from "../../support/drill/topologies";

const ARGV = ["rehearse", "--yes"];

describe("rehearse", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    const figure = (name: string): unknown => bench.report().figures.find((each) => each.name === name)?.data;

    it("switches over and back, and measures both from the probe's record", async () => {
        const { status, stdout } = await bench.call(ARGV);
        expect(status, stdout).to.equal(0);
        expect(bench.report()).to.include({ verdict: "PASS", outcome: "done" });
        expect(bench.report().reasons).to.deep.equal([
            "switchover: RTO 40 s (target: under 1 min), RPO 0 ms (target: under 1 s)",
            "failback: RTO 40 s (target: under 1 min), RPO 0 ms (target: under 1 s)",
        ]);
        expect(figure("switchover: RTO")).to.equal(40);
        expect(figure("switchover: RPO")).to.equal(0);
        expect(bench.world.writer).to.equal("us");
    });

    it("fails when writes are dropped for 90 s", async () => {
        bench.world.faults.dropsWritesFor = 50_000;
        expect((await bench.call(ARGV)).status).to.equal(1);
        expect(bench.report()).to.include({ verdict: "FAIL", outcome: "done" });
        expect(figure("switchover: RTO")).to.equal(90);
        expect(bench.report().reasons[0]).to.equal(
            "switchover: RTO 1 min 30 s, and it must be under 1 min: writes failed for 1 min 30 s in 1 outage; " +
                "90 of 105 writes failed (85.7 %)",
        );
    });

    it("holds the same figures against the targets of the configuration", async () => {
        const lenient = new Bench(topology({ targets: { switchoverRtoSeconds: 91 } }));
        try {
            lenient.world.faults.dropsWritesFor = 50_000;
            expect((await lenient.call(ARGV)).status).to.equal(0);
        } finally {
            lenient.dispose();
        }
    });

    it("is inconclusive when AWS takes the switchover up and never finishes it", async () => {
        bench.world.faults.neverSwitches = true;
        expect((await bench.call(ARGV)).status).to.equal(3);
        expect(bench.report()).to.include({ verdict: "INCONCLUSIVE", outcome: "halfway" });
        expect(bench.report().reasons[0]).to.equal(
            "switchover: no write failed and the same region writes as before: the fault never took effect",
        );
    });

    it("is inconclusive when AWS answers a switchover and does nothing", async () => {
        bench.world.faults.ignoresSwitches = true;
        bench.world.switchMilliseconds = 0;
        expect((await bench.call(ARGV)).status).to.equal(3);
        expect(bench.report().verdict).to.equal("INCONCLUSIVE");
    });

    it("fails over, goes home and restores, with a figure for each", async () => {
        const { status, stdout } = await bench.call([...ARGV, "--parts", "failover,restore"]);
        expect(status, stdout).to.equal(0);
        expect(bench.world.writer).to.equal("us");
        expect(bench.world.faults.lost.size, "the fault is healed").to.equal(0);
        expect(figure("failover: RTO")).to.equal(48);
        expect(figure("return from the failover: RTO")).to.equal(40);
        expect(bench.report().figures.map(({ name }) => name)).to.include("restore: From start to verified");
    });

    it("computes the RPO of a failover from the markers that are gone", async () => {
        bench.world.lagMilliseconds = 2500;
        await bench.call([...ARGV, "--parts", "failover"]);
        expect(figure("failover: RPO")).to.equal(3);
        expect(figure("failover: markers")).to.have.property("lost").with.length(9);
        expect(bench.report().verdict).to.equal("PASS");
    });

    it("fails a failover that loses more than is allowed", async () => {
        const strict = new Bench(topology({ targets: { failoverRpoSeconds: 2 } }));
        try {
            strict.world.lagMilliseconds = 2500;
            expect((await strict.call([...ARGV, "--parts", "failover"])).status).to.equal(1);
            expect(strict.report().reasons[0]).to.equal(
                "failover: RPO 3 s, and it must be under 2 s: 9 acknowledged markers are lost",
            );
        } finally {
            strict.dispose();
        }
    });

    it("is inconclusive when the fault never took effect, and does not fail over", async () => {
        Object.assign(bench.world, { command: () => Promise.resolve() });
        expect((await bench.call([...ARGV, "--parts", "failover"])).status).to.equal(3);
        expect(bench.report().reasons.join("\n")).to.contain("the fault never took effect");
        expect(bench.world.writer).to.equal("us");
        expect(bench.report().outcome, "the fault is healed, so nothing is left").to.equal("failed");
        expect(bench.report().phases.find(({ id }) => id === "failover/heal")).to.include({ state: "done" });
    });

    it("heals the fault when a step after it fails", async () => {
        bench.world.cluster("eu").status = "stopped";
        expect((await bench.call([...ARGV, "--parts", "failover"])).status).not.to.equal(0);
        expect(bench.world.faults.lost.size).to.equal(0);
        expect(bench.world.writer).to.equal("us");
    });

    it("goes on telling other machines how far it is, however much is lost: figures stay where the probe is", async () => {
        bench.world.lagMilliseconds = 120_000;
        bench.world.at("eu").lag = 120_000;
        const told: string[] = [];
        const regional = bench.world.aws.in.bind(bench.world.aws);
        const watched = (region: string): ReturnType<typeof regional> => {
            const aws = regional(region);
            const replace: typeof aws.parameters.replace = (name, value) => {
                told.push(value);
                return aws.parameters.replace(name, value);
            };
            return { ...aws, parameters: { ...aws.parameters, replace } };
        };
        Object.assign(bench.world, { aws: { ...bench.world.aws, in: watched } });
        await bench.call([...ARGV, "--parts", "failover"]);
        expect(figure("failover: markers")).to.have.property("lost").with.length.greaterThan(200);
        expect(told.filter((value) => value.includes('"failover/return/switch-over"'))).not.to.deep.equal([]);
        // Source: AWS Systems Manager User Guide, "Managing parameter tiers".
        expect(Math.max(...told.map(({ length }) => length))).to.be.lessThan(4096);
    });

    describe("measures more than the moment of the switch", () => {
        const FAILOVER = [...ARGV, "--parts", "failover"];

        it("fails a failover of which the last minute is lost, although nobody knew how far behind it was", async () => {
            bench.world.lagMilliseconds = 60_000;
            expect((await bench.call(FAILOVER)).status).to.equal(1);
            expect(bench.report().reasons[0]).to.match(
                /^failover: RPO at least 1\d(\.\d)? s, and it must be under 5 s: \d+ acknowledged markers are lost$/,
            );
        });

        it("writes for longer than the replication is behind first, and then knows the whole loss", async () => {
            bench.world.lagMilliseconds = 60_000;
            bench.world.at("eu").lag = 60_000;
            expect((await bench.call(FAILOVER)).status).to.equal(1);
            expect(bench.report().reasons[0]).to.match(
                /^failover: RPO 1 min( 1 s)?, and it must be under 5 s: /,
            );
        });

        it("finds the losses of a failover among the markers of the parts before it", async () => {
            bench.world.lagMilliseconds = 60_000;
            const parts = ["--parts", "switchover,failback,failover"];
            expect((await bench.call([...ARGV, ...parts])).status).to.equal(1);
            expect(bench.report().reasons[2]).to.match(/^failover: RPO \d\d s, and it must be under 5 s: /);
            expect(figure("return from the failover: RPO"), "counted once").to.equal(0);
        });

        it("counts writes that come and go whole", async () => {
            const own = new Bench(topology({ probe: { url: "https://shop.example.com/markers" } }));
            try {
                let since = Infinity;
                own.world.faults.refusesAt = (time) =>
                    time > since && time < since + 50_000 && (time - since) % 10_000 < 5000;
                const checkpoint = (step: string, moment: string): void => {
                    since = step === "switchover/soak" && moment === "started" ? own.clock.now() : since;
                };
                const argv = [...ARGV, "--parts", "switchover"];
                expect((await own.call(argv, { checkpoint })).status).to.equal(1);
                expect(own.report().reasons[0]).to.equal(
                    "switchover: RTO 1 min 30 s, and it must be under 1 min: " +
                        "writes failed for 1 min 4 s in 6 outages; 64 of 110 writes failed (58.2 %)",
                );
            } finally {
                own.dispose();
            }
        });

        const refuseFrom = (step: string, moment: string, seconds: number) => {
            let since = Infinity;
            bench.world.faults.refusesAt = (time) => time >= since && time < since + seconds * 1000;
            return (at: string, when: string): void => {
                since = at === step && when === moment ? bench.clock.now() : since;
            };
        };

        it("counts what fails between two parts for the one that went before", async () => {
            const own = new Bench(topology({ targets: { failoverRtoSeconds: 100 } }));
            try {
                let since = Infinity;
                own.world.faults.refusesAt = (time) => time >= since && time < since + 70_000;
                const original = own.world.command;
                Object.assign(own.world, {
                    command: async (words: readonly string[]) => {
                        if (words[0] === "heal") {
                            since = own.clock.now();
                            await own.clock.sleep(30_000);
                        }
                        await original(words);
                    },
                });
                const { status, stdout } = await own.call(FAILOVER);
                expect(stdout).to.contain("  PASS: RTO 48 s (target: under 1 min 40 s)");
                expect(stdout).to.contain("failover comes to FAIL after all: RTO 2 min ");
                const [failover, back] = own.report().reasons;
                expect(failover).to.match(/^failover: RTO 2 min \d+ s, and it must be under 1 min 40 s: /);
                expect(back).to.match(/^return from the failover: RTO 40 s \(/);
                expect(status).to.equal(1);
            } finally {
                own.dispose();
            }
        });

        it("counts what fails while markers are read back, after the last part too", async () => {
            const checkpoint = refuseFrom("switchover/measure", "effected", 90);
            const { status } = await bench.call([...ARGV, "--parts", "switchover,restore"], { checkpoint });
            expect(bench.report().phases.find(({ id }) => id === "switchover/measure")?.detail).to.match(
                /^PASS/,
            );
            expect([status, bench.report().reasons[0]]).to.satisfy(
                ([code, reason]: [number, string]) =>
                    code === 1 &&
                    /^switchover: (RTO|writes failed)/.test(reason) &&
                    !reason.includes("target: under"),
            );
        });
    });

    describe("sees who takes the markers", () => {
        it("fails when the application of the lost region goes on writing there", async () => {
            bench.world.faults.headstrong.add("us");
            const { status } = await bench.call([...ARGV, "--parts", "failover"]);
            expect(status).to.equal(1);
            expect(bench.report().reasons.join("\n")).to.match(
                /failover: us took \d+ markers after eu had taken over: an application goes on writing to the region that was left/,
            );
        });

        it("fails when viewers are never sent to the new writer, although all that they wrote can be read", async () => {
            bench.world.faults.headstrong.add("us");
            bench.world.faults.clung.add("us");
            const { status } = await bench.call([...ARGV, "--parts", "switchover"]);
            expect(status).to.equal(1);
            expect(bench.report().reasons.join("\n")).to.match(
                /switchover: us took \d+ markers after eu had taken over/,
            );
        });

        it("is inconclusive when the application names nobody", async () => {
            bench.world.faults.namesAs = "";
            expect((await bench.call([...ARGV, "--parts", "switchover"])).status).to.equal(3);
            expect(bench.report().reasons).to.deep.equal([
                "switchover: the application does not name the region that took a marker, so it is not known whether it " +
                    "writes where it should",
            ]);
        });

        it("writes through every region's own host, and counts what came of it apart", async () => {
            expect((await bench.call([...ARGV, "--parts", "failover"])).status).to.equal(0);
            const us = figure("failover: through us's own host") as {
                attempts: number;
                acknowledged: number;
            };
            expect(us.acknowledged).to.be.lessThan(us.attempts - 40);
            expect(figure("failover: through eu's own host")).to.include({ lost: 0 });
        });
    });

    it("measures anew when it goes on after an interruption, with no stale verdict", async () => {
        const interrupt = new AbortController();
        const first = await bench.call(ARGV, {
            signal: interrupt.signal,
            checkpoint: (step, moment) => {
                if (step === "switchover/wait-switched" && moment === "started") {
                    void bench.clock.sleep(12_000).then(() => {
                        interrupt.abort(new Error("interrupted"));
                    });
                }
            },
        });
        expect(first.status).to.equal(1);
        expect(bench.report().reasons[0]).to.contain("had not recovered at the end");
        const second = await bench.call(ARGV);
        expect(bench.report().reasons[0]).not.to.contain("had not recovered");
        expect(bench.report().reasons[0]).to.match(/^switchover: RTO 40 s/);
        expect(second.status).to.equal(0);
    });

    it("is not titled PASS when it was rolled back, and is done all the same", async () => {
        await bench.dieAt(ARGV, "switchover/wait-lag");
        const { status, stdout } = await bench.call(["rehearse", "--rollback"]);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("# rehearse switchover, failback with eu (prod): ROLLED BACK\n");
        expect(bench.report()).to.include({ outcome: "rolled-back", verdict: "INCONCLUSIVE" });
    });

    describe("ends the fault that it has ordered", () => {
        const slow = (): Bench => new Bench(topology({ timeouts: { strike: 30 } }));

        /** A strike that takes effect after a while, unless it is ended before. */
        function delayed(own: Bench, seconds: number, isObedient: boolean): string[] {
            const seen: string[] = [];
            const original = own.world.command;
            Object.assign(own.world, {
                command: async (words: readonly string[], signal?: AbortSignal) => {
                    if (words[0] !== "strike") {
                        seen.push("heal");
                        return original(words);
                    }
                    await own.clock.sleep(seconds * 1000, isObedient ? signal : undefined);
                    if (isObedient && signal?.aborted === true) {
                        await own.clock.sleep(2000);
                        seen.push("strike ended");
                        throw new Error("strike was ended");
                    }
                    seen.push("strike");
                    return original(words);
                },
            });
            return seen;
        }

        it("before it heals, when it takes longer than its limit", async () => {
            const own = slow();
            try {
                const seen = delayed(own, 60, true);
                expect((await own.call([...ARGV, "--parts", "failover"])).status).to.equal(3);
                expect(seen).to.deep.equal(["strike ended", "heal"]);
                expect(own.report().error?.message).to.equal(
                    "strike us took longer than its 30 s, and is ended before the fault is healed",
                );
                expect(own.report().afterwards.join()).not.to.contain("may still come");
                expect(own.world.faults.lost.size).to.equal(0);
            } finally {
                own.dispose();
            }
        });

        it("or says that it may still come, when it does not end", async () => {
            const own = slow();
            try {
                const seen = delayed(own, 600, false);
                expect((await own.call([...ARGV, "--parts", "failover"])).status).to.equal(3);
                expect(seen).to.deep.equal(["heal"]);
                const said = "The fault may still come: the end of `strike us` was not seen.";
                expect(own.report().afterwards[0]).to.contain(said);
                expect(own.report().phases.find(({ id }) => id === "failover/heal")?.detail).to.contain(said);
            } finally {
                own.dispose();
            }
        });

        it("or says so when the process that began it died", async () => {
            await bench.dieAt([...ARGV, "--parts", "failover"], "failover/strike", "effected");
            await bench.call([...ARGV, "--parts", "failover"]);
            expect(bench.report().afterwards.join(), "its end was seen").not.to.contain("may still come");

            const own = slow();
            try {
                const original = own.world.command;
                const dying = new Promise<never>(() => undefined);
                Object.assign(own.world, { command: () => dying });
                await own.dieAt([...ARGV, "--parts", "failover"], "failover/heal");
                Object.assign(own.world, { command: original });
                await own.call([...ARGV, "--parts", "failover"]);
                expect(own.report().afterwards.join()).to.contain("The fault may still come");
            } finally {
                own.dispose();
            }
        });
    });

    it("does not begin before writes go through", async () => {
        bench.world.faults.lost.add("us");
        expect((await bench.call(ARGV)).status).to.equal(3);
        expect(bench.report().error?.message).to.equal(
            "waited 2 min for 5 markers in a row to be written; last seen: HTTP 503",
        );
        expect(bench.world.calls.some((call) => call.includes("Switchover"))).to.equal(false);
    });

    it("refuses a call that it cannot serve", async () => {
        const { fault: _fault, probe: _probe, ...rest } = topologyJson();
        const bare = new Bench(topology({ ...rest, fault: undefined, probe: undefined }));
        try {
            expect((await bare.call(ARGV)).stderr).to.contain(
                "a rehearsal needs the URL that markers are written to",
            );
            const withUrl = [...ARGV, "--probe-url", "https://shop.example.com/markers"];
            expect((await bare.call([...withUrl, "--parts", "failover"])).stderr).to.contain(
                "the part failover needs commands that take the primary away",
            );
            expect((await bare.call([...withUrl, "--parts", "lunch"])).stderr).to.contain(
                "--parts is lunch; allowed: switchover, failback, failover, restore",
            );
            expect((await bare.call([...withUrl, "--parts", "failback"])).stderr).to.contain("name both");
            expect((await bare.call([...withUrl, "--to", "us"])).stderr).to.contain(
                "--to is us; allowed: eu",
            );
            expect((await bare.call(withUrl)).status).to.equal(0);
        } finally {
            bare.dispose();
        }
    });

    it("stays away when it is told to, and says how to come home", async () => {
        expect((await bench.call([...ARGV, "--parts", "switchover"])).status).to.equal(0);
        expect(bench.world.writer).to.equal("eu");
        expect(bench.report().afterwards).to.deep.equal([
            "eu writes now: `npm run drill -- failback` goes home.",
        ]);
    });
});
