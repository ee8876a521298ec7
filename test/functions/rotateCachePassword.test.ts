import { type User } from "@aws-sdk/client-elasticache";
import { expect } from "chai";

import { type CacheRotationTools, rotate } from "../../functions/rotate-cache-password/rotation";
import { countingPatience, FakeSecrets, rejection } from "./fakeAws";

const SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-sessions-user-worker-AbCdEf";
const USER = "shop-sessions-worker";
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"];

/** A user's secret with a current version, a rotation that has begun, and the user. */
function situation(
    user: User | undefined = active(2),
    later: (pause: number) => User | undefined = () => user,
) {
    const secrets = new FakeSecrets(SECRET);
    secrets.values.set("v1", JSON.stringify({ username: USER, password: "the-old-password" }));
    secrets.stages["v1"] = ["AWSCURRENT"];
    secrets.stages["v2"] = ["AWSPENDING"];
    let now: User | undefined = user;
    const { patience, pauses } = countingPatience(3, (pause) => {
        now = later(pause);
    });
    const modified: unknown[] = [];
    const send = (command: { readonly input: object }) => {
        switch (command.constructor.name) {
            case "DescribeUsersCommand":
                expect(command.input).to.deep.equal({ UserId: USER });
                return Promise.resolve({ Users: now === undefined ? [] : [now] });
            case "ModifyUserCommand":
                modified.push(command.input);
                return Promise.resolve({});
            default:
                throw new Error(`ElastiCache was asked for ${command.constructor.name}`);
        }
    };
    const tools: CacheRotationTools = { secrets, elastiCache: { send: send as never }, patience };
    const step = (name: string, token = "v2") =>
        rotate({ Step: name, SecretId: SECRET, ClientRequestToken: token }, tools);
    return { secrets, modified, pauses, step };
}

function active(passwords: number): User {
    return { UserId: USER, Status: "active", Authentication: { PasswordCount: passwords } };
}

describe("rotate-cache-password", () => {
    it("gives the user a new password beside the one before", async () => {
        const { secrets, modified, step } = situation();
        for (const name of STEPS) {
            await step(name);
        }
        expect(modified).to.deep.equal([
            {
                UserId: USER,
                AuthenticationMode: {
                    Type: "password",
                    Passwords: ["a-new-password", "the-old-password"],
                },
            },
        ]);
        expect(secrets.stages).to.deep.equal({ v1: [], v2: ["AWSPENDING", "AWSCURRENT"] });
        expect(secrets.labelled("AWSCURRENT")).to.deep.equal({ username: USER, password: "a-new-password" });
    });

    it("asks for a password that ElastiCache takes, and that stands in a URL as it is", async () => {
        const { secrets, step } = situation();
        await step("createSecret");
        const [call] = secrets.calls.filter(({ name }) => name === "GetRandomPassword");
        expect(call?.input["PasswordLength"]).to.be.within(16, 128);
        expect(call?.input["ExcludePunctuation"]).to.equal(true);
        expect(call?.input).not.to.have.property("ExcludeCharacters");
    });

    it("waits until the user has both", async () => {
        const states = [{ ...active(1), Status: "modifying" }, active(1), active(2)];
        const { pauses, step } = situation(active(1), (pause) => states[pause - 1]);
        await step("createSecret");
        await step("testSecret");
        expect(pauses).to.have.length(3);
    });

    it("does not take one password for two", async () => {
        const { step } = situation(active(1));
        await step("createSecret");
        expect(await rejection(step("testSecret"))).to.equal(
            `the new password is not in force yet: ${USER} is active with 1 passwords`,
        );
    });

    it("leaves a user alone that is being changed, or is not there", async () => {
        const busy = situation({ ...active(1), Status: "modifying" });
        await busy.step("createSecret");
        expect(await rejection(busy.step("setSecret"))).to.equal(
            `the user ${USER} is modifying, and its password can be set when it is active`,
        );
        expect(busy.modified).to.deep.equal([]);
        const gone = situation(active(1), () => undefined);
        await gone.step("createSecret");
        expect(await rejection(gone.step("testSecret"))).to.equal(`there is no user ${USER}`);
    });

    it("sets no password that was never stored", async () => {
        const { modified, step } = situation();
        expect(await rejection(step("setSecret"))).to.equal(
            "the version v2 has no value to give to the cache",
        );
        expect(modified).to.deep.equal([]);
    });
});
