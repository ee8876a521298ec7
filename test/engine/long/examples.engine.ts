/** The systems of examples/ on the real engine, from the first preview to the refresh. */
import { type Stack } from "@pulumi/pulumi/automation";
import { describeLife } from "../../support/engine/life";
import { offlinePreview, type OfflineStack } from "../../support/engine/stateComparison";
import { refusals, systems } from "../../support/engine/systems";
import { EngineWorkspace, packs } from "../../support/engine/workspace";

for (const [system, stacks] of systems()) {
    describe(`${system} on the real engine`, () => {
        let workspace: EngineWorkspace;
        let preview: ReadonlyMap<string, OfflineStack>;

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

                describeLife({
                    stack: () => stack,
                    preview: () => preview.get(name),
                    judged: packs("prod"),
                    against: refusals,
                });
            });
        }
    });
}
