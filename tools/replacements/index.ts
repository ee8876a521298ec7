/** `npm run replacements`: makes the table of what a change of each property does, and says how much it covers. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type * as preview from "../preview";
import { TABLE_FILE } from "../preview/against/replacementTable";
import { type PreviewDocument } from "../preview/types";
import { runCommand } from "../shared/commandLine";
import type * as coverage from "./coverage";
import type * as generate from "./generate";
import type * as tables from "./table";

const load = createRequire(__filename);

/** The least of the used types that the table must know. */
const LEAST = 0.95;

const USAGE = `Usage: npm run replacements

Makes tools/preview/against/replacements.json: for each type of @pulumi/aws the
properties whose change makes another resource, by CloudFormation's schemas, by
@pulumi/aws-native, by the provider's documentation, and by rows by hand. Then
it previews this project and its examples, and prints how many of their types
the table knows. To be run when one of the packages has a new version.

Flags:
  -h, --help  print this

Exit status: 1 when the table knows less than 95 % of the used types.
`;

async function replacements(): Promise<number> {
    const { generatedTable } = load("./generate") as typeof generate;
    const { tableText } = load("./table") as typeof tables;
    const { coverageOf } = load("./coverage") as typeof coverage;
    const old = existsSync(TABLE_FILE) ? readFileSync(TABLE_FILE, "utf8") : "";
    const date = /"date":"([^"]+)"/.exec(old)?.[1] ?? "";
    // A table in which nothing else has changed keeps its date.
    const same = tableText(generatedTable(date)) === old;
    const table = generatedTable(same ? date : new Date().toISOString().slice(0, 10));
    if (!same) {
        writeFileSync(TABLE_FILE, tableText(table));
    }
    const { known, unknown } = coverageOf(table, await documents());
    const share = known.length / (known.length + unknown.length);
    const lines = [
        `${path.relative(process.cwd(), TABLE_FILE)}: ${Object.keys(table.types).length} types, ${same ? "unchanged since" : "made"} ${table.date}`,
        ...Object.entries(table.versions).map(([name, version]) => `  ${name} ${version}`),
        `It knows ${known.length} of the ${known.length + unknown.length} types that the project and its examples use (${(share * 100).toFixed(1)} %).`,
        ...unknown.map((type) => `  unknown: ${type}`),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    return share < LEAST ? 1 : 0;
}

/** The previews of this project and of its examples. */
async function documents(): Promise<PreviewDocument[]> {
    const { exampleProjects, previewProject } = load("../preview") as typeof preview;
    const found: PreviewDocument[] = [];
    for (const cwd of [undefined, ...exampleProjects()]) {
        const document = await previewProject({
            stacks: [],
            config: {},
            stackOutputs: {},
            primaryRegion: undefined,
            policies: undefined,
            plainSdk: false,
            onProgress: () => undefined,
            ...(cwd === undefined ? {} : { cwd }),
        });
        for (const { stack, error } of Object.values(document.stacks)) {
            if (error !== undefined) {
                throw new Error(
                    `The preview of ${stack} failed, so its types are not known: ${error.message}`,
                );
            }
        }
        found.push(document);
    }
    return found;
}

void runCommand({ usage: USAGE }, replacements);
