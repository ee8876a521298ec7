import { expect } from "chai";

import { rotate, type RotationTools } from "../../functions/rotate-master-password/rotation";
import { countingPatience, FakeRds, FakeSecrets, rejection } from "./fakeAws";

const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-db-master-0a1b2c3-AbCdEf";
const HOME = "arn:aws:rds:us-east-1:111122223333:cluster:meridian-prod-us";
const ABROAD = "arn:aws:rds:eu-central-1:111122223333:cluster:meridian-prod-eu";
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"];

/** A secret with a current version, a rotation that has begun, and clusters in two regions. */
function situation(meanwhile?: (pause: number, rds: FakeRds) => void) {
    const secrets = new FakeSecrets(SECRET);
    secrets.values.set(
        "v1",
        JSON.stringify({
            engine: "aurora-postgresql",
            host: "old.example",
            port: 5432,
            username: "meridian_admin",
            password: "the-old-password",
            dbname: "shop",
        }),
    );
    secrets.stages["v1"] = ["AWSCURRENT"];
    secrets.stages["v2"] = ["AWSPENDING"];
    const rds = new FakeRds();
    rds.add(HOME);
    rds.add(ABROAD);
    const { patience, pauses } = countingPatience(3, (pause) => meanwhile?.(pause, rds));
    const tools: RotationTools = {
        secrets,
        rdsIn: rds.in,
        database: { clusterArn: HOME, globalClusterIdentifier: "meridian-prod" },
        patience,
    };
    const step = (name: string, token = "v2") =>
        rotate({ Step: name, SecretId: SECRET, ClientRequestToken: token }, tools);
    return { secrets, rds, tools, pauses, step };
}

describe("rotate-master-password", () => {
    it("replaces the password of the founding cluster while there is no global database", async () => {
        const { secrets, rds, step } = situation();
        for (const name of STEPS) {
            await step(name);
        }
        expect(rds.named("ModifyDBCluster")).to.deep.equal([
            {
                region: "us-east-1",
                name: "ModifyDBCluster",
                input: {
                    DBClusterIdentifier: HOME,
                    MasterUserPassword: "a-new-password",
                    ApplyImmediately: true,
                },
            },
        ]);
        expect(secrets.stages).to.deep.equal({ v1: [], v2: ["AWSPENDING", "AWSCURRENT"] });
        expect(secrets.labelled("AWSCURRENT")).to.deep.equal({
            engine: "aurora-postgresql",
            host: "meridian-prod-us.cluster-x.us-east-1.rds.amazonaws.com",
            port: 5432,
            username: "meridian_admin",
            password: "a-new-password",
            dbname: "shop",
            dbClusterIdentifier: "meridian-prod-us",
        });
    });

    it("replaces it where the writer is, after the regions have swapped roles", async () => {
        const { secrets, rds, step } = situation();
        rds.members = new Map([
            [HOME, false],
            [ABROAD, true],
        ]);
        for (const name of STEPS) {
            await step(name);
        }
        const [modification] = rds.named("ModifyDBCluster");
        expect(modification?.region).to.equal("eu-central-1");
        expect(modification?.input["DBClusterIdentifier"]).to.equal(ABROAD);
        expect(secrets.labelled("AWSCURRENT")["host"]).to.equal(
            "meridian-prod-eu.cluster-x.eu-central-1.rds.amazonaws.com",
        );
        expect(new Set(rds.named("DescribeGlobalClusters").map((call) => call.region))).to.deep.equal(
            new Set(["us-east-1"]),
        );
    });

    it("asks for a password that RDS takes", async () => {
        const { secrets, step } = situation();
        await step("createSecret");
        const [call] = secrets.calls.filter(({ name }) => name === "GetRandomPassword");
        const excluded = call?.input["ExcludeCharacters"] as string;
        for (const character of ["/", '"', "@", " "]) {
            expect(excluded).to.include(character);
        }
        expect(call?.input["PasswordLength"]).to.be.within(8, 41);
    });

    it("keeps the pending password when a step is repeated", async () => {
        const { secrets, step } = situation();
        await step("createSecret");
        await step("createSecret");
        expect(secrets.calls.filter(({ name }) => name === "PutSecretValue")).to.have.length(1);
    });

    it("does nothing for a version that is current already", async () => {
        const { secrets, rds, step } = situation();
        secrets.stages["v1"] = ["AWSCURRENT", "AWSPENDING"];
        for (const name of STEPS) {
            await step(name, "v1");
        }
        expect(rds.calls).to.deep.equal([]);
        expect(secrets.calls.map(({ name }) => name)).to.deep.equal(STEPS.map(() => "DescribeSecret"));
    });

    it("waits until RDS has taken the password over", async () => {
        const states = ["resetting-master-credentials", "resetting-master-credentials", "available"];
        const { step, pauses } = situation((pause, rds) => {
            rds.add(HOME, { Status: states[pause - 1] });
        });
        await step("testSecret");
        expect(pauses).to.have.length(3);
    });

    it("does not take a password that is still pending for one in force", async () => {
        const { rds, step, pauses } = situation();
        rds.add(HOME, { PendingModifiedValues: { MasterUserPassword: "****" } });
        expect(await rejection(step("testSecret"))).to.equal(
            `the new password is not in force yet: ${HOME} is available with the password pending`,
        );
        // Before the first look, and between the three.
        expect(pauses).to.deep.equal([10_000, 10_000, 10_000]);
    });

    it("leaves a cluster alone that is busy", async () => {
        const { rds, step } = situation();
        await step("createSecret");
        rds.add(HOME, { Status: "upgrading" });
        expect(await rejection(step("setSecret"))).to.equal(
            `the cluster ${HOME} is upgrading, and its password can be set when it is available`,
        );
        expect(rds.named("ModifyDBCluster")).to.deep.equal([]);
    });

    it("fails while the global database has no writer", async () => {
        const { rds, step } = situation();
        rds.members = new Map([[HOME, false]]);
        expect(await rejection(step("createSecret"))).to.equal(
            "the global database meridian-prod has no writer now; it may be switching over",
        );
    });

    it("sets no password that was never stored", async () => {
        const { step } = situation();
        expect(await rejection(step("setSecret"))).to.equal(
            "the version v2 has no value to give to the database",
        );
    });

    it("refuses a version that the secret does not have or that is not pending", async () => {
        const { secrets, step } = situation();
        expect(await rejection(step("createSecret", "v9"))).to.equal(
            "the secret has no version v9 to rotate to",
        );
        secrets.stages["v2"] = [];
        expect(await rejection(step("createSecret"))).to.equal("the version v2 is not staged as AWSPENDING");
    });

    it("refuses a step that is none", async () => {
        const { step } = situation();
        expect(await rejection(step("dropSecret"))).to.equal(
            'Secrets Manager asked for the step "dropSecret", which is none of a rotation',
        );
    });

    it("never repeats a secret's value in an error", async () => {
        const { secrets, step } = situation();
        secrets.values.set("v1", "hunter2");
        expect(await rejection(step("createSecret"))).to.equal("the secret's value is not JSON");
        secrets.values.set("v1", JSON.stringify({ password: "hunter2" }));
        expect(await rejection(step("createSecret"))).to.equal(
            "the secret's value has no username and password",
        );
    });
});
