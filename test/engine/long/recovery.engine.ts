/** The stacks with all on that watches regions and moves work between them, from the first preview to the refresh. */
import { type Stack } from "@pulumi/pulumi/automation";
import { EVERY_RECOVERY_KEY } from "../../support/recoveryConfig";
import { describeLife } from "../../support/engine/life";
import { offlinePreview, type OfflineStack } from "../../support/engine/stateComparison";
import { complaints, EngineWorkspace, packs } from "../../support/engine/workspace";

/** In the order in which they are deployed. */
const STACKS = ["prod-us", "prod-eu", "prod-global"];

describe("with all that watches regions and moves work, on the real engine", () => {
    let workspace: EngineWorkspace;
    let preview: ReadonlyMap<string, OfflineStack>;

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

            describeLife({
                stack: () => stack,
                preview: () => preview.get(name),
                judged: packs("prod"),
                against: complaints,
                isDecided: true,
            });
        });
    }
});
