import { InvalidDBClusterStateFault } from "@aws-sdk/client-rds";
import { expect } from "chai";

import { applicationUserStatements } from "../../functions/prepare-database/applicationUser";
import { prepare, type PreparationTools, type Statement } from "../../functions/prepare-database/preparation";
import { countingPatience, FakeRds, rejection } from "./fakeAws";

const HOME = "arn:aws:rds:us-east-1:111122223333:cluster:meridian-prod-us";
const ABROAD = "arn:aws:rds:eu-central-1:111122223333:cluster:meridian-prod-eu";
const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-db-master-0a1b2c3-AbCdEf";

function named(name: string, message: string): Error {
    return Object.assign(new Error(message), { name });
}

function situation() {
    const rds = new FakeRds();
    rds.add(HOME);
    rds.add(ABROAD);
    const executed: Statement[] = [];
    const failures: Error[] = [];
    const logged: string[] = [];
    const { patience, pauses } = countingPatience(3);
    const tools: PreparationTools = {
        rdsIn: rds.in,
        execute: (statement) => {
            const failure = failures.shift();
            if (failure !== undefined) {
                return Promise.reject(failure);
            }
            executed.push(statement);
            return Promise.resolve();
        },
        database: { clusterArn: HOME, globalClusterIdentifier: "meridian-prod" },
        databaseName: "shop",
        secretArn: SECRET,
        patience,
        log: (message) => {
            logged.push(message);
        },
    };
    return { rds, tools, executed, failures, pauses, logged };
}

describe("prepare-database", () => {
    describe("CreateApplicationUser", () => {
        const event = { action: "CreateApplicationUser", username: "shop_app" };

        it("lets the user sign in with IAM, on the writer and as the master user", async () => {
            const { tools, executed } = situation();
            const done = await prepare(event, tools);
            expect(done).to.equal(`the user shop_app of ${HOME} signs in with IAM`);
            expect(executed.map(({ sql }) => sql)).to.deep.equal(
                applicationUserStatements("shop_app", "shop"),
            );
            for (const { sql, ...where } of executed) {
                expect(where, sql).to.deep.equal({
                    clusterArn: HOME,
                    region: "us-east-1",
                    secretArn: SECRET,
                    databaseName: "shop",
                });
            }
        });

        it("does so with the secret's replica where another region writes", async () => {
            const { rds, tools, executed } = situation();
            rds.members = new Map([
                [HOME, false],
                [ABROAD, true],
            ]);
            await prepare(event, tools);
            expect(executed[0]).to.include({
                clusterArn: ABROAD,
                region: "eu-central-1",
                secretArn: SECRET.replace("us-east-1", "eu-central-1"),
            });
        });

        it("says how to turn the Data API on where it is off", async () => {
            const { rds, tools } = situation();
            rds.add(HOME, { HttpEndpointEnabled: false });
            expect(await rejection(prepare(event, tools))).to.equal(
                `the Data API of ${HOME}, which takes the writes now, is off; turn it on with ` +
                    `aws rds enable-http-endpoint --region us-east-1 --resource-arn ${HOME}, and update again`,
            );
        });

        it("is patient with a cluster that is not quite there", async () => {
            const { tools, executed, failures, pauses, logged } = situation();
            failures.push(
                named("DatabaseUnavailableException", "starting"),
                named("ThrottlingException", "slowly"),
            );
            await prepare(event, tools);
            expect(executed).to.have.length(4);
            expect(pauses).to.have.length(2);
            expect(logged).to.deep.equal([
                "not yet: DatabaseUnavailableException: starting",
                "not yet: ThrottlingException: slowly",
            ]);
        });

        it("is not patient for ever", async () => {
            const { tools, failures } = situation();
            failures.push(
                ...Array.from({ length: 3 }, () => named("DatabaseUnavailableException", "starting")),
            );
            expect(await rejection(prepare(event, tools))).to.equal(
                "gave up after 3 attempts: DatabaseUnavailableException: starting",
            );
        });

        it("is not patient with a statement that the database refuses", async () => {
            const { tools, failures, pauses } = situation();
            failures.push(named("DatabaseErrorException", "permission denied"));
            expect(await rejection(prepare(event, tools))).to.equal("permission denied");
            expect(pauses).to.deep.equal([]);
        });

        it("needs a username", async () => {
            const { tools } = situation();
            expect(await rejection(prepare({ action: "CreateApplicationUser" }, tools))).to.equal(
                "CreateApplicationUser needs a username",
            );
        });
    });

    describe("ForwardWrites", () => {
        it("has the founding cluster forward writes, whoever writes now", async () => {
            const { rds, tools } = situation();
            rds.members = new Map([
                [HOME, false],
                [ABROAD, true],
            ]);
            const done = await prepare({ action: "ForwardWrites" }, tools);
            expect(done).to.equal(`${HOME} forwards writes when another region writes`);
            expect(rds.named("ModifyDBCluster")).to.deep.equal([
                {
                    region: "us-east-1",
                    name: "ModifyDBCluster",
                    input: {
                        DBClusterIdentifier: HOME,
                        EnableGlobalWriteForwarding: true,
                        ApplyImmediately: true,
                    },
                },
            ]);
        });

        it("tries again while the cluster is busy", async () => {
            const { rds, tools, pauses } = situation();
            rds.refusals.push(new InvalidDBClusterStateFault({ $metadata: {}, message: "modifying" }));
            await prepare({ action: "ForwardWrites" }, tools);
            expect(rds.named("ModifyDBCluster")).to.have.length(2);
            expect(pauses).to.have.length(1);
        });
    });

    it("refuses an action that is none", async () => {
        const { tools } = situation();
        expect(await rejection(prepare({ action: "DropDatabase" }, tools))).to.equal(
            '"DropDatabase" is not an action; there are CreateApplicationUser and ForwardWrites',
        );
    });

    it("writes statements that can be run again and that quote what they are given", () => {
        const statements = applicationUserStatements(`o"hara's`, "shop");
        expect(statements[0]).to.include(`WHERE rolname = 'o"hara''s')`);
        expect(statements[0]).to.include(`CREATE ROLE "o""hara's" LOGIN`);
        expect(statements.slice(1)).to.deep.equal([
            `GRANT rds_iam TO "o""hara's"`,
            `GRANT CONNECT ON DATABASE "shop" TO "o""hara's"`,
            `GRANT USAGE, CREATE ON SCHEMA public TO "o""hara's"`,
        ]);
    });
});
