/** What a stack goes through when it is taken away by the engine alone: commands.engine.ts does it as a user should. */
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { complaints, EngineWorkspace, outcomeOf } from "../../support/engine/workspace";

describe("on the real engine", () => {
    let workspace: EngineWorkspace;

    beforeEach(async () => {
        workspace = await EngineWorkspace.open();
    });
    afterEach(() => {
        workspace.close();
    });

    /** Updates a stack, and expects that it goes well. */
    async function update(stack: Stack): Promise<void> {
        expect(complaints(await outcomeOf((onEvent) => stack.up({ onEvent })))).to.equal("");
    }

    /** URNs of the resources for which a stack's state has an option set. */
    async function having(stack: Stack, option: "protect" | "retainOnDelete"): Promise<string[]> {
        const { resources } = (await stack.exportStack()).deployment as {
            resources: readonly {
                readonly urn: string;
                readonly protect?: boolean;
                readonly retainOnDelete?: boolean;
            }[];
        };
        return resources.filter((resource) => resource[option] === true).map(({ urn }) => urn);
    }

    // The engine deletes what it comes to before the first that is protected: `npm run destroy` asks beforehand.
    it("a stack keeps what is protected, and is destroyed to the last resource once its protection is off", async () => {
        const stack = await workspace.stack("dev-us");
        // A protected database has a standby.
        await stack.setConfig("meridian:databaseInstanceCount", { value: "2" });
        await stack.setConfig("meridian:deletionProtection", { value: "true" });
        await update(stack);
        const kept = await having(stack, "protect");
        expect(kept).to.not.deep.equal([]);
        const refused = await outcomeOf((onEvent) => stack.destroy({ onEvent }));
        expect(complaints(refused)).to.contain("protect");
        expect(await having(stack, "protect")).to.have.members(kept);
        await stack.setConfig("meridian:deletionProtection", { value: "false" });
        await update(stack);
        // Records by which certificates of other regions are renewed, too.
        const left = await having(stack, "retainOnDelete");
        const outcome = await outcomeOf((onEvent) => stack.destroy({ onEvent }));
        expect(complaints(outcome)).to.equal("");
        expect(workspace.world.size).to.equal(left.length);
        expect((await stack.exportStack()).deployment).not.to.have.property("resources");
    });
});
