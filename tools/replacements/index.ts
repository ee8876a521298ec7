/** `npm run replacements`: makes the table of what a change of each property does, and says how much it covers. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type * as preview from "../preview";
import { SETS_FILE, TABLE_FILE } from "../preview/against/replacementTable";
import { type PreviewDocument } from "../preview/types";
import { type Call, WrongCall, runCommand } from "../shared/commandLine";
import { COMMAND } from "./command";
import type * as provider from "./ask/provider";
import type * as asking from "./ask/tables";
import type * as coverage from "./coverage";
import type * as generate from "./generate";
import type * as providerDocs from "./providerDocs";
import type * as tables from "./table";

const load = createRequire(__filename);

/** The least of the used types that the table must know. */
const LEAST = 0.95;

/** What the provider answered, and from which the table is made. */
const ASKED_FILE = path.join(__dirname, "asked.json");

/** After so many types it is told how far it is. */
const STEP = 200;

/** How much of a reason is told. */
const WHY = 200;

async function replacements({ flags, lists }: Call): Promise<number> {
    const file = flags["ask"];
    const types = lists["type"] ?? [];
    if (typeof file === "string") {
        const { tableText } = load("./table") as typeof tables;
        const { asked, sets, refusals } = await ask(file, types);
        if (types.length > 0) {
            process.stdout.write(`${tableText(asked)}${tableText(sets)}`);
            process.stderr.write(refusalsText(refusals));
            return 0;
        }
        writeFileSync(ASKED_FILE, tableText(asked));
        writeFileSync(SETS_FILE, tableText(sets));
        const partly = Object.values(refusals).filter((each) =>
            Object.keys(each).some((name) => name !== "*"),
        ).length;
        process.stdout.write(
            [
                `${path.relative(process.cwd(), ASKED_FILE)}: ${Object.keys(asked.types).length} types, of ${partly} not every property`,
                `${path.relative(process.cwd(), SETS_FILE)}: ${Object.keys(sets.types).length} types`,
                "",
            ].join("\n"),
        );
    }
    return makeTable();
}

async function ask(file: string, types: readonly string[]): Promise<asking.Answers> {
    const { wrongExecutable } = load("./ask/provider") as typeof provider;
    const problem = wrongExecutable(file);
    if (problem !== undefined) {
        throw new WrongCall(problem);
    }
    const { answersOf } = load("./ask/tables") as typeof asking;
    const { documentedTypes } = load("./providerDocs") as typeof providerDocs;
    return answersOf({
        file,
        types,
        declared: documentedTypes(path.join(__dirname, "../../node_modules/@pulumi/aws")),
        onProgress: (asked, of) => {
            if (asked % STEP === 0) {
                process.stderr.write(`${asked} of ${of} types asked\n`);
            }
        },
    });
}

/** Why the provider planned nothing, a line a property; `*` is all properties at once. */
function refusalsText(refusals: asking.Answers["refusals"]): string {
    return Object.entries(refusals)
        .flatMap(([type, each]) =>
            Object.entries(each).map(
                ([property, why]) => `${type}.${property}: ${why.replace(/\s+/g, " ").slice(0, WHY)}\n`,
            ),
        )
        .join("");
}

async function makeTable(): Promise<number> {
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

void runCommand(COMMAND, replacements);
