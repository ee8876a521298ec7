/** The stacks on the real engine, from the first preview to the second. */
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { environmentOf } from "../../regions/stackNames";
import { changesOf, documented, planned, sayTold, setAll } from "../support/engine/configChanges";
import {
    type ComparedResource,
    differences,
    lackingVpcDependencies,
    offlinePreview,
    type OfflineStack,
} from "../support/engine/stateComparison";
import { complaints, EngineWorkspace, type Outcome, outcomeOf, packs } from "../support/engine/workspace";

/** In the order in which they are deployed: what reads another stack's outputs comes after it. */
const STACKS = ["dev-us", "prod-us", "prod-eu", "prod-global"];

const GLOBAL = "prod-global";

/** The stacks that it reads. */
const READ = ["prod-us", "prod-eu"];

/** Where the policies watch the update, too: what AWS computes far from a region is known there alone. */
const WATCHED = ["prod-us", "prod-eu", "prod-global"];

/**
 * The groups of changes by the stack that they are tried on. Where much is to be deleted the engine stops at the first
 * that is protected.
 */
const CHANGED: Readonly<Partial<Record<string, readonly number[]>>> = {
    "dev-us": [4],
    "prod-us": [1, 2, 3, 5],
    [GLOBAL]: [1, 2, 3, 5],
};

describe("on the real engine", () => {
    let workspace: EngineWorkspace;
    let preview: ReadonlyMap<string, OfflineStack>;

    before(async () => {
        preview = offlinePreview(STACKS);
        workspace = await EngineWorkspace.open();
    });
    after(() => {
        workspace.close();
    });

    for (const name of STACKS) {
        describe(name, () => {
            const judged = packs(environmentOf(name));
            let stack: Stack;

            before(async () => {
                stack = await workspace.stack(name);
            });

            it("is previewed for the first time without a violation of a policy", async () => {
                const outcome = await outcomeOf((onEvent) => stack.preview({ ...judged, onEvent }));
                expect(complaints(outcome)).to.equal("");
                // References to other stacks, which the preview counts as reads, are no changes to the engine.
                expect(outcome.changes).to.deep.equal({ create: preview.get(name)?.created });
                note(name, "first preview", outcome);
            });

            const watched = WATCHED.includes(name);
            it(watched ? "is made, with the policies watching" : "is made", async () => {
                const outcome = await outcomeOf((onEvent) =>
                    stack.up({ ...(watched ? judged : {}), onEvent }),
                );
                expect(complaints(outcome)).to.equal("");
                note(name, "up", outcome);
            });

            it("is what the offline preview says, resource by resource", async () => {
                const { resources } = (await stack.exportStack()).deployment as {
                    resources: readonly ComparedResource[];
                };
                expect(differences(resources, preview.get(name)?.resources ?? []).join("\n")).to.equal("");
                // What both of them have from the project's own model of the plugin.
                const lacking = name === GLOBAL ? [] : lackingVpcDependencies(resources);
                expect(lacking.join("\n")).to.equal("");
            });

            // commands.engine.ts goes on with dev.
            if (name !== "dev-us") {
                it("has nothing to change afterwards, and no violation either", async () => {
                    const outcome = await outcomeOf((onEvent) => stack.preview({ ...judged, onEvent }));
                    expect(complaints(outcome)).to.equal("");
                    expect(outcome.undecided).to.deep.equal([]);
                    expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
                    note(name, "second preview", outcome);
                });

                it("is refreshed without a change", async () => {
                    const outcome = await outcomeOf((onEvent) => stack.refresh({ onEvent }));
                    expect(complaints(outcome)).to.equal("");
                    expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
                });
            }

            for (const group of CHANGED[name] ?? []) {
                it(`does on changes of its configuration what the documents say (group ${group})`, async () => {
                    const changes = changesOf(group);
                    const kind = name === GLOBAL ? "global" : "region";
                    const undo: (() => void | Promise<void>)[] = [await setAll(stack, changes, kind)];
                    for (const read of name === GLOBAL ? READ : []) {
                        undo.push(await sayTold(await workspace.stack(read), changes));
                    }
                    const outcome = await outcomeOf((onEvent) => stack.preview({ onEvent }));
                    for (const each of undo) {
                        await each();
                    }
                    expect(planned(outcome), complaints(outcome)).to.deep.equal(documented(changes, kind));
                    // Where it is to delete what is protected, the engine says so, and that the preview failed.
                    const others = outcome.errors.filter((error) => !error.includes("protect"));
                    expect(others).to.deep.equal(
                        others.length < outcome.errors.length ? ["preview failed\n"] : [],
                    );
                    note(name, `changes of group ${group}`, outcome);
                });
            }

            if (name === GLOBAL) {
                it("keeps what the replication made when it was a role of AuroraGlobal", async () => {
                    const now = await stack.exportStack();
                    const before = JSON.stringify(now).replaceAll("AuroraReplication", "AuroraGlobal");
                    expect(before).not.to.equal(JSON.stringify(now));
                    await stack.importStack(JSON.parse(before) as typeof now);
                    const outcome = await outcomeOf((onEvent) => stack.preview({ onEvent }));
                    expect(complaints(outcome)).to.equal("");
                    expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
                });
            }
        });
    }
});

/** Times are part of what a run is for. */
function note(stack: string, what: string, { seconds, changes }: Outcome): void {
    const total = Object.values(changes).reduce((sum, count) => sum + count, 0);
    process.stdout.write(`      ${stack}, ${what}: ${seconds.toFixed(1)} s, ${total} resources\n`);
}
