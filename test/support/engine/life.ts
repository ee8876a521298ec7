/** A stack's life on the engine, from the first preview to the refresh: tests that go on where the one before ended. */
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { type ComparedResource, differences, type OfflineStack } from "./stateComparison";
import { type Outcome, outcomeOf, type packs } from "./workspace";

/** What is tried, and how strictly. What is only there when the tests run is asked for then. */
export interface Life {
    readonly stack: () => Stack;
    /** What the offline preview says of it. */
    readonly preview: () => OfflineStack | undefined;
    readonly judged: ReturnType<typeof packs>;
    /** What is against a run; nothing may be. */
    readonly against: (outcome: Outcome) => string;
    /** Whether each rule must be able to judge what is made. */
    readonly isDecided?: boolean;
}

/** Adds the tests to the suite around the call. */
export function describeLife({ stack, preview, judged, against, isDecided = false }: Life): void {
    it("is previewed for the first time with nothing against it", async () => {
        const outcome = await outcomeOf((onEvent) => stack().preview({ ...judged, onEvent }));
        expect(against(outcome)).to.equal("");
        expect(outcome.changes).to.deep.equal({ create: preview()?.created });
    });

    it("is made, with the policies watching", async () => {
        const outcome = await outcomeOf((onEvent) => stack().up({ ...judged, onEvent }));
        expect(against(outcome)).to.equal("");
    });

    it("is what the offline preview says, resource by resource", async () => {
        const { resources } = (await stack().exportStack()).deployment as {
            resources: readonly ComparedResource[];
        };
        expect(differences(resources, preview()?.resources ?? []).join("\n")).to.equal("");
    });

    it("has nothing to change afterwards, and nothing against it either", async () => {
        const outcome = await outcomeOf((onEvent) => stack().preview({ ...judged, onEvent }));
        expect(against(outcome)).to.equal("");
        if (isDecided) {
            expect(outcome.undecided).to.deep.equal([]);
        }
        expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
    });

    it("is refreshed without a change", async () => {
        const outcome = await outcomeOf((onEvent) => stack().refresh({ onEvent }));
        expect(against(outcome)).to.equal("");
        expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
    });
}
