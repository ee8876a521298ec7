import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import {
    choosePolicies,
    CROSS_STACK_DIR,
    OWN_PACKS,
    profileOf,
    sharedConfig,
} from "../../../../tools/preview/policies/choice";

describe("which policies a preview runs", () => {
    it("are the project's own, each with the profile of the stack's environment", () => {
        const { packs, crossStack } = choosePolicies({ packs: [], configs: [] });
        expect(packs.map(({ dir }) => path.basename(dir))).to.deep.equal([
            "security-baseline",
            "resilience",
            "residency-and-cost",
            "deployability",
        ]);
        expect(crossStack?.dir).to.equal(CROSS_STACK_DIR);
        const profiles = ["prod-us", "staging-eu", "dev-global", "qa-us", "dev-blue-eu", "solo"].map(
            (stack) => path.basename(packs[0]?.configFor(stack) ?? ""),
        );
        expect(profiles).to.deep.equal([
            "prod.json",
            "staging.json",
            "dev.json",
            "prod.json",
            "prod.json",
            "prod.json",
        ]);
    });

    it("are all folders with a PulumiPolicy.yaml", () => {
        const policies = path.dirname(CROSS_STACK_DIR);
        const folders = fs
            .readdirSync(policies)
            .filter((name) => fs.existsSync(path.join(policies, name, "PulumiPolicy.yaml")));
        expect(OWN_PACKS.map((dir) => path.basename(dir))).to.have.members(folders);
    });

    it("are packs that Pulumi's engine can read", () => {
        for (const dir of OWN_PACKS) {
            const { description, main, runtime } = parse(
                fs.readFileSync(path.join(dir, "PulumiPolicy.yaml"), "utf8"),
            ) as Record<string, unknown>;
            expect([typeof description, main, runtime], dir).to.deep.equal(["string", "index.js", "nodejs"]);
        }
    });

    it("have a profile for each environment there is", () => {
        for (const dir of [...OWN_PACKS, CROSS_STACK_DIR]) {
            for (const environment of ["dev", "staging", "prod"]) {
                expect(profileOf(dir, `${environment}-us`)).to.equal(
                    path.join(dir, "profiles", `${environment}.json`),
                );
            }
        }
    });

    it("are those that were asked for, with their configuration by order", () => {
        const { packs, crossStack } = choosePolicies({ packs: ["a", "policies/b"], configs: ["a.json"] });
        expect(packs.map(({ dir, configFor }) => [dir, configFor("prod-us")])).to.deep.equal([
            [path.resolve("a"), "a.json"],
            [path.resolve("policies/b"), undefined],
        ]);
        expect(crossStack).to.equal(undefined);
    });

    it("take the rules about several stacks for a pack, too", () => {
        const { packs, crossStack } = choosePolicies({
            packs: [CROSS_STACK_DIR, "a"],
            configs: ["cross.json", "a.json"],
        });
        expect(packs.map(({ configFor }) => configFor("x"))).to.deep.equal(["a.json"]);
        expect(crossStack?.configFor("x")).to.equal("cross.json");
    });

    it("judge stacks of several environments together by the strictest profile", () => {
        const { crossStack } = choosePolicies({ packs: [], configs: [] });
        const shared = (...stacks: readonly string[]): string =>
            crossStack === undefined ? "" : path.basename(sharedConfig(crossStack, stacks) ?? "");
        expect(shared("dev-us", "dev-eu")).to.equal("dev.json");
        expect(shared("dev-us", "staging-eu")).to.equal("prod.json");
    });
});
