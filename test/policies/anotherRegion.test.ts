import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import { JURISDICTIONS, regionsOf } from "../../policies/residency-and-cost/shared/geography";
import { AWS_REGIONS } from "../../regions/awsRegions";
import { defaultCatalogue, type RegionEntry } from "../../regions/catalogue";
import { composeStack } from "../../regions/compose";
import {
    type ChosenPack,
    CROSS_STACK_DIR,
    OWN_PACKS,
    type PolicyChoice,
    profileOf,
} from "../../tools/preview/policies/choice";
import { type PolicyFinding } from "../../tools/preview/policies/findings";
import { PackProcess } from "../../tools/preview/policies/packProcess";
import { type RunResult } from "../../tools/preview/engine";
import { PolicySession } from "../../tools/preview/policies/session";
import { ORGANIZATION, previewStacks, type StacksPreview } from "../../tools/preview/stacks";
import { projectPreview } from "../support/projectPreview";
import { TOKYO } from "../support/regions/manyRegions";
import { ROOT } from "../support/regions/stackConfigs";

const RESILIENCE = path.join(ROOT, "policies", "resilience");
const RESIDENCY = path.join(ROOT, "policies", "residency-and-cost");

/** Of a jurisdiction that the policies allow already. */
const IRELAND: RegionEntry = {
    key: "ie",
    region: "eu-west-1",
    cidrBlock: "10.40.0.0/16",
    availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    jurisdiction: "EU",
    continents: [],
    failoverTo: "eu",
};

/** The project with one region more: its entry in the catalogue, and a stack file like the others. */
async function previewWith(folder: string, entry: RegionEntry): Promise<StacksPreview> {
    const files = ["", "prod-us.", "prod-eu.", "prod-global."].map((stack) => `Pulumi.${stack}yaml`);
    for (const file of files) {
        fs.copyFileSync(path.join(ROOT, file), path.join(folder, file));
    }
    fs.writeFileSync(path.join(folder, "index.ts"), "");
    const added = `Pulumi.prod-${entry.key}.yaml`;
    fs.copyFileSync(path.join(ROOT, "Pulumi.prod-eu.yaml"), path.join(folder, added));
    const preview = await previewStacks({
        projectDir: folder,
        program: () => composeStack([...defaultCatalogue, entry]),
    });
    expect(preview.runs.map((run) => run.preview.error?.message)).to.deep.equal(
        preview.runs.map(() => undefined),
    );
    expect(Object.keys(preview.document.stacks)).to.include(`prod-${entry.key}`);
    return preview;
}

/** The packs' processes, which serve one preview after the other. */
const serving = new Map<string, PackProcess>();

function processOf(dir: string): PackProcess {
    const process = serving.get(dir) ?? new PackProcess(dir, { project: "meridian" });
    serving.set(dir, process);
    return process;
}

const withProfile = (dir: string): ChosenPack => ({ dir, configFor: (stack) => profileOf(dir, stack) });

/** What all packs but the one on residency said of a preview, which they say whatever form that one has. */
const saidByOthers = new Map<StacksPreview, Promise<readonly PolicyFinding[]>>();

/** What the project's packs object to or leave open with the profile of prod, the one on residency in another form. */
async function judge(
    preview: StacksPreview,
    residency: Partial<ChosenPack> = {},
): Promise<readonly PolicyFinding[]> {
    const others =
        saidByOthers.get(preview) ??
        Promise.all([
            judgeBy(preview, { packs: [], crossStack: withProfile(CROSS_STACK_DIR) }),
            judgeBy(await changed(preview), {
                packs: OWN_PACKS.filter((dir) => dir !== RESIDENCY).map(withProfile),
                crossStack: undefined,
            }),
        ]).then((findings) => findings.flat());
    saidByOthers.set(preview, others);
    const own = { packs: [{ ...withProfile(RESIDENCY), ...residency }], crossStack: undefined };
    return [...(await others), ...(await judgeBy(await changed(preview), own))];
}

/** The stacks that are not as they are without the region. What packs say of the others the preview's tests show. */
async function changed({ document, runs }: StacksPreview): Promise<StacksPreview> {
    const { stacks: before } = (await projectPreview()).document;
    const isAsBefore = ({ preview }: RunResult): boolean =>
        isDeepStrictEqual(preview.steps, before[preview.stack]?.steps);
    const left = runs.filter((run) => !isAsBefore(run));
    expect(left.map(({ preview }) => preview.stack)).to.include("prod-global");
    expect(left.length).to.be.lessThan(runs.length);
    return { document, runs: left };
}

async function judgeBy(
    { document, runs }: StacksPreview,
    choice: PolicyChoice,
): Promise<readonly PolicyFinding[]> {
    const stacks = Object.keys(document.stacks);
    const session = new PolicySession({
        project: "meridian",
        organization: ORGANIZATION,
        stacks,
        allStacks: stacks,
        choice,
        processes: choice.packs.map(({ dir }) => processOf(dir)),
    });
    for (const run of runs) {
        await session.add(run);
    }
    const { policies } = await session.finish(document);
    return policies.filter(({ status }) => status === "violation" || status === "undecided");
}

describe("another region, to the policies", () => {
    let folder: string;

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-region-"));
    });

    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });

    after(async () => {
        await Promise.all([...serving.values()].map((process) => process.close()));
    });

    it("is one entry and a stack file where its jurisdiction is allowed", async () => {
        expect(await judge(await previewWith(folder, IRELAND))).to.deep.equal([]);
    });

    it("may use another region's database once the security team allows the way there", async () => {
        const preview = await previewWith(folder, { ...IRELAND, databaseIn: "eu" });
        const found = await judge(preview);
        expect(found.map(({ rule, message }) => `${rule}: ${message}`)).to.deep.equal([
            'tier-chain: lets 10.40.64.0/19 into the tier "data" by address.',
        ]);
        const allowed = path.join(folder, "resilience.json");
        fs.writeFileSync(allowed, JSON.stringify({ "tier-chain": { joinedNetworks: [IRELAND.cidrBlock] } }));
        const packs = [{ dir: RESILIENCE, configFor: () => allowed }];
        expect(await judgeBy(await changed(preview), { packs, crossStack: undefined })).to.deep.equal([]);
    });

    describe("of a new jurisdiction", () => {
        let tokyo: StacksPreview;
        let project: string;

        before(async () => {
            project = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-tokyo-"));
            tokyo = await previewWith(project, TOKYO);
        });

        after(() => {
            fs.rmSync(project, { recursive: true });
        });

        /** A file of the profile of prod with changes. */
        function profile(name: string, changes: object): string {
            const file = path.join(folder, name);
            const prod = fs.readFileSync(path.join(RESIDENCY, "profiles", "prod.json"), "utf8");
            fs.writeFileSync(file, JSON.stringify({ ...(JSON.parse(prod) as object), ...changes }));
            return file;
        }

        it("is refused, whatever the program's own catalogue says", async () => {
            const found = await judge(tokyo);
            expect(found.map(({ level }) => level)).to.include("mandatory");
            expect(found.map(({ rule }) => rule)).to.include("region-allowed");
            for (const { message, rule } of found) {
                expect(message, rule).to.contain("ap-northeast-1");
            }
        });

        it("takes one word in places.json, for all rules and profiles", async () => {
            const policies = path.join(folder, "policies");
            // Another name than the project's pack, whose bundle is kept for the next preview.
            const dir = path.join(policies, "residency-of-test");
            fs.cpSync(RESIDENCY, dir, { recursive: true });
            const framework = path.join("policies", "framework");
            fs.cpSync(path.join(ROOT, framework), path.join(folder, framework), { recursive: true });
            fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
            const places = path.join(dir, "places.json");
            const text = fs.readFileSync(places, "utf8");
            expect(text).to.contain('"EU", "US"');
            fs.writeFileSync(places, text.replace('"EU", "US"', '"EU", "JP", "US"'));
            expect(await judge(tokyo, { dir })).to.deep.equal([]);
        });

        it("takes one word in a profile, which adds to places.json and repeats nothing", async () => {
            const file = profile("jp.json", { settings: { additionalJurisdictions: ["JP"] } });
            expect(await judge(tokyo, { configFor: () => file })).to.deep.equal([]);
        });

        it("is answered with what is wrong where the word is no jurisdiction", async () => {
            const file = profile("xx.json", { settings: { additionalJurisdictions: ["XX"] } });
            const error: unknown = await judge(tokyo, { configFor: () => file }).catch(
                (reason: unknown) => reason,
            );
            expect(error).to.be.instanceOf(Error);
            expect((error as Error).message)
                .to.contain("settings.additionalJurisdictions")
                .and.to.contain('is "XX"; allowed: ');
        });
    });
});

describe("the geography of the policies", () => {
    it("knows every region of the catalogue's facts, in the same jurisdiction", () => {
        const known = Object.entries(JURISDICTIONS).flatMap(([jurisdiction, regions]) =>
            regions.map((region) => [region, jurisdiction]),
        );
        // Two tables on purpose: whoever owns the policies takes theirs along, and no program widens it.
        expect(Object.fromEntries(known)).to.deep.equal(
            Object.fromEntries(
                Object.entries(AWS_REGIONS).map(([region, { jurisdiction }]) => [region, jurisdiction]),
            ),
        );
    });

    it("gives the regions of jurisdictions, and refuses what is none", () => {
        expect(regionsOf(["JP", "ZA"], "the test")).to.deep.equal([
            "ap-northeast-1",
            "ap-northeast-3",
            "af-south-1",
        ]);
        expect(() => regionsOf(["EU", "Japan"], "the test")).to.throw(
            /^the test has "Japan"; allowed: AE, AU, /,
        );
    });
});
