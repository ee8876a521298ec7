/** The stacks with all on that watches regions and moves work between them, from the first preview to the refresh. */
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { EVERY_RECOVERY_KEY } from "../../support/recoveryConfig";
import {
    type ComparedResource,
    differences,
    offlinePreview,
    type OfflineStack,
} from "../../support/engine/stateComparison";
import { complaints, EngineWorkspace, outcomeOf, packs } from "../../support/engine/workspace";

/** In the order in which they are deployed. */
const STACKS = ["prod-us", "prod-eu", "prod-global"];

describe("with all that watches regions and moves work, on the real engine", () => {
    let workspace: EngineWorkspace;
    let preview: ReadonlyMap<string, OfflineStack>;
    const judged = packs("prod");

    before(async () => {
        preview = offlinePreview(STACKS, { config: EVERY_RECOVERY_KEY });
        workspace = await EngineWorkspace.open();
    });
    after(() => {
        workspace.close();
    });

    for (const name of STACKS) {
        describe(name, () => {
            let stack: Stack;

            before(async () => {
                stack = await workspace.stack(name);
                for (const [key, value] of Object.entries(EVERY_RECOVERY_KEY)) {
                    await stack.setConfig(`meridian:${key}`, { value });
                }
            });

            it("is previewed for the first time without a violation of a policy", async () => {
                const outcome = await outcomeOf((onEvent) => stack.preview({ ...judged, onEvent }));
                expect(complaints(outcome)).to.equal("");
                expect(outcome.changes).to.deep.equal({ create: preview.get(name)?.created });
            });

            it("is made, with the policies watching", async () => {
                const outcome = await outcomeOf((onEvent) => stack.up({ ...judged, onEvent }));
                expect(complaints(outcome)).to.equal("");
            });

            it("is what the offline preview says, resource by resource", async () => {
                const { resources } = (await stack.exportStack()).deployment as {
                    resources: readonly ComparedResource[];
                };
                expect(differences(resources, preview.get(name)?.resources ?? []).join("\n")).to.equal("");
            });

            it("has nothing to change afterwards, and no violation either", async () => {
                const outcome = await outcomeOf((onEvent) => stack.preview({ ...judged, onEvent }));
                expect(complaints(outcome)).to.equal("");
                expect(outcome.undecided).to.deep.equal([]);
                expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
            });

            it("is refreshed without a change", async () => {
                const outcome = await outcomeOf((onEvent) => stack.refresh({ onEvent }));
                expect(complaints(outcome)).to.equal("");
                expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
            });
        });
    }
});
