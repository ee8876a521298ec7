import { expect } from "chai";
import { cleanUp, database, EU, failing, resource, testWorld, type TestWorld, US } from "./deployments";

const OFF = { deletionProtection: "false" };

/** A world whose protection is off, written at this cluster. */
function unprotected(writer = US): TestWorld {
    const world = testWorld({}, OFF);
    world.database.state = database(writer);
    return world;
}

describe("npm run destroy", () => {
    afterEach(cleanUp);

    describe("while protection is on", () => {
        it("refuses before it asks anybody, with the commands to turn it off", async () => {
            const world = testWorld();
            expect(await world.run("destroy", "--yes")).to.equal(1);
            expect(world.complained).to.equal(
                "refused: protection is on in prod-eu, prod-us, prod-global. If everything in prod is to go, databases " +
                    "and all, turn it off and have that applied first:\n" +
                    "  pulumi config set deletionProtection false --stack prod-eu\n" +
                    "  pulumi config set deletionProtection false --stack prod-us\n" +
                    "  pulumi config set deletionProtection false --stack prod-global\n" +
                    "  npm run up -- --environment prod\n",
            );
            expect([...world.runner.calls, ...world.database.calls]).to.deep.equal([]);
        });

        it("shows the plan on a dry run all the same, and refuses", async () => {
            const world = testWorld();
            expect(await world.run("destroy", "--dry-run", "prod-us")).to.equal(1);
            expect(world.printed).to.equal(
                "Plan: destroy prod, at most 4 at a time\n  1. destroy prod-us\n\n",
            );
            expect(world.complained).to.match(/^refused: protection is on in prod-us\./);
            expect([...world.runner.calls, ...world.database.calls]).to.deep.equal([]);
        });

        it("refuses while the configuration is not applied", async () => {
            const world = unprotected();
            world.runner
                .of("prod-us")
                .resources.push(
                    resource("aws:rds/cluster:Cluster", { protect: true }),
                    resource("aws:kms/key:Key", { protect: true }),
                );
            expect(await world.run("destroy", "--yes")).to.equal(1);
            expect(world.complained).to.equal(
                "refused: the configuration turns protection off, and it is not applied yet in prod-us (2 resources):\n" +
                    "  npm run up -- --environment prod\n",
            );
            expect(world.runner.calls).to.deep.equal([]);
        });
    });

    describe("while the founding region writes", () => {
        it("destroys the global stack, then the regions side by side", async () => {
            const world = unprotected();
            expect(await world.run("destroy", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal([
                "refresh+destroy prod-global",
                "destroy prod-eu",
                "destroy prod-us",
            ]);
            expect(world.printed).to.contain(`Plan: destroy prod, at most 4 at a time
  1. destroy prod-global
  2. destroy prod-eu; side by side with destroy prod-us
  The writer stays where it is: us-east-1, where the database was founded, writes.
`);
            expect(world.database.calls[0]).to.equal("find meridian-prod in us-east-1, eu-central-1");
            expect(world.database.calls.some((call) => call.startsWith("switchover"))).to.equal(false);
        });

        it("leaves the regions alone when the global stack fails, and goes on when called again", async () => {
            const world = unprotected();
            world.runner.of("prod-global").trouble = failing("prod-global");
            expect(await world.run("destroy", "--yes")).to.equal(1);
            expect(world.runner.calls).to.deep.equal(["refresh+destroy prod-global"]);
            expect(world.printed).to.contain("  prod-us      not begun, because of prod-global\n");
            delete world.runner.of("prod-global").trouble;
            world.runner.of("prod-eu").trouble = failing("prod-eu");
            expect(await world.run("destroy", "--yes")).to.equal(1);
            delete world.runner.of("prod-eu").trouble;
            world.runner.calls.length = 0;
            expect(await world.run("destroy", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["destroy prod-eu"]);
            expect(world.printed).to.contain("1. prod-global (already done)");
        });

        it("leaves the regions alone when Pulumi says that all is deleted, and its state says otherwise", async () => {
            const world = testWorld({}, OFF);
            world.runner.leaves = ["prod-global"];
            expect(await world.run("destroy", "--yes")).to.equal(1);
            expect(world.printed).to.contain(
                "prod-global  FAILED after 1 min: prod-global: pulumi destroy ended with 3 resources left\n",
            );
            expect(world.runner.calls).to.deep.equal(["refresh+destroy prod-global"]);
            world.runner.leaves = [];
            expect(await world.run("destroy", "--yes")).to.equal(0);
        });

        it("destroys a stack again that was made again meanwhile, whatever the journal says", async () => {
            const world = unprotected();
            world.runner.of("prod-us").trouble = failing("prod-us");
            await world.run("destroy", "--yes");
            world.runner.of("prod-eu").resources = [resource("aws:ec2/vpc:Vpc")];
            delete world.runner.of("prod-us").trouble;
            world.runner.calls.length = 0;
            expect(await world.run("destroy", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["destroy prod-eu", "destroy prod-us"]);
        });

        it("makes an unfinished update begin anew", async () => {
            const world = unprotected();
            world.runner.of("prod-global").trouble = failing("prod-global");
            await world.run("up", "--yes");
            delete world.runner.of("prod-global").trouble;
            await world.run("destroy", "--yes");
            world.runner.calls.length = 0;
            expect(await world.run("up", "--yes")).to.equal(0);
            expect(world.runner.calls).to.deep.equal(["up prod-eu", "up prod-us", "up prod-global"]);
        });
    });

    describe("while another region writes", () => {
        it("brings the writer home by switchover first, and waits for it", async () => {
            const world = unprotected(EU);
            expect(await world.run("destroy", "--yes")).to.equal(0);
            expect(world.printed).to.contain(`Plan: destroy prod, at most 4 at a time
  1. writer-home: switch meridian-prod over from eu-central-1 to us-east-1, where it was founded (no data is lost; writes pause for about a minute)
  2. destroy prod-global
  3. destroy prod-eu; side by side with destroy prod-us
`);
            expect(world.database.calls).to.include(`switchover meridian-prod in eu-central-1 to ${US}`);
            expect(world.database.calls.filter((call) => call.startsWith("switchover"))).to.have.length(1);
            expect(world.printed).to.contain(
                "writer-home  meridian-prod is available, written in eu-central-1\n",
            );
            expect(world.printed).to.contain(
                "writer-home  meridian-prod is switching-over, written in eu-central-1\n",
            );
            expect(world.printed).to.contain(
                "writer-home  meridian-prod is available, written in us-east-1\n",
            );
            expect(world.runner.calls[0]).to.equal("refresh+destroy prod-global");
        });

        it("destroys nothing when the switchover never completes", async () => {
            const world = unprotected(EU);
            world.database.looks = Infinity;
            expect(await world.run("destroy", "--yes")).to.equal(1);
            expect(world.runner.calls).to.deep.equal([]);
            expect(world.printed).to.contain(
                "waited 30 min for us-east-1 to write; last seen: switching-over, written in eu-central-1. Nothing has " +
                    "been destroyed. Look at the global database in the RDS console, and run the command again\n",
            );
            expect(world.printed).to.contain("  prod-us      not begun, because of prod-global\n");
        });

        it("destroys nothing when the operator does not want the switchover", async () => {
            const world = unprotected(EU);
            world.answer = "yes";
            expect(await world.run("destroy")).to.equal(1);
            expect(world.asked).to.deep.equal([
                "This destroys databases. Type the environment's name to begin: ",
            ]);
            expect(world.complained).to.equal('refused: the answer was "yes"; nothing was changed\n');
            expect(world.database.calls).to.deep.equal(["find meridian-prod in us-east-1, eu-central-1"]);
            world.answer = "prod";
            expect(await world.run("destroy")).to.equal(0);
        });

        it("says so on a dry run without asking AWS", async () => {
            const world = unprotected(EU);
            expect(await world.run("destroy", "--dry-run")).to.equal(0);
            expect(world.printed).to.equal(`Plan: destroy prod, at most 4 at a time
  1. writer-home: switch meridian-prod over to us-east-1, where it was founded (no data is lost; writes pause for about a minute)
  2. destroy prod-global
  3. destroy prod-eu; side by side with destroy prod-us
  Step writer-home is only done where another region than us-east-1 writes.

`);
            expect([...world.database.calls, ...world.runner.calls]).to.deep.equal([]);
        });
    });

    describe("refuses a database", () => {
        const refusals: readonly (readonly [string, (world: TestWorld) => void, string])[] = [
            [
                "of another account",
                (world) => {
                    world.database.state = { ...database(US), accountId: "999999999999" };
                },
                "the login is for account 999999999999, and the stacks are account 111122223333's",
            ],
            [
                "that AWS does not know",
                (world) => {
                    world.database.state = undefined;
                },
                "the global stack's state has the global database meridian-prod, and AWS does not know it. Either this " +
                    "is another account's login (the stacks are account 111122223333's), or it was deleted by hand: then " +
                    "run pulumi refresh on the global stack first",
            ],
            [
                "that is in the middle of something",
                (world) => {
                    world.database.state = { ...database(EU), status: "failing-over" };
                },
                "the global database meridian-prod is failing-over; try again when it is available",
            ],
            [
                "whose founding cluster cannot take over",
                (world) => {
                    world.database.state = database(EU, [EU, EU.replaceAll("eu-central-1", "eu-west-1")]);
                },
                "meridian-prod-eu in eu-central-1 writes and the founding cluster meridian-prod-us is no member of " +
                    "meridian-prod, so it cannot take over: detach the clusters that follow (aws rds " +
                    "remove-from-global-cluster) and try again",
            ],
        ];
        for (const [title, change, message] of refusals) {
            it(title, async () => {
                const world = unprotected();
                change(world);
                expect(await world.run("destroy", "--yes")).to.equal(1);
                expect(world.complained).to.equal(`refused: ${message}\n`);
                expect(world.runner.calls).to.deep.equal([]);
            });
        }

        it("that RDS does not say anything of", async () => {
            const world = unprotected();
            world.database.find = () => Promise.reject(new Error("us-east-1: ECONNREFUSED"));
            expect(await world.run("destroy", "--yes")).to.equal(1);
            expect(world.complained).to.equal(
                "refused: it must be known where the database is written, and us-east-1: ECONNREFUSED\n",
            );
        });
    });

    it("takes apart a database of which only one cluster is left", async () => {
        const world = unprotected();
        world.database.state = database(EU, [EU]);
        expect(await world.run("destroy", "--yes")).to.equal(0);
        expect(world.printed).to.contain(
            "The writer stays where it is: meridian-prod-eu is the only cluster of meridian-prod, so nothing follows it.\n",
        );
    });

    it("asks RDS nothing about the writer when the global stack is gone already", async () => {
        const world = unprotected();
        world.runner.of("prod-global").resources = [];
        world.database.state = undefined;
        expect(await world.run("destroy", "--yes")).to.equal(0);
        expect(world.runner.calls).to.deep.equal(["destroy prod-eu", "destroy prod-us"]);
        expect(world.database.calls.some((call) => call.startsWith("find"))).to.equal(false);
    });

    it("does not destroy a region that the global stack still uses", async () => {
        const world = unprotected();
        expect(await world.run("destroy", "eu", "--yes")).to.equal(1);
        expect(world.complained).to.equal(
            "refused: prod-global still uses what prod-eu made: destroy it first, or name it too\n",
        );
        expect(await world.run("destroy", "eu", "global", "--yes")).to.equal(0);
        expect(world.runner.calls).to.deep.equal(["refresh+destroy prod-global", "destroy prod-eu"]);
        expect(await world.run("destroy", "us", "--yes")).to.equal(0);
    });

    it("says what is left behind", async () => {
        const world = unprotected();
        world.runner.of("prod-us").resources.push(
            resource("aws:route53/record:Record", {
                retainOnDelete: true,
                inputs: { name: "_1a2b.shop.example.com" },
            }),
            resource("aws:kms/key:Key", { id: "mrk-1", inputs: { deletionWindowInDays: 30 } }),
        );
        world.database.backups = {
            "meridian-prod-us": ["snapshot meridian-prod-us-final-0a1b2c3d"],
            "meridian-prod-eu": ["automated backups of meridian-prod-eu (cluster-1)"],
        };
        expect(await world.run("destroy", "--yes")).to.equal(0);
        expect(world.printed).to.match(/\nLeft behind:\n[^]*$/);
        expect(world.printed.slice(world.printed.indexOf("Left behind:"))).to.equal(`Left behind:
  prod-us: Record _1a2b.shop.example.com is kept, since others may use it
  prod-us: KMS key mrk-1 is deleted in 30 days; what it encrypts, snapshots too, is lost then
  eu-central-1: automated backups of meridian-prod-eu (cluster-1)
  us-east-1: snapshot meridian-prod-us-final-0a1b2c3d
`);
    });

    it("says when RDS does not tell what backups are left", async () => {
        const world = unprotected();
        world.database.backupsOf = () => Promise.reject(new Error("AccessDenied"));
        expect(await world.run("destroy", "--yes")).to.equal(0);
        expect(world.printed).to.contain(
            "  us-east-1: RDS does not say what backups are left: AccessDenied\n",
        );
    });

    it("destroys what there is where a stack was never made", async () => {
        const world = unprotected();
        world.runner.of("prod-eu").exists = false;
        expect(await world.run("destroy", "--yes")).to.equal(0);
        expect(world.runner.calls).to.deep.equal(["refresh+destroy prod-global", "destroy prod-us"]);
    });

    it("refuses while an earlier run's switchover is under way, and orders none once it is done", async () => {
        const world = unprotected(EU);
        await world.database.switchover("meridian-prod", "eu-central-1", US);
        world.database.calls.length = 0;
        expect(await world.run("destroy", "--yes")).to.equal(1);
        expect(world.complained).to.equal(
            "refused: the global database meridian-prod is switching-over; try again when it is available\n",
        );
        expect(await world.run("destroy", "--yes")).to.equal(0);
        expect(world.database.calls.some((call) => call.startsWith("switchover"))).to.equal(false);
    });
});
