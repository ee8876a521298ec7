import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { SAMPLE_IMAGE } from "../../components/compute/sampleImage";
import { catalogueOf, ownCatalogues } from "../../regions/catalogue";
import { CONFIG_KEYS, type ConfigKey, type KeyKind } from "../../regions/configKeys";
import { loadStackConfig } from "../../regions/config";
import { stackKeys, stackName } from "../../regions/stackNames";
import { declaredKeys, goodValues, readYaml, ROOT, stackFileValues } from "../support/regions/stackConfigs";

const ENVIRONMENTS = ["prod", ...Object.keys(ownCatalogues)].map((environment) => ({
    environment,
    stacks: stackKeys(catalogueOf(environment)).map((key) => stackName(environment, key)),
}));
const STACKS = ENVIRONMENTS.flatMap(({ stacks }) => stacks);

/** How a kind is declared in Pulumi.yaml, whose schema knows no fractional numbers. */
const DECLARED: Record<KeyKind, string> = {
    string: "string",
    integer: "integer",
    decimal: "string",
    boolean: "boolean",
    strings: "array",
};

/** What the engine takes as a default for a type, as its own check in pulumi/pulumi's project.go does. */
const DEFAULT_FITS: Record<string, (value: unknown) => boolean> = {
    string: (value) => typeof value === "string",
    integer: (value) => Number.isInteger(value),
    boolean: (value) => typeof value === "boolean",
    array: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
};

describe("Pulumi.yaml", () => {
    const declared = declaredKeys();

    it("declares exactly the keys that the program reads", () => {
        expect(Object.keys(declared).sort()).to.deep.equal(Object.keys(CONFIG_KEYS).sort());
    });

    for (const [key, declaration] of Object.entries(declared)) {
        it(`declares ${key} as the program reads it, with a description`, () => {
            expect(declaration.type).to.equal(DECLARED[CONFIG_KEYS[key as ConfigKey]]);
            expect(declaration.items?.type).to.equal(declaration.type === "array" ? "string" : undefined);
            expect(declaration.description).to.match(/^[A-Z].{10,}\.$/);
            if (declaration.default !== undefined) {
                expect(DEFAULT_FITS[declaration.type]?.(declaration.default)).to.equal(true);
            }
            // The engine's schema allows these alone, and refuses the whole file otherwise.
            expect(Object.keys(declaration)).to.satisfy((names: string[]) =>
                names.every((name) => ["type", "items", "default", "description", "secret"].includes(name)),
            );
        });
    }

    it("leaves open only whose account and domain it is", () => {
        const open = Object.keys(declared).filter((key) => declared[key]?.default === undefined);
        expect(open).to.deep.equal(["accountId", "domainName", "hostedZoneId"]);
    });

    it("starts with the sample image", () => {
        expect([declared["webImage"]?.default, declared["apiImage"]?.default]).to.deep.equal([
            SAMPLE_IMAGE,
            SAMPLE_IMAGE,
        ]);
    });

    it("runs from its sources, where the plugin, which gets no arguments for Node, runs what was built", () => {
        const project = readYaml("Pulumi.yaml") as { runtime: unknown; main: string };
        const plugin = readYaml("PulumiPlugin.yaml") as { runtime: unknown };
        expect(project.runtime).to.deep.equal({
            name: "nodejs",
            options: { typescript: false, nodeargs: "--import=tsx --stack-trace-limit=2" },
        });
        expect(project.main).to.equal("index.ts");
        expect(plugin.runtime).to.deep.equal({ name: "nodejs", options: { packagemanager: "npm" } });
        const { main } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
            main: string;
        };
        expect(main).to.match(/^dist\/.*\.js$/);
    });
});

describe("stack files", () => {
    it("are there for every region of each catalogue, and for the global stack where there are several", () => {
        expect(STACKS).to.deep.equal(["prod-us", "prod-eu", "prod-global", "dev-us"]);
        const files = readdirSync(ROOT).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
        expect(files.sort()).to.deep.equal(STACKS.map((stack) => `Pulumi.${stack}.yaml`).sort());
    });

    for (const stack of STACKS) {
        it(`${stack} is fine`, () => {
            const values = { ...goodValues(), ...stackFileValues(stack) };
            const config = loadStackConfig({ project: "meridian", stack, values });
            expect(config.stack).to.equal(stack);
        });

        it(`${stack} has no default AWS provider`, () => {
            expect(stackFileValues(stack)["pulumi:disable-default-providers"]).to.equal('["aws"]');
        });
    }

    it("agree on what all stacks share", () => {
        const shared: readonly ConfigKey[] = [
            "accountId",
            "domainName",
            "hostedZoneId",
            "foundingRegion",
            "primaryRegion",
        ];
        for (const { environment, stacks } of ENVIRONMENTS) {
            for (const key of shared) {
                const values = new Set(stacks.map((stack) => stackFileValues(stack)[`meridian:${key}`]));
                expect(values.size, `${environment} ${key}`).to.equal(1);
            }
        }
    });
});
