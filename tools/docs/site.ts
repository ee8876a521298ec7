/** Makes a site of the project's pages. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import path from "node:path";
import { deadLinks } from "./siteLinks";

const ROOT = path.join(__dirname, "..", "..");
const FOLDER = path.join(ROOT, "tools", "site");
/** Where the configuration in the folder puts it. */
const SITE = path.join(ROOT, ".cache", "site");

/**
 * Builds the site, with VitePress, which nothing else of the project needs.
 *
 * @returns The folder with the site.
 * @throws Error where a page has a link that leads nowhere.
 */
export function buildSite(): string {
    if (!fs.existsSync(path.join(FOLDER, "node_modules"))) {
        execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: FOLDER, stdio: "ignore" });
    }
    execFileSync(process.execPath, ["node_modules/vitepress/bin/vitepress.js", "build"], {
        cwd: FOLDER,
        stdio: ["ignore", "ignore", "inherit"],
    });
    const dead = deadLinks(SITE, process.env["MERIDIAN_SITE_BASE"]);
    if (dead.length > 0) {
        throw new Error(`The site has links that lead nowhere:\n${dead.join("\n")}`);
    }
    return SITE;
}
