/** Follows the links of a built site, as a server of files would. */
import * as fs from "node:fs";
import path from "node:path";

/**
 * The links within a site that lead to no file of it, or to no part of one: `docs/cost.html: /docs/README.html`.
 *
 * @param site The folder with the site.
 * @param base Under which path it is served, with a slash at both ends.
 */
export function deadLinks(site: string, base = "/"): string[] {
    const pages = fs
        .readdirSync(site, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".html"))
        .sort();
    const texts = new Map(pages.map((page) => [page, fs.readFileSync(path.join(site, page), "utf8")]));
    return pages.flatMap((page) => {
        const links = [...(texts.get(page) ?? "").matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, href = ""]) =>
            href.replaceAll("&amp;", "&"),
        );
        return [...new Set(links)].filter((href) => isDead(href, page)).map((href) => `${page}: ${href}`);
    });

    function isDead(href: string, page: string): boolean {
        const here = `http://site${base}${page.split(path.sep).join("/")}`;
        const { origin, pathname, hash } = new URL(href, here);
        if (origin !== "http://site") {
            return false;
        }
        const asked = decodeURIComponent(pathname);
        const file = asked.startsWith(base) ? asked.slice(base.length) : undefined;
        const found =
            file === undefined || file.endsWith("/") || file === "" ? `${file ?? "/"}index.html` : file;
        const text = texts.get(path.normalize(found));
        if (text === undefined) {
            return !fs.existsSync(path.join(site, found));
        }
        return hash.length > 1 && !text.includes(`id="${decodeURIComponent(hash.slice(1))}"`);
    }
}
