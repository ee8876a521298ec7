import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { COMPONENTS, packageSchema, type Schema } from "./packageSchema";

describe("the Pulumi package for other languages", function () {
    // The SDK's analyzer type-checks all components.
    this.timeout(120_000);
    let schema: Schema;

    before(async () => {
        schema = await packageSchema();
    });

    it("has the five classes and what programs around them need, and no other", () => {
        expect(Object.keys(schema.resources).sort()).to.deep.equal(
            COMPONENTS.map((name) => `meridian:index:${name}`),
        );
        for (const resource of Object.values(schema.resources)) {
            expect(resource.isComponent).to.equal(true);
        }
    });

    it("describes every argument and every output", () => {
        const bare: string[] = [];
        for (const [token, resource] of Object.entries(schema.resources)) {
            for (const kind of ["inputProperties", "properties"] as const) {
                for (const [name, property] of Object.entries(resource[kind] ?? {})) {
                    if ((property.description ?? "").trim() === "") {
                        bare.push(`${token} ${kind}.${name}`);
                    }
                }
            }
        }
        expect(bare).to.deep.equal([]);
    });

    it("describes every property of every nested type and every value of every enum", () => {
        const bare: string[] = [];
        for (const [token, type] of Object.entries(schema.types)) {
            for (const [name, property] of Object.entries(type.properties ?? {})) {
                if ((property.description ?? "").trim() === "") {
                    bare.push(`${token}.${name}`);
                }
            }
            type.enum?.forEach((value, index) => {
                if ((value.description ?? "").trim() === "") {
                    bare.push(`${token}[${index}]`);
                }
            });
        }
        expect(bare).to.deep.equal([]);
    });

    it("has every class on a page, under a heading", () => {
        const folder = path.join(__dirname, "..", "..", "docs", "components");
        const headings = readdirSync(folder).flatMap(
            (file) => readFileSync(path.join(folder, file), "utf8").match(/^##? .*$/gm) ?? [],
        );
        const missing = COMPONENTS.filter((name) => !headings.some((heading) => heading.includes(name)));
        expect(missing).to.deep.equal([]);
    });

    it("requires of each class what cannot be left out", () => {
        const vpc = schema.resources["meridian:index:Vpc3Tier"];
        expect([...(vpc?.requiredInputs ?? [])].sort()).to.deep.equal([
            "accountId",
            "availabilityZones",
            "cidrBlock",
            "region",
        ]);
    });
});
