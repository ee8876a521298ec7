/** The systems of examples/ on the real engine, from the first preview to the second. */
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import {
    type ComparedResource,
    differences,
    offlinePreview,
    type OfflineStack,
} from "../../support/engine/stateComparison";
import { complaints, EngineWorkspace, type Outcome, outcomeOf, packs } from "../../support/engine/workspace";

/** The stacks of each system, in the order in which they are deployed. */
const SYSTEMS: Readonly<Record<string, readonly string[]>> = {
    "container-platform": ["prod", "prod-us", "prod-eu", "private"],
    "retail-store": ["prod", "prod-us", "prod-eu"],
};

/** What a run has to say against itself, but for what a reviewer may let pass. */
function refusals(outcome: Outcome): string {
    return complaints({
        ...outcome,
        violations: outcome.violations.filter(({ level }) => level === "mandatory"),
    });
}

for (const [system, stacks] of Object.entries(SYSTEMS)) {
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
            });
        }
    });
}
