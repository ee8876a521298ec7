/** README.md's table of what the stacks cost by each usage profile. */
import path from "node:path";
import { estimate } from "../cost/estimate";
import { previewed } from "../cost/previewed";
import { usd } from "../cost/render/money";
import { loadProfile, type Profile } from "../cost/usageFile";
import { USAGE_KEY_NAMES, usageKey } from "../../policies/residency-and-cost/shared/cost/usage";
import { type CostEstimate } from "../../policies/residency-and-cost/shared/cost/types";
import { previewProject } from "../preview/index";
import { type PreviewDocument } from "../preview/types";
import { readProject } from "../project/project";
import { formattedPage } from "./formatted";

const ROOT = path.join(__dirname, "..", "..");

/** The page with the table. */
export const README_FILE = path.join(ROOT, "README.md");

/** The stacks that the table speaks of. */
export const STACKS = ["prod-us", "prod-eu", "prod-global"];

/** The profiles in the table's order. */
export const PROFILES = ["pilot-light", "warm-standby", "active-active", "seed"];

const HEAD = `| profile | ${STACKS.map((stack) => `\`${stack}\``).join(" | ")} | fixed | by use | together | unpriced |`;
const RULE = `| --- |${" ---: |".repeat(STACKS.length + 4)}`;
const BLOCK = /(?<=<!-- computed: cost -->\n\n)(?:\|.*\n)+/;

/** A row of the table. */
export function rowOf({ description, usage }: Profile, { stacks, totals, unpriced }: CostEstimate): string {
    const amounts = [
        ...STACKS.map((stack) => stacks[stack]?.totals.total ?? 0),
        totals.fixed,
        totals.usage,
        totals.total,
    ];
    const what = description.replace(/^./, (first) => first.toLowerCase());
    const cells = amounts.map((each) => usd(Math.round(each)).replace(/\.00$/, ""));
    return `| ${[`\`${usage.name}\`: ${what}`, ...cells, unpriced].join(" | ")} |`;
}

/** The row of a profile, with the stacks previewed as it configures them. */
export async function costRow(
    name: string,
    preview: (request: Parameters<typeof previewProject>[0]) => Promise<PreviewDocument> = previewProject,
): Promise<string> {
    const profile = loadProfile(name);
    const document = await previewed(
        { cwd: undefined, stacks: STACKS },
        profile,
        { stdout: process.stdout, stderr: process.stderr, preview },
        readProject(ROOT),
    );
    return rowOf(profile, estimate(document, profile.usage));
}

/** The page with these rows. */
export async function readmeWithCosts(readme: string, rows: readonly string[]): Promise<string> {
    if (!BLOCK.test(readme)) {
        throw new Error("README.md has no table of costs");
    }
    const table = [HEAD, RULE, ...rows].map((row) => `${row}\n`).join("");
    return formattedPage(
        README_FILE,
        readme.replace(BLOCK, () => table),
    );
}

/** The page with the table of usage keys. */
export const COST_FILE = path.join(ROOT, "docs", "cost.md");

const KEYS_BLOCK = /(?<=<!-- computed: usage keys -->\n\n)(?:\|.*\n)+/;

/** The page with the keys of usage profiles. */
export async function costPageWithKeys(page: string): Promise<string> {
    const rows = USAGE_KEY_NAMES.map((name) => {
        const { unit, kind, meaning } = usageKey(name);
        return `| \`${name}\` | ${unit}${kind === "rate" ? ", each" : ""} ${meaning} |\n`;
    });
    const table = ["| key | what |\n", "| --- | --- |\n", ...rows].join("");
    return formattedPage(
        COST_FILE,
        page.replace(KEYS_BLOCK, () => table),
    );
}
