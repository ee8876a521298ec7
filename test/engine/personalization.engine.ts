/** Personalization on the real engine: what a change does to what holds data, and in which order it goes. */
import * as aws from "@pulumi/aws";
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { Personalization, type PersonalizationArgs } from "../../components";
import { discrepancies } from "../support/engine/accounts";
import { IN_USE_APART, UNIQUE_APART, usersOf } from "../support/engine/refusals";
import { complaints, EngineWorkspace, type Outcome, outcomeOf } from "../support/engine/workspace";
import { nameOf, typeOf } from "../../tools/preview/urn";

const USERS = JSON.stringify({
    type: "record",
    name: "Users",
    fields: [
        { name: "USER_ID", type: "string" },
        { name: "AGE", type: "int" },
    ],
});

describe("Personalization on the real engine", () => {
    let workspace: EngineWorkspace;
    let stack: Stack;
    let changes: Partial<PersonalizationArgs> = {};

    before(async () => {
        workspace = await EngineWorkspace.open();
        stack = await workspace.program("likes", () => {
            const place = { region: "eu-central-1", accountId: "111122223333" } as const;
            const provider = new aws.Provider("aws", {
                region: place.region,
                allowedAccountIds: [place.accountId],
            });
            new Personalization(
                "likes",
                { ...place, deletionProtection: false, tags: { team: "shop" }, ...changes },
                { providers: [provider] },
            );
            return {};
        });
    });
    after(() => {
        workspace.close();
    });

    const up = (): Promise<Outcome> => outcomeOf((onEvent) => stack.up({ onEvent }));

    /** What the engine did to what is of Amazon Personalize, but where it was nothing. */
    function deeds({ steps }: Outcome): Record<string, readonly string[]> {
        return Object.fromEntries(
            [...steps]
                .filter(([urn, done]) => typeOf(urn).startsWith("aws-native:") && done.join() !== "same")
                .map(([urn, done]) => [nameOf(urn), done]),
        );
    }

    it("goes up, and has nothing to change then", async () => {
        expect(complaints(await up())).to.equal("");
        expect(discrepancies(workspace.world, [await workspace.state(stack)])).to.deep.equal([]);
        expect(Object.keys((await up()).changes)).to.deep.equal(["same"]);
    });

    it("meets what the stand-in for AWS refuses", () => {
        const existing = workspace.world.existing();
        for (const rule of IN_USE_APART) {
            const used = existing.filter(
                (thing) =>
                    typeOf(thing.urn) === rule.type && usersOf(workspace.world, thing, rule).length > 0,
            );
            expect(used, rule.type).not.to.have.lengthOf(0);
        }
        for (const [type, { name }] of Object.entries(UNIQUE_APART)) {
            const named = existing.filter(({ urn, outputs }) => typeOf(urn) === type && name in outputs);
            expect(named, type).not.to.have.lengthOf(0);
        }
    });

    it("replaces nothing for another tag", async () => {
        changes = { tags: { team: "shop", "cost-center": "4711" } };
        const outcome = await up();
        expect(complaints(outcome)).to.equal("");
        expect(deeds(outcome)).to.deep.equal({ "likes-tracker": ["update"] });
    });

    it("replaces the dataset alone whose schema is another one, and deletes it first", async () => {
        changes = { ...changes, schemas: { users: USERS } };
        const outcome = await up();
        expect(complaints(outcome)).to.equal("");
        const done = deeds(outcome);
        expect(Object.keys(done)).to.have.members(["likes-users-schema", "likes-users"]);
        const steps = done["likes-users"] ?? [];
        expect(steps.indexOf("delete-replaced")).to.be.lessThan(steps.indexOf("create-replacement"));
    });

    it("is destroyed in an order that Personalize takes", async () => {
        const outcome = await outcomeOf((onEvent) => stack.destroy({ onEvent }));
        expect(complaints(outcome)).to.equal("");
        expect(workspace.world.size).to.equal(0);
    });
});
