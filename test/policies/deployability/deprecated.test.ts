/** That the list of deprecated arguments and types has what the provider marks. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import {
    DEPRECATED_ARGUMENTS,
    DEPRECATED_TYPES,
    ENDED_TYPES,
} from "../../../policies/deployability/shared/deprecated";
import { loadRules } from "../../../policies/framework";
import { POLICIES } from "../../support/policies/packs";

const PACKAGE = path.dirname(require.resolve("@pulumi/aws/package.json"));

interface Marked {
    readonly type: string;
    readonly properties: readonly string[];
}

function markedIn(file: string): readonly Marked[] {
    const type = /__pulumiType = '(aws:[^']+)'/.exec(readFileSync(file, "utf8"))?.[1];
    if (type === undefined) {
        return [];
    }
    const declaration = readFileSync(file.replace(/\.js$/, ".d.ts"), "utf8");
    const args = /^export interface \w+Args \{.*?^\}/ms.exec(declaration)?.[0] ?? "";
    const documented = [...args.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s*(\w+)\??:/gs)];
    const properties = documented
        .filter(([, text = ""]) => text.includes("@deprecated"))
        .map(([, , name = ""]) => name);
    return [
        {
            type,
            properties,
        },
    ];
}

const marked = readdirSync(PACKAGE, { withFileTypes: true })
    .filter((folder) => folder.isDirectory() && !["node_modules", "types"].includes(folder.name))
    .flatMap(({ name }) =>
        readdirSync(path.join(PACKAGE, name))
            .filter((file) => file.endsWith(".js"))
            .flatMap((file) => markedIn(path.join(PACKAGE, name, file))),
    );

describe("The lists of what the provider will drop", () => {
    it("have the arguments that it marks", () => {
        const missing = marked
            .flatMap(({ type, properties }) => properties.map((property) => [type, property] as const))
            .filter(
                ([type, property]) =>
                    DEPRECATED_ARGUMENTS[type]?.[property] === undefined &&
                    // Every kind of configuration of a bucket has it.
                    property !== "expectedBucketOwner" &&
                    // Pinpoint's have a rule of their own, pinpoint-ended-features.
                    !type.startsWith("aws:pinpoint/"),
            )
            .map(([type, property]) => `${type} ${property}`);
        expect(marked.flatMap(({ properties }) => properties)).to.have.length.above(60);
        expect(missing).to.deep.equal([]);
    });

    it("have types that there are", () => {
        const types = marked.map(({ type }) => type);
        expect(
            [...Object.keys(DEPRECATED_TYPES), ...Object.keys(ENDED_TYPES)].filter(
                (type) => !types.includes(type),
            ),
        ).to.deep.equal([]);
    });

    it("advise, and refuse what cannot be made alone", () => {
        const levels = Object.fromEntries(
            loadRules(path.join(POLICIES, "deployability", "rules")).map(({ id, level }) => [id, level]),
        );
        expect(levels["aws-deprecated-arguments"]).to.equal("advisory");
        expect(levels["aws-deprecated-types"]).to.equal("advisory");
        expect(levels["aws-ended-services"]).to.equal(undefined);
    });
});
