/**
 * Links of pages that lead to what is no page: to a folder's README, or to a file of the repository, which the site has
 * only where MERIDIAN_SOURCE_URL says where the repository is read, such as https://github.com/acme/meridian/blob/main.
 */
import { existsSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { addressOf, root } from "./pages.mjs";

const source = process.env.MERIDIAN_SOURCE_URL?.replace(/\/$/, "");

/** What a link becomes; undefined where only its text stays. */
function targetOf(href, page) {
    if (/^([a-z]+:|#|\/)/.test(href)) {
        return href;
    }
    const [path, fragment] = href.split("#");
    const file = join(dirname(page), decodeURI(path));
    if (!existsSync(join(root, file))) {
        throw new Error(`${page} has a link to ${href}, which does not exist.`);
    }
    const readme = join(file, "README.md");
    const isFolder = statSync(join(root, file)).isDirectory() && existsSync(join(root, readme));
    const target = isFolder ? readme : file;
    if (target.endsWith(".md")) {
        // A README is its folder's index in the site, and an address of it would be there for no server.
        return `${addressOf(target)}${target.endsWith("README.md") ? "" : ".md"}${fragment === undefined ? "" : `#${fragment}`}`;
    }
    return source === undefined
        ? undefined
        : `${source}/${file}${fragment === undefined ? "" : `#${fragment}`}`;
}

/** A plugin of markdown-it. */
export function repositoryLinks(markdown) {
    markdown.core.ruler.push("repository-links", ({ tokens, env }) => {
        const page = relative(root, env.path);
        for (const { children } of tokens) {
            const open = [];
            for (const token of children ?? []) {
                if (token.type === "link_open") {
                    const target = targetOf(token.attrGet("href"), page);
                    open.push(target === undefined);
                    if (target === undefined) {
                        token.hidden = true;
                        token.tag = "span";
                        token.attrs = null;
                        token.type = "html_inline";
                        token.content = "";
                    } else {
                        token.attrSet("href", target);
                    }
                } else if (token.type === "link_close" && open.pop() === true) {
                    token.type = "html_inline";
                    token.content = "";
                }
            }
        }
    });
}

/** Diagrams are drawn in the reader's browser. */
export function diagrams(markdown) {
    const fence = markdown.renderer.rules.fence;
    markdown.renderer.rules.fence = (tokens, index, ...rest) =>
        tokens[index].info.trim() === "mermaid"
            ? `<Diagram source="${encodeURIComponent(tokens[index].content)}" />`
            : fence(tokens, index, ...rest);
}
