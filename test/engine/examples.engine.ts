/** The systems of `examples/`, in one region, as somebody sees them who previews them for the first time. */
import { expect } from "chai";
import { offlinePreview } from "../support/engine/stateComparison";
import { refusals, systems } from "../support/engine/systems";
import { EngineWorkspace, outcomeOf, packs } from "../support/engine/workspace";

const ONE_REGION = "prod";

describe("on the real engine, the system", () => {
    let workspace: EngineWorkspace;
    const judged = packs(ONE_REGION);

    before(async () => {
        workspace = await EngineWorkspace.open();
    });
    after(() => {
        workspace.close();
    });

    for (const [system] of systems()) {
        it(`${system} is previewed for the first time without a mandatory violation`, async () => {
            const offline = offlinePreview([ONE_REGION], { system }).get(ONE_REGION);
            const stack = await workspace.example(system, ONE_REGION);
            const outcome = await outcomeOf((onEvent) => stack.preview({ ...judged, onEvent }));
            expect(refusals(outcome)).to.equal("");
            expect(outcome.changes).to.deep.equal({ create: offline?.created });
        });
    }
});
