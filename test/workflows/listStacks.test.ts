import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ownCatalogues } from "../../regions/catalogue";
import { stackKeys, stackName } from "../../regions/stackNames";
import { shellcheck } from "../support/shellcheck";

const root = resolve(__dirname, "../..");
const script = join(root, ".github/scripts/list-stacks.sh");

interface Listing {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs the script in a folder with these stack files. */
function list(environment: string, ...files: string[]): Listing {
    const directory = mkdtempSync(join(tmpdir(), "meridian-"));
    try {
        copyFileSync(join(root, "package.json"), join(directory, "package.json"));
        for (const file of files) {
            writeFileSync(join(directory, file), "config: {}\n");
        }
        return spawnSync("bash", [script, environment], { cwd: directory, encoding: "utf8" });
    } finally {
        rmSync(directory, { recursive: true });
    }
}

describe("the list of stacks for the workflows", () => {
    it("follows from the stack files, so that a new region changes no workflow", () => {
        const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
            devDependencies: Record<string, string>;
        };
        const files = ["Pulumi.prod-us.yaml", "Pulumi.prod-eu.yaml", "Pulumi.prod-global.yaml"];
        const version = devDependencies["@pulumi/pulumi"]!;
        expect(version).to.match(/^\d+\.\d+\.\d+$/);
        expect(list("prod", "Pulumi.yaml", ...files)).to.deep.include({
            status: 0,
            stdout: `regions=["prod-eu","prod-us"]\nglobal=prod-global\nall=["prod-eu","prod-us","prod-global"]\npulumi=${version}\n`,
        });
        expect(list("prod", "Pulumi.prod-ap.yaml", ...files).stdout).to.contain(
            'regions=["prod-ap","prod-eu","prod-us"]\n',
        );
    });

    it("takes one environment's stacks alone", () => {
        const others = [
            "Pulumi.prod-green-us.yaml",
            "Pulumi.staging-eu.yaml",
            "Pulumi.prod-green-global.yaml",
        ];
        const { stdout } = list("prod", "Pulumi.prod-us.yaml", "Pulumi.prod-global.yaml", ...others);
        expect(stdout).to.contain('all=["prod-us","prod-global"]\n');
        expect(list("prod-green", ...others).stdout).to.contain(
            'all=["prod-green-us","prod-green-global"]\n',
        );
    });

    it("fails without a region, and without a global stack", () => {
        expect(list("prod", "Pulumi.prod-global.yaml")).to.deep.include({
            status: 1,
            stdout: "",
            stderr: "There is no Pulumi.prod-<region>.yaml here.\n",
        });
        expect(list("prod", "Pulumi.prod-us.yaml")).to.deep.include({
            status: 1,
            stdout: "",
            stderr: "There is no Pulumi.prod-global.yaml here.\n",
        });
    });

    it("takes an environment of one region without a global stack, as regions/catalogue.ts has it", () => {
        for (const [environment, catalogue] of Object.entries(ownCatalogues)) {
            const names = stackKeys(catalogue).map((key) => stackName(environment, key));
            const { status, stdout } = spawnSync("bash", [script, environment], {
                cwd: root,
                encoding: "utf8",
            });
            expect(status).to.equal(0);
            const global = names.find((name) => name.endsWith("-global")) ?? "";
            expect(stdout).to.contain(`\nglobal=${global}\n`);
            expect(stdout).to.contain(`\nall=${JSON.stringify(names)}\n`);
        }
    });

    for (const environment of ["", "prod;ls", "../x", "Prod", "-prod", "prod-"]) {
        it(`refuses the environment ${JSON.stringify(environment)}`, () => {
            const { status, stdout, stderr } = list(
                environment,
                "Pulumi.prod-us.yaml",
                "Pulumi.prod-global.yaml",
            );
            expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
            expect(stderr).to.contain(`this is "${environment}"`);
        });
    }

    it("refuses a file name that no stack has", () => {
        const { status, stdout } = list("prod", 'Pulumi.prod-us".yaml', "Pulumi.prod-global.yaml");
        expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
    });

    it("is sound shell", () => {
        expect(shellcheck(readFileSync(script, "utf8"))).to.deep.equal([]);
    });
});
