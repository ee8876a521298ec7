/** `npm run docs`: writes the generated pages anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { runCommand } from "../shared/commandLine";
import type * as architecture from "./architecture";
import type * as componentTables from "./componentTables";
import type * as configChanges from "./configChanges";
import type * as configuration from "./configuration";
import type * as controlCoverage from "./controlCoverage";
import type * as formatted from "./formatted";
import type * as policyCatalogue from "./policyCatalogue";
import type * as readmeSample from "./readmeSample";
import type * as costTable from "./costTable";
import type * as runbook from "./runbook";
import type * as site from "./site";
import type * as stacks from "./stacks";

const load = createRequire(__filename);

/** A page's file, and what it should hold. */
type Page = readonly [file: string, text: string];

const read = (file: string): string => readFileSync(file, "utf8");

/** The pages by the word that asks for them. What makes a page takes a while to load, so each is loaded by itself. */
const PAGES: Readonly<Record<string, () => readonly Page[] | Promise<readonly Page[]>>> = {
    configuration: () => {
        const { configurationDocument, DOCUMENT_FILE, PROJECT_FILE } = load(
            "./configuration",
        ) as typeof configuration;
        const { changesSection } = load("./configChanges") as typeof configChanges;
        return [[DOCUMENT_FILE, configurationDocument(read(PROJECT_FILE), [changesSection()])]];
    },
    policies: () => {
        const pages = load("./policyCatalogue") as typeof policyCatalogue;
        return [[pages.CATALOGUE, pages.policyCatalogue()]];
    },
    coverage: () => {
        const pages = load("./controlCoverage") as typeof controlCoverage;
        return [[pages.COVERAGE, pages.controlCoverage()]];
    },
    runbook: async () => {
        const { RUNBOOK_FILE, runbookDocument } = load("./runbook") as typeof runbook;
        return [[RUNBOOK_FILE, await runbookDocument()]];
    },
    components: () => {
        const { COMPONENT_PAGES, componentPage } = load("./componentTables") as typeof componentTables;
        return Promise.all(
            COMPONENT_PAGES.map(async (file) => [file, await componentPage(file, read(file))] as const),
        );
    },
    architecture: async () => {
        const pages = load("./architecture") as typeof architecture;
        return [[pages.ARCHITECTURE_FILE, await pages.architectureSvg(await pages.previewedArchitecture())]];
    },
    stacks: async () => {
        const { previewedStacks, STACKS_FILE, stacksDocument } = load("./stacks") as typeof stacks;
        const { formattedPage } = load("./formatted") as typeof formatted;
        const page = stacksDocument(read(STACKS_FILE), previewedStacks());
        return [[STACKS_FILE, await formattedPage(STACKS_FILE, page)]];
    },
    cost: async () => {
        const pages = load("./costTable") as typeof costTable;
        const { costRow, COST_FILE, costPageWithKeys, PROFILES, README_FILE, readmeWithCosts } = pages;
        const rows: string[] = [];
        for (const profile of PROFILES) {
            rows.push(await costRow(profile));
        }
        return [
            [README_FILE, await readmeWithCosts(read(README_FILE), rows)],
            [COST_FILE, await costPageWithKeys(read(COST_FILE))],
        ];
    },
    readme: () => {
        const { README_FILE, readmeWith, sampleOutput } = load("./readmeSample") as typeof readmeSample;
        return [[README_FILE, readmeWith(read(README_FILE), sampleOutput())]];
    },
};

/** The word that asks for the site. */
const SITE = "site";

const USAGE = `Usage: npm run docs -- [page…]

Writes what is generated of the documentation anew. Without a name, all of it:
  configuration  docs/configuration.md, from Pulumi.yaml
  policies       policies/CATALOGUE.md, from the rules and profiles
  coverage       policies/COVERAGE.md, from the controls and the rules
  runbook        docs/runbook.md, from the drill's steps
  components     the tables of docs/components, from the declarations: types,
                 what is required, outputs; rows of new arguments are added
  architecture   docs/architecture.svg, from the preview
  stacks         the tables of docs/stacks.md, from the preview
  cost           README.md's table of costs, from previews by each profile, and
                 the usage keys of docs/cost.md
  readme         README.md's sample of the preview, from the preview
and, only where it is asked for by name,
  site           .cache/site, of all pages, by VitePress, which it installs in
                 tools/site the first time; a link that leads nowhere ends it

MERIDIAN_SOURCE_URL says where the repository is read, for the site's links to
files, such as https://github.com/acme/meridian/blob/main; without it they are
text. MERIDIAN_SITE_BASE is the folder of the host that it is served from.

Flags:
  -h, --help  print this
`;

async function main(words: readonly string[]): Promise<number> {
    for (const [word, page] of Object.entries(PAGES)) {
        if (words.length === 0 || words.includes(word)) {
            for (const [file, text] of await page()) {
                if (readFileSync(file, "utf8") !== text) {
                    writeFileSync(file, text);
                    process.stdout.write(`${path.relative(process.cwd(), file)}\n`);
                }
            }
        }
    }
    if (words.includes(SITE)) {
        const { buildSite } = load("./site") as typeof site;
        process.stdout.write(`${path.relative(process.cwd(), buildSite())}\n`);
    }
    return 0;
}

void runCommand({ usage: USAGE, words: [...Object.keys(PAGES), SITE] }, ({ words }) => main(words));
