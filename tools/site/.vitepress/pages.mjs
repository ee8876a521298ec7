/** Which pages the site has, and how they are grouped: read from the repository, so that a new page needs no entry. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** What a page is called: its first heading. */
function titleOf(file) {
    const heading = /^# (.+)$/m.exec(readFileSync(join(root, file), "utf8"));
    if (heading === null) {
        throw new Error(`${file} has no heading.`);
    }
    return heading[1].replaceAll("`", "");
}

/** The address of a page in the site. */
export function addressOf(file) {
    return `/${file.replace(/(^|\/)README\.md$/, "$1").replace(/\.md$/, "")}`;
}

const entry = (file) => ({ text: titleOf(file), link: addressOf(file) });

/** The folder's pages by title, but for those that are named. */
function pagesOf(folder, except = []) {
    return readdirSync(join(root, folder))
        .filter((file) => file.endsWith(".md") && !except.includes(file))
        .map((file) => entry(`${folder}/${file}`))
        .sort((one, other) => one.text.localeCompare(other.text));
}

const systems = readdirSync(join(root, "examples"))
    .map((folder) => `examples/${folder}/README.md`)
    .filter((file) => existsSync(join(root, file)));

const first = ["getting-started.md", "stacks.md", "install.md"];
const night = ["drill.md", "runbook.md", "backup.md"];
const rules = ["policies.md", "controls-not-met.md"];
const why = ["decisions.md", "performance.md"];
const chosen = (files) => files.map((file) => entry(`docs/${file}`));

export const sidebar = [
    { text: "Start", items: [{ text: "Meridian", link: "/" }, ...chosen(first)] },
    { text: "Systems", items: [entry("examples/README.md"), ...systems.map(entry)] },
    { text: "Components", collapsed: true, items: pagesOf("docs/components") },
    { text: "Daily work", items: pagesOf("docs", ["README.md", ...first, ...night, ...rules, ...why]) },
    { text: "The bad night", items: chosen(night) },
    {
        text: "Policies",
        items: [...chosen(rules), entry("policies/CATALOGUE.md"), entry("policies/COVERAGE.md")],
    },
    { text: "Why", items: [...chosen(why), entry("ARCHITECTURE.md"), entry("CHANGELOG.md")] },
];
