/** What the policy packs say of a stack with hundreds of faults: under the real engine, and in the offline preview. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { composeBroken } from "../../support/engine/verdicts/brokenProgram";
import {
    engineVerdicts,
    except,
    judgeOffline,
    type JudgedOffline,
    offlineVerdicts,
    undecidedPlaces,
    verdictDifferences,
} from "../../support/engine/verdicts/comparison";
import { complaints, EngineWorkspace, outcomeOf } from "../../support/engine/workspace";

const NAME = "prod-us";
const STACK_URN = `urn:pulumi:${NAME}::meridian::pulumi:pulumi:Stack::meridian-${NAME}`;

/** What a program leaves out and AWS fills in is no choice of the program's: offline it stays unknown. */
const LEFT_OPEN = [
    "meridian-residency-and-cost | cloudfront-personal-reach | urn:pulumi:prod-us::meridian::meridian:index:EdgeDistribution$aws:cloudfront/distribution:Distribution::shop-edge-distribution",
    "meridian-security-baseline | rds-cluster-members | urn:pulumi:prod-us::meridian::aws:rds/cluster:Cluster::first-re7",
    "meridian-security-baseline | rds-cluster-members | urn:pulumi:prod-us::meridian::aws:rds/cluster:Cluster::second-re7",
];

describe("on the real engine, a stack with many faults", () => {
    let workspace: EngineWorkspace;
    let offline: JudgedOffline;
    let stack: Stack;

    before(async () => {
        workspace = await EngineWorkspace.open();
        workspace.world.letNamesRepeat();
        offline = judgeOffline(NAME, workspace.folder);
        stack = await workspace.stack(NAME, () => composeBroken(offline.breakage));
    });
    after(() => {
        workspace.close();
    });

    it("breaks most of the rules", () => {
        const { first } = offline.verdicts;
        const rules = new Set(first.filter(({ status }) => status === "violation").map(({ rule }) => rule));
        expect(rules.size).to.be.greaterThan(300);
        expect(first.filter(({ status }) => status === "undecided")).to.have.length.greaterThan(100);
    });

    it("is judged at its first preview as the offline preview judges what is known", async () => {
        const outcome = await outcomeOf((onEvent) => stack.preview({ ...offline.packs, onEvent }));
        const said = offlineVerdicts(offline.verdicts.first, STACK_URN);
        expect(verdictDifferences(engineVerdicts(outcome), said).join("\n")).to.equal("");
        process.stdout.write(`      first preview: ${outcome.seconds.toFixed(1)} s\n`);
    });

    it("is not judged by a configuration with a setting of the wrong type", async () => {
        const wrong = path.join(workspace.folder, "wrong.json");
        fs.writeFileSync(wrong, JSON.stringify({ "acm-certificate-strength": { unknowns: 7 } }));
        const [pack = ""] = offline.packs.policyPacks;
        const outcome = await outcomeOf((onEvent) =>
            stack.preview({ policyPacks: [pack], policyPackConfigs: [wrong], onEvent }),
        );
        expect(outcome.failure).to.contain("unknowns");
        expect(outcome.steps.size).to.equal(0);
    });

    it("is judged once it is made as the offline preview judges with made-up values", async () => {
        const made = await outcomeOf((onEvent) => stack.up({ onEvent }));
        expect(complaints(made)).to.equal("");
        const outcome = await outcomeOf((onEvent) => stack.preview({ ...offline.packs, onEvent }));
        expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
        const said = offlineVerdicts(offline.verdicts.second, STACK_URN);
        const open = undecidedPlaces(said);
        expect(open).to.have.members(LEFT_OPEN);
        const [engine, preview] = [engineVerdicts(outcome), said].map((all) => except(all, open));
        expect(verdictDifferences(engine ?? [], preview ?? []).join("\n")).to.equal("");
        process.stdout.write(
            `      up: ${made.seconds.toFixed(1)} s, preview: ${outcome.seconds.toFixed(1)} s\n`,
        );
    });
});
