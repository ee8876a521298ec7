import { expect } from "chai";
import { Bench, phases } from "../../support/drill/commands";
import { FakeClock } from "../../support/drill/fakeClock";
import { topology } from "../../support/drill/topologies";

describe("restore-test", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    it("restores the newest recovery point, verifies, measures and destroys", async () => {
        const before = bench.world.snapshot();
        const { status, stdout } = await bench.call(["restore-test"]);
        expect(status, stdout).to.equal(0);
        expect(bench.world.snapshot()).to.deep.equal(before);
        expect(phases(bench.report())).to.deep.equal([
            "choose-point: done",
            "start-restore: done",
            "wait-restore: done",
            "add-instance: done",
            "open: done",
            "verify-data: done",
            "destroy: done",
        ]);
        expect(bench.report().figures[0]).to.deep.equal({
            name: "Age of the recovery point",
            value: "3 h",
            data: 10_800,
        });
    });

    it("writes no password anywhere", async () => {
        const us = bench.world.aws.in("us-east-1");
        const passwords: string[] = [];
        const setMasterPassword = (cluster: string, password: string): Promise<void> => {
            passwords.push(password);
            return us.database.setMasterPassword(cluster, password);
        };
        const spied = { ...us, database: { ...us.database, setMasterPassword } };
        Object.assign(bench.world, {
            aws: { ...bench.world.aws, in: (region: string) => (region === "us-east-1" ? spied : us) },
        });
        const { stderr, stdout } = await bench.call(["restore-test"]);
        expect(passwords).to.have.length(1);
        expect(passwords[0]).to.match(/^[A-Za-z0-9_-]{32}$/);
        const written = JSON.stringify([bench.journals(), bench.report()]) + stdout + stderr;
        expect(written).not.to.contain(passwords[0]);
    });

    it("destroys the copy when the data is not there, and fails", async () => {
        const before = bench.world.snapshot();
        const us = bench.world.aws.in("us-east-1");
        const empty = { ...us, query: { ...us.query, firstNumber: () => Promise.resolve(0) } };
        Object.assign(bench.world, { aws: { ...bench.world.aws, in: () => empty } });
        expect((await bench.call(["restore-test"])).status).to.equal(1);
        const { error, outcome, phases: reported } = bench.report();
        expect(error?.message).to.contain("the restored database answers 0 to");
        expect(outcome).to.equal("failed");
        expect(reported.at(-1)).to.include({ id: "destroy", state: "done" });
        expect(bench.world.snapshot()).to.deep.equal(before);
    });

    it("waits for what AWS says before it is so, and does not destroy the copy over it", async () => {
        bench.world.faults.settlesAfter = 90_000;
        const { status, stdout } = await bench.call(["restore-test"]);
        expect(status, stdout).to.equal(0);
        for (const seen of [
            "CreateDBInstance failed with InvalidDBClusterStateFault",
            "the new password is pending",
            "available, and not yet open for the Data API",
            "HttpEndpointNotEnabledException",
        ]) {
            expect(stdout, seen).to.contain(seen);
        }
    });

    it("waits for a new password that AWS calls applied and is not", async () => {
        const us = bench.world.aws.in("us-east-1");
        let refusals = 3;
        const firstNumber: typeof us.query.firstNumber = (query) => {
            refusals -= 1;
            return refusals >= 0
                ? Promise.resolve().then(() =>
                      bench.world.fail(
                          "us-east-1",
                          "ExecuteStatement",
                          "BadRequestException",
                          'FATAL: password authentication failed for user "meridian_admin"; SQLState: 28P01',
                      ),
                  )
                : us.query.firstNumber(query);
        };
        const slow = { ...us, query: { ...us.query, firstNumber } };
        Object.assign(bench.world, { aws: { ...bench.world.aws, in: () => slow } });
        expect((await bench.call(["restore-test"])).status).to.equal(0);
        expect(refusals).to.be.lessThan(0);
    });

    it("does not wait for a query that is wrong", async () => {
        const us = bench.world.aws.in("us-east-1");
        const detail = 'ERROR: relation "orders" does not exist; SQLState: 42P01';
        const firstNumber = (): Promise<number> =>
            Promise.resolve().then(() =>
                bench.world.fail("us-east-1", "ExecuteStatement", "DatabaseErrorException", detail),
            );
        const wrong = { ...us, query: { ...us.query, firstNumber } };
        Object.assign(bench.world, { aws: { ...bench.world.aws, in: () => wrong } });
        expect((await bench.call(["restore-test"])).status).to.equal(1);
        expect(bench.report().error?.message).to.contain(detail);
        expect(bench.report().phases.at(-1)).to.include({ id: "destroy", state: "done" });
    });

    it("takes a database in which nobody has made anything yet for good, by its schema", async () => {
        bench.world.faults.emptyDatabase = true;
        expect((await bench.call(["restore-test"])).status).to.equal(0);
        const query = "select count(*) from information_schema.tables where table_schema = 'public'";
        const own = new Bench(topology({ restore: { query } }));
        try {
            own.world.faults.emptyDatabase = true;
            expect((await own.call(["restore-test"])).status).to.equal(1);
        } finally {
            own.dispose();
        }
    });

    it("restores the copies with the home region lost, with no call to it but for the lock", async () => {
        bench.world.lose("us");
        bench.world.calls.length = 0;
        const { status, stdout } = await bench.call(["restore-test", "--vault", "copies"]);
        expect(status, stdout).to.equal(0);
        expect(bench.report().subject).to.equal("Aurora in eu from copies-us");
        expect(bench.report().figures[0]).to.include({ value: "5 h" });
        const lost = bench.world.calls.filter((call) => call.startsWith("us-east-1"));
        expect(lost.filter((call) => !/Parameter/.test(call))).to.deep.equal([]);
        expect([...bench.world.at("eu").jobs.values()].map(({ roleArn }) => roleArn)).to.deep.equal([
            "arn:aws:iam::111122223333:role/restore-eu",
        ]);
    });

    it("takes every vault in its turn, a day each, and says which", async () => {
        const subjects: string[] = [];
        for (let day = 0; day < 7; day += 1) {
            const own = new Bench(
                topology(),
                new FakeClock(Date.parse("2026-03-02T04:23:00.000Z") + day * 86_400_000),
            );
            try {
                expect((await own.call(["restore-test", "--vault", "next"])).status).to.equal(0);
                subjects.push(own.report().subject);
            } finally {
                own.dispose();
            }
        }
        expect(subjects).to.deep.equal([
            "Aurora in us from vault-us (1 of 6 in turn)",
            "Aurora in us from copies-eu (2 of 6 in turn)",
            "DynamoDB in us from personal-us (3 of 6 in turn)",
            "Aurora in eu from vault-eu (4 of 6 in turn)",
            "Aurora in eu from copies-us (5 of 6 in turn)",
            "DynamoDB in eu from personal-eu (6 of 6 in turn)",
            "Aurora in us from vault-us (1 of 6 in turn)",
        ]);
    });

    it("keeps the vault that an interrupted run had begun with, whatever day it is", async () => {
        const own = new Bench(topology({ targets: { restoreSeconds: 100_000 } }));
        const argv = ["restore-test", "--vault", "next", "--resource", "Aurora"];
        await own.dieAt(argv, "start-restore", "effected");
        const opened = own.journals()[0]!["params"];
        await own.clock.sleep(86_400_000);
        expect((await own.call(argv)).status).to.equal(0);
        expect(own.report().resumed).to.equal(true);
        expect(own.report().subject).to.contain((opened as { vault: string }).vault);
        own.dispose();
    });

    it("fails when the restore fails, with AWS's reason", async () => {
        bench.world.faults.restoreFails = true;
        expect((await bench.call(["restore-test"])).status).to.equal(1);
        expect(bench.report().error?.message).to.equal(
            "restore job job-1 is FAILED: the key is not accessible",
        );
    });

    it("fails when the newest recovery point is too old, although it can be restored", async () => {
        bench.world.at("us").points.splice(0, 1);
        expect((await bench.call(["restore-test"])).status).to.equal(1);
        expect(bench.report().reasons).to.deep.equal([
            "the newest recovery point is 1 d 3 h old, and 26 h are allowed",
        ]);
        expect(bench.report().outcome).to.equal("done");
    });

    it("is refused where there is nothing to restore", async () => {
        bench.world.at("us").points.length = 0;
        expect((await bench.call(["restore-test"])).status).to.equal(1);
        expect(bench.report()).to.include({ outcome: "refused" });
        expect(bench.report().error?.message).to.equal(
            "the vault vault-us in us has no completed recovery point of Aurora",
        );
    });

    it("restores with the role of the region, or with that of the settings", async () => {
        expect((await bench.call(["restore-test"])).status).to.equal(0);
        const roleArn = "arn:aws:iam::111122223333:role/own";
        const own = new Bench(topology({ restore: { roleArn } }));
        try {
            expect((await own.call(["restore-test"])).status).to.equal(0);
            const [given, chosen] = [bench, own].map(({ world }) =>
                [...world.at("us").jobs.values()].map((job) => job.roleArn),
            );
            expect(given).to.deep.equal(["arn:aws:iam::111122223333:role/restore-us"]);
            expect(chosen).to.deep.equal([roleArn]);
        } finally {
            own.dispose();
        }
    });

    it("names a role that is missing", async () => {
        const [us, eu] = topology().regions;
        const { restoreRoleArn: _role, ...bareUs } = us!;
        const bare = new Bench(topology({ regions: [bareUs, eu] }));
        try {
            expect((await bare.call(["restore-test"])).status).to.equal(1);
            expect(bare.report().error?.message).to.equal(
                "us has no role to restore with: turn its restore tests on, or give restore.roleArn in the drill's settings",
            );
        } finally {
            bare.dispose();
        }
    });

    it("takes no continuous backup, which can be restored to a time alone", async () => {
        const { points } = bench.world.at("us");
        points.push({
            ...points[0]!,
            arn: "arn:aws:rds:us-east-1:111122223333:cluster:continuous:cluster-abc",
            status: "AVAILABLE",
            createdAt: bench.world.clock.now(),
        });
        expect((await bench.call(["restore-test"])).status).to.equal(0);
        expect(bench.report().figures[0]).to.include({ value: "3 h" });
    });

    it("names a vault of personal data that is missing", async () => {
        const [us, eu] = topology().regions;
        const { personalDataVault: _vault, ...bareUs } = us!;
        const bare = new Bench(topology({ regions: [bareUs, eu] }));
        try {
            expect((await bare.call(["restore-test", "--resource", "DynamoDB"])).status).to.equal(1);
            expect(bare.report().error?.message).to.equal("us has no vault of personal data in the topology");
        } finally {
            bare.dispose();
        }
    });

    it("restores in a region that answers while another one does not", async () => {
        bench.world.lose("us");
        const { status, stdout } = await bench.call(["restore-test", "--region", "eu"]);
        expect(status, stdout).to.equal(0);
        expect(stdout).to.contain("No lock in us-east-1");
    });

    it("restores a table as well, in another region", async () => {
        const before = bench.world.snapshot();
        expect(
            (await bench.call(["restore-test", "--resource", "DynamoDB", "--region", "eu"])).status,
        ).to.equal(0);
        expect(bench.world.snapshot()).to.deep.equal(before);
        expect(bench.report().subject).to.equal("DynamoDB in eu");
    });

    it("brings a region up from code, asks whether it answers, and destroys it", async () => {
        const asked: string[] = [];
        Object.assign(bench.world.outside, {
            get: (url: string) => {
                asked.push(url);
                return Promise.resolve({ status: 200, body: "" });
            },
        });
        const argv = ["restore-test", "--from", "code", "--region", "eu"];
        const own = [
            "--set",
            "domainName=drill.example.com",
            "--set",
            "hostedZoneId=Z9",
            "--set",
            "webMinSize=2",
        ];
        expect((await bench.call([...argv, ...own])).status).to.equal(0);
        expect(asked).to.deep.equal(["https://eu.drill.example.com/healthz"]);
        expect((await bench.call([...argv, ...own, "--set", "healthCheckPath=/alive"])).status).to.equal(0);
        expect(asked.at(-1)).to.equal("https://eu.drill.example.com/alive");
        expect([...bench.stacks]).to.deep.equal([]);
        expect(bench.report().figures.map(({ name }) => name)).to.deep.equal(["From start to verified"]);
    });

    it("destroys the stack when bringing it up failed", async () => {
        bench.stackFails = true;
        const argv = [
            "restore-test",
            "--from",
            "code",
            "--set",
            "domainName=d.example.com",
            "--set",
            "hostedZoneId=Z9",
        ];
        expect((await bench.call(argv)).status).to.equal(1);
        expect([...bench.stacks]).to.deep.equal([]);
        expect(bench.report()).to.include({ outcome: "failed" });
        expect(bench.report().error?.message).to.equal("the update failed: quota exceeded");
    });

    it("gives the stack a configuration of its own, in which nothing protects or clashes", async () => {
        bench.stackFails = true;
        let config: Readonly<Record<string, string>> = {};
        const up = bench.stacks.set.bind(bench.stacks);
        bench.stacks.set = (name, value) => {
            config = value;
            return up(name, value);
        };
        await bench.call([
            "restore-test",
            "--from=code",
            "--set=domainName=d.example.com",
            "--set=hostedZoneId=Z9",
        ]);
        expect(config).to.deep.equal({
            "pulumi:disable-default-providers[0]": "aws",
            "meridian:accountId": "111122223333",
            "meridian:foundingRegion": "us",
            "meridian:primaryRegion": "us",
            "meridian:deletionProtection": "false",
            "meridian:accountBaseline": "false",
            "meridian:domainName": "d.example.com",
            "meridian:hostedZoneId": "Z9",
        });
    });

    it("refuses to make a stack on the shop's own domain, or in another account", async () => {
        const code = ["restore-test", "--from", "code"];
        expect((await bench.call([...code, "--set", "domainName=shop.example.com"])).stderr).to.contain(
            "a stack from code needs a domain of its own",
        );
        const own = ["--set", "domainName=d.example.com", "--set", "hostedZoneId=Z9"];
        expect((await bench.call([...code, ...own, "--set", "accountId=999988887777"])).status).to.equal(1);
        expect(bench.report().error?.message).to.equal(
            "the credentials are of account 111122223333, and the stack is for 999988887777",
        );
    });

    it("refuses a wrong call", async () => {
        for (const [argv, text] of [
            [["--region", "mars"], "--region is mars; allowed: us, eu"],
            [["--resource", "S3"], "--resource is S3; allowed: Aurora, DynamoDB"],
            [["--vault", "theirs"], "--vault is theirs; allowed: own, copies, next"],
            [
                ["--vault", "copies", "--resource", "DynamoDB"],
                "the topology has no such vault: a vault with copies of DynamoDB",
            ],
            [["--vault", "next", "--from", "code"], "--vault is of --from backup: code comes from no vault"],
            [["--from", "memory"], "--from is memory; allowed: backup, code"],
            [["--from", "code", "--set", "x"], "--set is x; allowed: <key>=<value>"],
        ] as const) {
            const { status, stderr } = await bench.call(["restore-test", ...argv]);
            expect(status).to.equal(2);
            expect(stderr).to.contain(text);
        }
    });
});

describe("upgrade", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench();
    });
    afterEach(() => {
        bench.dispose();
    });

    const versions = (): string[] => ["us", "eu"].map((key) => bench.world.cluster(key).version);

    it("upgrades secondaries first, and the region that writes last", async () => {
        expect((await bench.call(["upgrade", "--to-version", "18.7", "-y"])).status).to.equal(0);
        expect(versions()).to.deep.equal(["18.7", "18.7"]);
        expect(bench.world.calls.filter((call) => call.endsWith("ModifyDBCluster"))).to.deep.equal([
            "eu-central-1 ModifyDBCluster",
            "us-east-1 ModifyDBCluster",
        ]);
    });

    it("follows the writer, not the catalogue", async () => {
        bench.world.writer = "eu";
        await bench.call(["upgrade", "--to-version", "18.7", "-y"]);
        expect(bench.world.calls.filter((call) => call.endsWith("ModifyDBCluster"))).to.deep.equal([
            "us-east-1 ModifyDBCluster",
            "eu-central-1 ModifyDBCluster",
        ]);
    });

    it("asks again while AWS says that a cluster is not in the right state", async () => {
        bench.world.faults.failing.set("ModifyDBCluster", {
            code: "InvalidDBClusterStateFault",
            busy: true,
            times: 3,
        });
        expect((await bench.call(["upgrade", "--to-version", "18.7", "-y"])).status).to.equal(0);
        expect(versions()).to.deep.equal(["18.7", "18.7"]);
    });

    it("refuses a wrong order, and changes nothing", async () => {
        for (const argv of [
            ["--only", "us"],
            ["--order", "us,eu"],
        ]) {
            expect((await bench.call(["upgrade", "--to-version", "18.7", "-y", ...argv])).status).to.equal(1);
            expect(bench.report().error?.message).to.equal(
                "the order is wrong: us writes, and eu is still on 18.6; upgrade eu first",
            );
            expect(versions()).to.deep.equal(["18.6", "18.6"]);
        }
    });

    it("upgrades one at a time in the right order", async () => {
        expect((await bench.call(["upgrade", "--to-version", "18.7", "-y", "--only", "eu"])).status).to.equal(
            0,
        );
        expect(versions()).to.deep.equal(["18.6", "18.7"]);
        expect(bench.report().phases.at(-1)?.detail).to.equal(
            "us 18.6, eu 18.7; still to be upgraded: us 18.6",
        );
        expect((await bench.call(["upgrade", "--to-version", "18.7", "-y", "--only", "us"])).status).to.equal(
            0,
        );
        expect(versions()).to.deep.equal(["18.7", "18.7"]);
    });

    it("finishes with the secondary when the writer is ahead", async () => {
        bench.world.cluster("us").version = "18.7";
        expect((await bench.call(["upgrade", "--to-version", "18.7", "-y"])).status).to.equal(0);
        expect(versions()).to.deep.equal(["18.7", "18.7"]);
    });

    it("refuses a version that Aurora does not offer from here, and a step back", async () => {
        await bench.call(["upgrade", "--to-version", "18.9", "-y"]);
        expect(bench.report().error?.message).to.contain(
            "eu cannot go from 18.6 to 18.9; allowed: 18.7, 18.8, 19.1",
        );
        await bench.call(["upgrade", "--to-version", "18.5", "-y"]);
        expect(bench.report().error?.message).to.contain(
            "us is on 18.6 already, and Aurora does not go back to 18.5",
        );
    });

    it("takes a new major version only when it is said, and for all at once", async () => {
        expect((await bench.call(["upgrade", "--to-version", "19.1", "-y"])).status).to.equal(1);
        expect(bench.report().error?.message).to.contain("say --allow-major");
        expect(
            (await bench.call(["upgrade", "--to-version", "19.1", "-y", "--allow-major"])).status,
        ).to.equal(0);
        expect(versions()).to.deep.equal(["19.1", "19.1"]);
        expect(bench.world.calls).to.include("us-east-1 ModifyGlobalCluster");
    });

    it("speaks of the parameter groups of a new major version before and after, in a dry run too", async () => {
        const before = (key: string): string =>
            `${key}'s parameter group own-18-${key} is of aurora-postgresql18, and 19.1 takes groups of aurora-postgresql19 ` +
            "alone: AWS sets the cluster and its instances to the default groups, and what is set in their own is off until " +
            "they have new ones";
        const argv = ["upgrade", "--to-version", "19.1", "-y", "--allow-major"];
        expect((await bench.call([...argv, "--dry-run"])).stdout).to.contain(before("us"));
        expect((await bench.call(argv)).status).to.equal(0);
        expect(bench.report().warnings).to.deep.equal([
            before("us"),
            before("eu"),
            "the default parameter groups are in force in us (default.aurora-postgresql19) and eu " +
                "(default.aurora-postgresql19): set databaseEngineVersion in all stacks' configuration and run `npm run up` now, " +
                "which makes groups of the new family; instances restart for those of their settings that need it",
        ]);
        expect(bench.report().afterwards[1]).to.contain("Run `npm run up` at once");
    });

    it("says nothing of parameter groups where they stay, or are AWS's own", async () => {
        await bench.call(["upgrade", "--to-version", "18.7", "-y"]);
        expect(bench.report().warnings).to.deep.equal([]);
        for (const key of ["us", "eu"]) {
            bench.world.cluster(key).parameterGroup = "default.aurora-postgresql18";
        }
        await bench.call(["upgrade", "--to-version", "19.1", "-y", "--allow-major"]);
        expect(bench.report().warnings).to.deep.equal([]);
    });

    it("makes all checks in a dry run, and changes nothing", async () => {
        const { status, stdout } = await bench.call(["upgrade", "--to-version", "18.7", "--dry-run"]);
        expect(status).to.equal(0);
        expect(stdout).to.contain("Upgrade eu: meridian-prod-eu from 18.6 to 18.7");
        expect(versions()).to.deep.equal(["18.6", "18.6"]);
    });

    it("has nothing to do where all are there", async () => {
        expect((await bench.call(["upgrade", "--to-version", "18.6"])).stdout).to.equal(
            "Every region is on 18.6 already.\n",
        );
    });

    it("refuses a wrong call", async () => {
        for (const [argv, text] of [
            [[], "--to-version is missing; allowed: a version such as 18.7"],
            [["--to-version", "latest"], "--to-version is latest"],
            [["--to-version", "18.7", "--only", "mars"], "there is no region mars; allowed: us, eu"],
            [
                ["--to-version", "18.7", "--only", "us", "--order", "us"],
                "--only and --order exclude each other",
            ],
        ] as const) {
            const { status, stderr } = await bench.call(["upgrade", ...argv]);
            expect(status).to.equal(2);
            expect(stderr).to.contain(text);
        }
    });

    it("does not roll an upgrade back", async () => {
        let dead = false;
        await bench
            .call(["upgrade", "--to-version", "18.7", "-y"], {
                checkpoint: (step) => {
                    if (step === "upgrade-us" && !dead) {
                        dead = true;
                        throw new Error("killed");
                    }
                },
            })
            .catch(() => undefined);
        expect((await bench.call(["upgrade", "--rollback"])).stderr).to.contain('"Upgrade eu" has begun');
        expect((await bench.call(["upgrade", "--to-version", "18.7", "-y"])).status).to.equal(0);
        expect(versions()).to.deep.equal(["18.7", "18.7"]);
    });
});
