/** The systems of examples/ on the real engine, from the first preview to the refresh. */
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import {
    type ComparedResource,
    differences,
    offlinePreview,
    type OfflineStack,
} from "../../support/engine/stateComparison";
import { refusals, systems } from "../../support/engine/systems";
import { EngineWorkspace, outcomeOf, packs } from "../../support/engine/workspace";

for (const [system, stacks] of systems()) {
    describe(`${system} on the real engine`, () => {
        let workspace: EngineWorkspace;
        let preview: ReadonlyMap<string, OfflineStack>;
        const judged = packs("prod");

        before(async () => {
            preview = offlinePreview(stacks, { system });
            workspace = await EngineWorkspace.open();
        });
        after(() => {
            workspace.close();
        });

        for (const name of stacks) {
            describe(name, () => {
                let stack: Stack;

                before(async () => {
                    stack = await workspace.example(system, name);
                });

                it("is previewed for the first time without a mandatory violation", async () => {
                    const outcome = await outcomeOf((onEvent) => stack.preview({ ...judged, onEvent }));
                    expect(refusals(outcome)).to.equal("");
                    expect(outcome.changes).to.deep.equal({ create: preview.get(name)?.created });
                });

                it("is made, with the policies watching", async () => {
                    const outcome = await outcomeOf((onEvent) => stack.up({ ...judged, onEvent }));
                    expect(refusals(outcome)).to.equal("");
                });

                it("is what the offline preview says, resource by resource", async () => {
                    const { resources } = (await stack.exportStack()).deployment as {
                        resources: readonly ComparedResource[];
                    };
                    expect(differences(resources, preview.get(name)?.resources ?? []).join("\n")).to.equal(
                        "",
                    );
                });

                it("has nothing to change afterwards", async () => {
                    const outcome = await outcomeOf((onEvent) => stack.preview({ ...judged, onEvent }));
                    expect(refusals(outcome)).to.equal("");
                    expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
                });

                it("is refreshed without a change", async () => {
                    const outcome = await outcomeOf((onEvent) => stack.refresh({ onEvent }));
                    expect(refusals(outcome)).to.equal("");
                    expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
                });
            });
        }
    });
}
