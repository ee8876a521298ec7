/** What a stack goes through after it is made, on the real engine: regions change their roles, and all is taken away. */
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { complaints, EngineWorkspace, outcomeOf } from "../support/engine/workspace";

describe("on the real engine", () => {
    let workspace: EngineWorkspace;

    beforeEach(async () => {
        workspace = await EngineWorkspace.open();
    });
    afterEach(() => {
        workspace.close();
    });

    /** Updates a stack, and expects that it goes well. Returns how many resources were created, updated and so on. */
    async function update(stack: Stack): Promise<Readonly<Record<string, number>>> {
        const outcome = await outcomeOf((onEvent) => stack.up({ onEvent }));
        expect(complaints(outcome)).to.equal("");
        return outcome.changes;
    }

    it("the other region becomes the writer, with nothing replaced and nothing deleted", async () => {
        const stacks: Stack[] = [];
        for (const name of ["prod-us", "prod-eu", "prod-global"]) {
            const stack = await workspace.stack(name);
            expect(Object.keys(await update(stack))).to.deep.equal(["create"]);
            stacks.push(stack);
        }
        for (const stack of stacks) {
            await stack.setConfig("meridian:primaryRegion", { value: "eu" });
            const changes = await update(stack);
            expect(changes["update"], stack.name).to.be.greaterThan(0);
            expect(Object.keys(changes), stack.name).to.have.members(["same", "update"]);
        }
    });

    it("a stack is destroyed to the last resource once its protection is off, and not before", async () => {
        const stack = await workspace.stack("dev-us");
        // A protected database has a standby.
        await stack.setConfig("meridian:databaseInstanceCount", { value: "2" });
        await stack.setConfig("meridian:deletionProtection", { value: "true" });
        await update(stack);
        const made = workspace.world.size;
        const refused = await outcomeOf((onEvent) => stack.destroy({ onEvent }));
        expect(complaints(refused)).to.contain("protect");
        expect(workspace.world.size).to.equal(made);
        await stack.setConfig("meridian:deletionProtection", { value: "false" });
        await update(stack);
        const outcome = await outcomeOf((onEvent) => stack.destroy({ onEvent }));
        expect(complaints(outcome)).to.equal("");
        expect(workspace.world.size).to.equal(0);
        expect((await stack.exportStack()).deployment).not.to.have.property("resources");
    });
});
