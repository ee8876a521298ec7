import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";

const ROOT = path.join(__dirname, "..", "..");

describe("the npm package", function () {
    // Building it compiles all components.
    this.timeout(180_000);
    let consumer: string;

    before(() => {
        consumer = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-consumer-"));
        const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", consumer], {
            cwd: ROOT,
            encoding: "utf8",
        });
        const modules = path.join(consumer, "node_modules");
        fs.mkdirSync(path.join(modules, "meridian"), { recursive: true });
        const tarball = path.join(consumer, packed.trim().split("\n").at(-1) ?? "");
        execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", path.join(modules, "meridian")]);
        // What npm would install beside it, from the project's own installation.
        for (const name of fs.readdirSync(path.join(ROOT, "node_modules"))) {
            if (!name.startsWith(".") && name !== "meridian") {
                fs.symlinkSync(path.join(ROOT, "node_modules", name), path.join(modules, name));
            }
        }
    });

    after(() => {
        fs.rmSync(consumer, { recursive: true, force: true });
    });

    it("holds code, declarations and what the components read beside themselves, and nothing of this project's own stacks", () => {
        const files = fs
            .readdirSync(path.join(consumer, "node_modules", "meridian"), { recursive: true })
            .map(String)
            .sort();
        for (const file of [
            "LICENSE",
            "README.md",
            "PulumiPlugin.yaml",
            "dist/components/index.js",
            "dist/components/index.d.ts",
            "dist/components/userData/instance.sh",
            "dist/functions/rotate-master-password/index.js",
            // What PulumiPlugin.yaml serves to other languages.
            "components/index.ts",
            "tsconfig.json",
        ]) {
            expect(files).to.include(file);
        }
        const strays = files.filter((file) => /^(?:test|regions|policies|tools|shared)\//.test(file));
        expect(strays).to.deep.equal([]);
    });

    it("lets a program make a component", () => {
        fs.writeFileSync(
            path.join(consumer, "index.js"),
            `const pulumi = require("@pulumi/pulumi");
            const made = [];
            pulumi.runtime.setMocks({
                newResource: (args) => { made.push(args.type); return { id: args.name + "-id", state: args.inputs }; },
                call: (args) => ({ ...args.inputs, id: "pl-0123456789abcdef0" }),
            }, "project", "stack", true);
            const { Vpc3Tier } = require("meridian");
            new Vpc3Tier("shop", {
                region: "eu-west-1",
                accountId: "111122223333",
                cidrBlock: "10.0.0.0/16",
                availabilityZones: ["eu-west-1a", "eu-west-1b"],
            });
            setTimeout(() => console.log(JSON.stringify(made)), 2000);`,
        );
        const printed = execFileSync(process.execPath, ["index.js"], { cwd: consumer, encoding: "utf8" });
        const made = JSON.parse(printed) as string[];
        expect(made).to.include.members([
            "meridian:index:Vpc3Tier",
            "awsx:ec2:Vpc",
            "aws:ec2/flowLog:FlowLog",
        ]);
    });

    it("declares its types to a program in TypeScript", () => {
        fs.writeFileSync(
            path.join(consumer, "program.ts"),
            `import { NatGatewayStrategy, Vpc3Tier } from "meridian";
            export const vpcId: string = null as unknown as string;
            export function make(): Vpc3Tier {
                return new Vpc3Tier("shop", {
                    region: "eu-west-1",
                    accountId: "111122223333",
                    cidrBlock: "10.0.0.0/16",
                    availabilityZones: ["eu-west-1a", "eu-west-1b"],
                    natGateways: NatGatewayStrategy.Single,
                });
            }`,
        );
        const tsc = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
        const args = [
            "--noEmit",
            "--strict",
            "--skipLibCheck",
            "--module",
            "nodenext",
            "--target",
            "es2022",
            "--types",
            "node",
            "program.ts",
        ];
        expect(() =>
            execFileSync(process.execPath, [tsc, ...args], { cwd: consumer, encoding: "utf8" }),
        ).not.to.throw();
    });
});
