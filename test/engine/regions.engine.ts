/** The global stack of a shop in many regions, on the real engine. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Deployment } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { parse } from "yaml";
import { SECONDARIES_MAX } from "../../components/data";
import { composeStack } from "../../regions/compose";
import { isDefaultProvider, STACK_TYPE, typeOf } from "../../tools/preview/urn";
import { regions, regionsAndClients } from "../support/regions/manyRegions";
import { complaints, EngineWorkspace, outcomeOf } from "../support/engine/workspace";

/** More than one global database joins: the rest use another region's. */
const REGIONS = 20;

describe(`on the real engine, the global stack of ${REGIONS} regions`, () => {
    const catalogue = regionsAndClients(REGIONS);
    const stacks = catalogue.map(({ key }) => `prod-${key}`);
    let workspace: EngineWorkspace;
    let states: string;

    before(async () => {
        workspace = await EngineWorkspace.open();
        workspace.addFiles(["prod-global", ...stacks]);
        states = path.join(workspace.folder, "states");
        fs.mkdirSync(states);
        const script = path.join(__dirname, "../support/engine/regions/offlineStacks.ts");
        const { status, stderr } = spawnSync(
            process.execPath,
            ["--import=tsx", script, String(REGIONS), workspace.project, states],
            { encoding: "utf8" },
        );
        expect(status, stderr).to.equal(0);
        for (const name of stacks) {
            const stack = await workspace.stack(name);
            const file = fs.readFileSync(path.join(workspace.project, `Pulumi.${name}.yaml`), "utf8");
            const { encryptionsalt: salt } = parse(file) as { readonly encryptionsalt: string };
            // Without it the engine would have nothing to encrypt the secrets with.
            const secretsProviders = { type: "passphrase", state: { salt } };
            const state = read(`${name}.json`) as Deployment;
            const deployment = { ...(state.deployment as object), secrets_providers: secretsProviders };
            await stack.importStack({ ...state, deployment });
        }
    });
    after(() => {
        workspace.close();
    });

    function read(file: string): unknown {
        return JSON.parse(fs.readFileSync(path.join(states, file), "utf8"));
    }

    it("is previewed with what the regions' stacks give it, as offline", async () => {
        const stack = await workspace.stack("prod-global", () => composeStack(catalogue));
        const outcome = await outcomeOf((onEvent) => stack.preview({ onEvent }));
        expect(complaints(outcome)).to.equal("");
        const made = [...outcome.steps].filter(([, ops]) => ops.includes("create")).map(([urn]) => urn);
        const offline = read("prod-global.json") as readonly string[];
        expect(made.filter((urn) => !offline.includes(urn) && !isDefaultProvider(urn))).to.deep.equal([]);
        expect(offline.filter((urn) => !made.includes(urn))).to.deep.equal([]);
        const members = made.filter((urn) => urn.includes("$aws:rds/cluster:Cluster::"));
        expect(members).to.have.length(SECONDARIES_MAX);
        const connections = made.filter((urn) => urn.includes("VpcPeeringConnection::"));
        expect(connections).to.have.length(REGIONS - 1 - SECONDARIES_MAX);
        process.stdout.write(`      ${outcome.seconds.toFixed(1)} s, ${offline.length} resources\n`);
    });

    it("is refused before anything is registered where one database is to join them all", async () => {
        const tooMany = regions(SECONDARIES_MAX + 2);
        const stack = await workspace.stack("prod-global", () => composeStack(tooMany));
        const outcome = await outcomeOf((onEvent) => stack.preview({ onEvent }));
        expect(complaints(outcome)).to.contain(
            `regions with a database of their own are ${tooMany.length}; allowed: at most ${SECONDARIES_MAX + 1}`,
        );
        expect([...outcome.steps.keys()].filter((urn) => typeOf(urn) !== STACK_TYPE)).to.deep.equal([]);
    });
});
