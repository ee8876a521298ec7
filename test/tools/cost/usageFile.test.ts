import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { USAGE_KEY_NAMES, type UsageKeyName } from "../../../policies/residency-and-cost/shared/cost/usage";
import {
    checkStacks,
    configurationFor,
    loadProfile,
    loadUsage,
    readyProfiles,
    UsageError,
    viewerAreas,
} from "../../../tools/cost/usageFile";

describe("a usage profile", () => {
    let folder: string;
    const write = (text: string, name = "mine.yaml"): string => {
        const file = join(folder, name);
        writeFileSync(file, text);
        return file;
    };
    const problemsOf = (text: string): string[] => {
        const file = write(text);
        try {
            loadProfile(file);
        } catch (error) {
            if (error instanceof UsageError) {
                return error.message.replaceAll(`${file}: `, "").split("\n");
            }
            throw error;
        }
        return [];
    };

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "meridian-usage-"));
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("is one of the ready ones, each of which says everything", () => {
        expect(readyProfiles()).to.deep.equal(["active-active", "pilot-light", "seed", "warm-standby"]);
        for (const name of readyProfiles()) {
            const { usage, description } = loadProfile(name);
            expect(
                USAGE_KEY_NAMES.filter((key) => usage.values[key] === undefined),
                name,
            ).to.deep.equal([]);
            expect(description, name).to.match(/\w/);
            expect(Object.values(usage.viewers).reduce((sum, part) => sum + part, 0)).to.equal(1);
        }
    });

    it("may be written by service, or by the whole key, and takes the rest from what it extends", () => {
        const file = write("extends: warm-standby\nusage: { nat: { gb: 7 }, s3.reads: 8 }\nfreeTier: true\n");
        const usage = loadUsage(file);
        expect([usage.name, usage.values["nat.gb"], usage.values["s3.reads"], usage.freeTier]).to.deep.equal([
            "mine",
            7,
            8,
            true,
        ]);
        expect(usage.values["kms.requests"]).to.equal(loadUsage("warm-standby").values["kms.requests"]);
    });

    it("puts its own stacks before those of what it extends", () => {
        const file = write('extends: warm-standby\nstacks: { "*-eu": { share: 0.3 } }\n');
        const parts = loadUsage(file).byStack;
        expect(parts.find(({ stacks }) => stacks === "*-eu")?.share).to.equal(0.3);
    });

    it("is refused with all that is wrong with it, and what was meant", () => {
        expect(
            problemsOf(
                [
                    "usages: {}",
                    "freeTier: 1",
                    "usage:",
                    "  nat.gbs: 1",
                    "  cloudfrnt: { requests: 1 }",
                    "  cloudfront: { hitRatio: 85 }",
                    "  s3: { reads: -1, writes: many }",
                    "  frobnication: 1",
                    "viewers: { Mars: 0.5, Japan: 0.4 }",
                    "stacks: { a: { shares: 1, share: half } }",
                    "configuration: { webMinSize: 3 }",
                ].join("\n"),
            ),
        ).to.deep.equal([
            "usages is unknown; did you mean usage?",
            "stacks.a.shares is unknown; did you mean share?",
            'stacks.a.share is "half"; allowed: a number from 0, the part of the amounts that the stacks have.',
            "configuration.webMinSize has no project; write it as project:key.",
            "usage.nat.gbs is unknown; did you mean nat.gb?",
            "usage.cloudfrnt.requests is unknown; did you mean cloudfront.requests?",
            "usage.cloudfront.hitRatio is 85; allowed: 0 to 1 (part).",
            "usage.s3.reads is -1; allowed: a number from 0 (requests a month).",
            'usage.s3.writes is "many"; allowed: a number from 0 (requests a month).',
            `usage.frobnication is unknown; allowed are keys of ${[...new Set(USAGE_KEY_NAMES.map((key) => key.split(".")[0]))].join(", ")}.`,
            `viewers.Mars is unknown; allowed: ${viewerAreas().join(" | ")}.`,
            "viewers come to 0.4 together; they must come to 1.",
            "freeTier is 1; allowed: true or false.",
        ]);
    });

    it("names the keys of a service where none is near", () => {
        expect(problemsOf("usage: { aurora.frobnication: 1 }")).to.deep.equal([
            "usage.aurora.frobnication is unknown; allowed: aurora.backupGb, aurora.extraUnits, aurora.ioRequests, aurora.replicatedWrites, aurora.storageGb.",
        ]);
    });

    it("must be there, be YAML, and not extend itself", () => {
        expect(() => loadUsage("warm-standbi")).to.throw(UsageError, /Did you mean warm-standby\?$/);
        expect(() => loadUsage("system")).not.to.throw();
        expect(() => loadUsage(write("usage: [\n"))).to.throw(UsageError, /mine\.yaml/);
        expect(problemsOf("extends: mine.yaml\n")).to.deep.equal([
            "extends goes round in a circle by mine.yaml.",
        ]);
    });

    it("configures stacks by the first pattern that fits, for its own project alone", () => {
        const file = write(
            [
                'configuration: { "shop:size": 3, "other:size": 4 }',
                'stacks: { "*-eu": { configuration: { "shop:types": [a, b], "shop:size": 2 } } }',
            ].join("\n"),
        );
        const profile = loadProfile(file);
        expect(configurationFor(profile, "shop", "prod-eu")).to.deep.equal({
            "shop:size": "2",
            "shop:types": '["a","b"]',
        });
        expect(configurationFor(profile, "shop", "prod-us")).to.deep.equal({ "shop:size": "3" });
        expect(configurationFor(profile, "third", "prod-us")).to.deep.equal({});
    });

    it("must name stacks that there are, but for patterns", () => {
        const profile = loadProfile(write('stacks: { prod-eeu: { share: 1 }, "qa-*": { share: 1 } }\n'));
        expect(() => {
            checkStacks(profile, ["prod-eu", "prod-us"]);
        }).to.throw(UsageError, "stacks.prod-eeu is no stack of the project; did you mean prod-eu?");
    });

    it("has every key on the page about costs", () => {
        const page = readFileSync(join(__dirname, "../../../docs/cost.md"), "utf8");
        const missing = USAGE_KEY_NAMES.filter((key: UsageKeyName) => !page.includes(`\`${key}\``));
        expect(missing).to.deep.equal([]);
    });
});
