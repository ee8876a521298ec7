import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { cleanUp, failing, globalState, testWorld } from "./deployments";

const CHANGED = { url: "https://us.shop.example.com", origin: { dnsName: "b.example.com" } };

describe("npm run up", () => {
    afterEach(cleanUp);

    it("prints the plan, updates the regions side by side, then the global stack, and sums up", async () => {
        const world = testWorld();
        expect(await world.run("up", "--yes")).to.equal(0);
        expect(world.runner.calls).to.deep.equal(["up prod-eu", "up prod-us", "up prod-global"]);
        expect(world.runner.most).to.equal(2);
        expect(world.printed).to.equal(`Plan: up prod, at most 4 at a time
  1. update prod-eu; side by side with update prod-us
  2. update prod-global

12:00:00  prod-eu      begun, output in ${log(world.projectDir, "prod-eu")}
12:00:00  prod-us      begun, output in ${log(world.projectDir, "prod-us")}
12:01:00  prod-eu      done in 1 min: 2 created, 3 unchanged
12:01:00  prod-us      done in 1 min: 2 created, 3 unchanged
12:01:00  prod-global  begun, output in ${log(world.projectDir, "prod-global")}
12:02:00  prod-global  done in 1 min: 2 created, 3 unchanged

Summary, after 2 min:
  prod-eu      done in 1 min: 2 created, 3 unchanged
  prod-us      done in 1 min: 2 created, 3 unchanged
  prod-global  done in 1 min: 2 created, 3 unchanged
`);
        expect(world.complained).to.equal("");
    });

    it("takes an environment of one region, which has no global stack", async () => {
        const world = testWorld();
        fs.copyFileSync(
            path.join(__dirname, "../../../Pulumi.dev-us.yaml"),
            path.join(world.projectDir, "Pulumi.dev-us.yaml"),
        );
        expect(await world.run("up", "--yes", "--environment", "dev")).to.equal(0);
        expect(world.complained).to.equal("");
        expect(world.runner.calls).to.deep.equal(["up dev-us"]);
        expect(await world.run("destroy", "--yes", "--environment", "dev")).to.equal(0);
        expect(world.complained).to.equal("");
        expect(world.runner.calls).to.deep.equal(["up dev-us", "destroy dev-us"]);
    });

    it("keeps Pulumi's output of each stack in a file of its own", async () => {
        const world = testWorld();
        await world.run("up", "--yes");
        const file = path.join(world.projectDir, ".meridian", "logs", "up-prod-us.log");
        expect(fs.readFileSync(file, "utf8")).to.equal("up of prod-us\n");
    });

    it("updates one stack at a time when told so", async () => {
        const world = testWorld();
        await world.run("up", "--yes", "--parallel", "1");
        expect(world.runner.most).to.equal(1);
    });

    it("changes nothing on a dry run, and asks nobody", async () => {
        const world = testWorld();
        expect(await world.run("up", "--dry-run")).to.equal(0);
        expect(world.printed).to.match(/^Plan: up prod/);
        expect(world.runner.calls).to.deep.equal([]);
        expect(fs.existsSync(path.join(world.projectDir, ".meridian"))).to.equal(false);
    });

    describe("when a stack fails", () => {
        it("lets its sibling finish, stops what depends on it, reports all and fails", async () => {
            const world = testWorld({ "prod-us": { trouble: failing("prod-us") } });
            expect(await world.run("up", "--yes")).to.equal(1);
            expect(world.runner.calls).to.deep.equal(["up prod-eu", "up prod-us"]);
            expect(world.printed).to.contain(
                "12:01:00  prod-us      FAILED after 1 min: prod-us: pulumi up failed\n" +
                    "          │ error: quota exceeded\n",
            );
            expect(world.printed).to.contain(`Summary, after 1 min:
  prod-eu      done in 1 min: 2 created, 3 unchanged
  prod-us      FAILED after 1 min: prod-us: pulumi up failed
  prod-global  not begun, because of prod-us

Call the same command again to go on with what is not done.
`);
        });

        it("goes on with what is not done when it is called again", async () => {
            const world = testWorld({ "prod-us": { trouble: failing("prod-us") } });
            await world.run("up", "--yes");
            delete world.runner.of("prod-us").trouble;
            world.runner.calls.length = 0;
            expect(await world.run("up", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["up prod-us", "up prod-global"]);
            expect(world.printed).to.contain(`Plan: up prod, at most 4 at a time
  1. prod-eu (already done); side by side with update prod-us
  2. update prod-global
  Goes on with the run of 2026-01-05T12:00:00.000Z.
  prod-us had failed: prod-us: pulumi up failed
`);
            expect(world.printed).to.contain("  prod-eu      done by the earlier run\n");
        });

        it("begins anew when told so, or when the program has changed since", async () => {
            for (const change of ["--from-start", "program"]) {
                const world = testWorld({ "prod-us": { trouble: failing("prod-us") } });
                await world.run("up", "--yes");
                world.runner.calls.length = 0;
                if (change === "program") {
                    fs.writeFileSync(path.join(world.projectDir, "index.ts"), "export {};\n");
                }
                await world.run("up", "--yes", ...(change === "program" ? [] : [change]));
                expect(world.runner.calls, change).to.deep.equal(["up prod-eu", "up prod-us"]);
                expect(world.printed).to.contain(
                    change === "program"
                        ? "  The run of 2026-01-05T12:00:00.000Z is unfinished, and the program or its configuration " +
                              "has changed since: everything is done again.\n"
                        : "  The run of 2026-01-05T12:00:00.000Z is unfinished; --from-start leaves it.\n",
                );
            }
        });

        it("begins anew after a run that came to its end", async () => {
            const world = testWorld();
            await world.run("up", "--yes");
            world.runner.calls.length = 0;
            await world.run("up", "--yes");
            expect(world.runner.calls).to.have.length(3);
        });
    });

    describe("when it is stopped", () => {
        it("says what runs, begins nothing new, tells Pulumi once, and goes on when called again", async () => {
            let told = 0;
            const world = testWorld();
            world.runner.of("prod-us").trouble = (_, watch) => {
                watch.signal.addEventListener("abort", () => (told += 1));
                world.interrupt({ name: "SIGTERM", reachedChildren: false });
            };
            expect(await world.run("up", "--yes", "--parallel", "1")).to.equal(1);
            const journal = path.join(world.projectDir, ".meridian", "deploy-up-prod.jsonl");
            expect(world.printed).to.contain(
                "SIGTERM: prod-us is still running; waiting for Pulumi to end. Nothing new is begun, and the journal " +
                    `${journal} is intact: call again to go on.\n`,
            );
            expect(told).to.equal(1);
            expect(world.runner.calls).to.deep.equal(["up prod-eu", "up prod-us"]);
            expect(world.printed).to.contain("  prod-global  not begun, because the run was stopped\n");
            expect(world.journal("up").map(({ event }) => event)).to.deep.equal([
                ...["run", "started", "done", "started", "stopped", "done", "finished"],
            ]);

            delete world.runner.of("prod-us").trouble;
            world.runner.calls.length = 0;
            expect(await world.run("up", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["up prod-global"]);
        });

        it("does not send Pulumi a Ctrl-C that it had from the terminal", async () => {
            const world = testWorld();
            let told = false;
            world.runner.of("prod-us").trouble = (_, watch) => {
                world.interrupt({ name: "SIGINT", reachedChildren: true });
                told = watch.signal.aborted;
            };
            expect(await world.run("up", "--yes", "--parallel", "1")).to.equal(1);
            expect(told).to.equal(false);
        });

        it("takes a stack up again that was interrupted by a kill", async () => {
            const world = testWorld();
            await world.run("up", "--yes");
            // As it is left by a kill while the global stack was being updated.
            const file = path.join(world.projectDir, ".meridian", "deploy-up-prod.jsonl");
            const lines = fs.readFileSync(file, "utf8").trim().split("\n");
            fs.writeFileSync(file, `${lines.slice(0, -2).join("\n")}\n{"event":"do`);
            world.runner.calls.length = 0;
            expect(await world.run("up", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["up prod-global"]);
            expect(world.printed).to.contain(
                "  prod-global was interrupted: it is begun again, and Pulumi finds out how far it came.\n",
            );
        });
    });

    describe("and the global stack's references", () => {
        it("says which outputs have changed since the global stack read them", async () => {
            const world = testWorld({ "prod-us": { outputs: CHANGED } });
            await world.run("up", "--yes");
            expect(world.printed).to.contain(
                "12:00:00  prod-global  due: prod-us has changed: origin.dnsName since it was updated last\n",
            );
        });

        it("updates the global stack in the same run when a region's update changed what it reads", async () => {
            const world = testWorld({ "prod-us": { next: CHANGED } });
            expect(await world.run("up", "us", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["up prod-us", "up prod-global"]);
            expect(world.printed).to.contain(
                "  Then prod-global too, if what it reads of the others has changed.\n",
            );
            expect(world.printed).to.contain(
                "12:01:00  prod-global  due: prod-us has changed: origin.dnsName since it was updated last\n",
            );
        });

        it("leaves the global stack alone when nothing that it reads has changed", async () => {
            const world = testWorld();
            expect(await world.run("up", "us", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["up prod-us"]);
        });

        it("does not update the global stack after a failure", async () => {
            const world = testWorld({
                "prod-us": { next: CHANGED },
                "prod-eu": { trouble: failing("prod-eu") },
            });
            expect(await world.run("up", "us", "eu", "--yes")).to.equal(1);
            expect(world.runner.calls).to.deep.equal(["up prod-us", "up prod-eu"].sort());
        });

        it("does not make a global stack that nobody asked for", async () => {
            const world = testWorld({ "prod-global": { exists: false } });
            expect(await world.run("up", "us", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["up prod-us"]);
            expect(world.printed).to.contain(
                "prod-global  left alone: prod-global does not exist in the backend\n",
            );
        });

        it("does not make one that the backend has, empty, when nobody asked for it", async () => {
            const world = testWorld({ "prod-global": { resources: [] } });
            expect(await world.run("up", "us", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["up prod-us"]);
            expect(world.printed).to.contain("prod-global  left alone: prod-global has not been made yet\n");
        });

        it("finds a region that the global stack has never read", async () => {
            const world = testWorld();
            world.runner.of("prod-global").resources = globalState({
                "prod-us": world.runner.of("prod-us").outputs,
            });
            await world.run("up", "--yes");
            expect(world.printed).to.contain(
                "prod-global  due: prod-eu was not read yet since it was updated last\n",
            );
        });
    });

    describe("and stacks that the backend does not have", () => {
        it("changes nothing, and says how to have them made", async () => {
            const world = testWorld({ "prod-eu": { exists: false }, "prod-global": { exists: false } });
            expect(await world.run("up", "--yes")).to.equal(1);
            expect(world.complained).to.equal(
                "error: the backend has no stacks prod-eu, prod-global; --init makes them\n",
            );
            expect(world.runner.calls).to.deep.equal([]);
            expect(world.journal("up")).to.deep.equal([]);
        });

        it("makes them with --init", async () => {
            const world = testWorld({ "prod-eu": { exists: false } });
            expect(await world.run("up", "--yes", "--init")).to.equal(0);
            expect(world.runner.calls[0]).to.equal("init prod-eu");
            expect(world.printed).to.contain("prod-eu      made, empty, in the backend\n");
        });

        for (const [title, note] of Object.entries({
            "a passphrase": "encryptionsalt: v1:salt=:v1:nonce:text\n",
            "a key of a cloud": "secretsprovider: awskms://alias/shop\nencryptedkey: AQIDAHg\n",
        })) {
            it(`goes on with a first run that failed, though stacks were made with ${title}, which their files tell now`, async () => {
                const world = testWorld({
                    "prod-us": { exists: false, trouble: failing("prod-us") },
                    "prod-eu": { exists: false },
                });
                const fileOf = (stack: string): string => path.join(world.projectDir, `Pulumi.${stack}.yaml`);
                fs.appendFileSync(fileOf("prod-eu"), "  meridian:webMaxSize: 12\n\n  meridian:schedule:\n");
                world.runner.afterInit = (stack) => {
                    // Pulumi writes the whole file anew, with every value as a text, and without empty lines.
                    const before = fs.readFileSync(fileOf(stack), "utf8");
                    const texts = before
                        .replaceAll(/: (\d+|true|false)$/gm, ': "$1"')
                        .replaceAll("\n\n", "\n");
                    fs.writeFileSync(fileOf(stack), texts.replace(/schedule:$/m, 'schedule: ""') + note);
                };
                expect(await world.run("up", "--yes", "--init")).to.equal(1);
                expect(await world.run("up", "--yes", "--init")).to.equal(1);
                expect(world.printed)
                    .to.contain("Goes on with the run of ")
                    .and.to.contain("prod-eu (already done)");
                expect(world.runner.calls.filter((call) => call === "up prod-eu")).to.have.length(1);
            });
        }

        it("does everything again when a value of the configuration has changed since", async () => {
            const world = testWorld({ "prod-us": { trouble: failing("prod-us") } });
            await world.run("up", "--yes");
            fs.appendFileSync(
                path.join(world.projectDir, "Pulumi.prod-eu.yaml"),
                "  meridian:owner: others\n",
            );
            await world.run("up", "--yes");
            expect(world.printed).to.contain("everything is done again.");
        });
    });

    describe("and the operator", () => {
        it("asks before it begins, and changes nothing on any answer but yes", async () => {
            const world = testWorld();
            world.answer = "y";
            expect(await world.run("up")).to.equal(1);
            expect(world.asked).to.deep.equal(["Begin? (yes/no) "]);
            expect(world.complained).to.equal('refused: the answer was "y"; nothing was changed\n');
            expect(world.runner.calls).to.deep.equal([]);
            world.answer = "yes";
            expect(await world.run("up")).to.equal(0);
        });

        it("wants --yes where nobody can be asked", async () => {
            const world = testWorld();
            expect(await world.run("up")).to.equal(2);
            expect(world.complained).to.match(
                /^Nobody can be asked here, so --yes has to say that the plan may be carried out\.\n/,
            );
        });

        it("keeps a second deployment out while one runs, and not after it or after a kill", async () => {
            const world = testWorld();
            const lock = path.join(world.projectDir, ".meridian", "deploy-prod.lock");
            fs.mkdirSync(path.dirname(lock));
            const held = (pid: number): void => {
                fs.writeFileSync(lock, JSON.stringify({ pid, what: "npm run destroy", since: "noon" }));
            };
            held(process.pid);
            expect(await world.run("up", "--yes")).to.equal(1);
            expect(world.complained).to.equal(
                `refused: npm run destroy of prod is running here since noon (process ${process.pid}): wait for it, ` +
                    "or stop it\n",
            );
            // The highest process id that Linux gives is 4194304.
            held(4_194_305);
            expect(await world.run("up", "--yes")).to.equal(0);
            expect(fs.existsSync(lock)).to.equal(false);
        });
    });
});

function log(projectDir: string, stack: string): string {
    return path.relative(process.cwd(), path.join(projectDir, ".meridian", "logs", `up-${stack}.log`));
}
