import { createHash } from "node:crypto";
import { runInNewContext } from "node:vm";
import { expect } from "chai";

import {
    defaultContentSecurityPolicy,
    directoryIndexCode,
} from "../../../../components/edge/edgeDistribution/caching";
import {
    inlineStyleSource,
    MAINTENANCE_PATH,
    MAINTENANCE_PATTERN,
    maintenanceHtml,
} from "../../../../components/edge/edgeDistribution/maintenancePage";

/** Elements that have no end tag. Source: HTML Living Standard, "Void elements". */
const VOID_ELEMENTS = new Set(["br", "hr", "img", "input", "link", "meta"]);

/** Names what is wrong with the nesting of the tags. */
function nestingErrors(html: string): string[] {
    const open: string[] = [];
    const errors: string[] = [];
    for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
        if (slash === "/") {
            const last = open.pop();
            if (last !== name) {
                errors.push(`</${name}> closes <${last ?? "nothing"}>`);
            }
        } else if (!VOID_ELEMENTS.has(name)) {
            open.push(name);
        }
    }
    return [...errors, ...open.map((name) => `<${name}> is not closed`)];
}

/** WCAG 2.2, "Contrast (Minimum)". */
function contrast(one: string, other: string): number {
    const luminance = (colour: string): number => {
        const [red = 0, green = 0, blue = 0] = [1, 3, 5]
            .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
            .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
}

describe("the maintenance page", () => {
    const html = maintenanceHtml();

    it("is one small, well-formed document", () => {
        expect(html).to.match(/^<!doctype html>/);
        expect(nestingErrors(html)).to.deep.equal([]);
        expect(Buffer.byteLength(html)).to.be.lessThan(4096);
    });

    it("is found broken by this very test when it is", () => {
        expect(nestingErrors("<main><p>text</main>")).to.deep.equal([
            "</main> closes <p>",
            "<main> is not closed",
        ]);
    });

    it("needs nothing else: no script, no image, no other file or host", () => {
        expect(html).not.to.match(/<(script|img|link|iframe|object|form)\b|\bsrc=|url\(|@import|https?:/i);
        expect([...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).to.deep.equal([""]);
    });

    it("tells language, title, width and heading to those who cannot see it", () => {
        expect(html).to.include('<html lang="en">');
        expect(html).to.match(/<title>[^<]{5,60}<\/title>/);
        expect(html).to.include('name="viewport"');
        expect(html.match(/<h1>/g)).to.have.length(1);
        expect(html.match(/<main>/g)).to.have.length(1);
    });

    it("does not end up in search engines", () => {
        expect(html).to.include('<meta name="robots" content="noindex" />');
    });

    it("can be read by day and by night", () => {
        const colours = html.match(/#[0-9a-f]{6}/g) ?? [];
        const [ink, paper, link, darkInk, darkPaper, darkLink] = colours;
        expect(colours).to.have.length(6);
        for (const [text = "", background = ""] of [
            [ink, paper],
            [link, paper],
            [darkInk, darkPaper],
            [darkLink, darkPaper],
        ]) {
            expect(contrast(text, background), `${text} on ${background}`).to.be.at.least(4.5);
        }
    });

    it("lies within the paths that are reserved for it", () => {
        expect(MAINTENANCE_PATH.startsWith(MAINTENANCE_PATTERN.replace("*", ""))).to.equal(true);
    });
});

describe("the Content-Security-Policy where none is given", () => {
    it("lets the maintenance page's own style sheet through, and no other inline code", () => {
        const style = maintenanceHtml().split("<style>")[1]?.split("</style>")[0] ?? "";
        const hash = createHash("sha256").update(style).digest("base64");
        expect(defaultContentSecurityPolicy()).to.include(`style-src 'self' 'sha256-${hash}';`);
        expect(defaultContentSecurityPolicy()).not.to.match(/unsafe|\*/);
    });

    it("keeps everything else to the site's own host", () => {
        const policy = defaultContentSecurityPolicy().split("; ");
        expect(policy).to.include.members([
            "default-src 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        ]);
    });

    it("knows a style sheet by the hash that browsers compute", () => {
        expect(inlineStyleSource("<style>p{}</style>")).to.equal(
            `'sha256-${createHash("sha256").update("p{}").digest("base64")}'`,
        );
        expect(() => inlineStyleSource("<p>plain</p>")).to.throw(
            "The maintenance page has no <style> element, so there is no style sheet to allow",
        );
    });
});

describe("the function that finds index pages", () => {
    const code = directoryIndexCode();

    function rewritten(uri: string): { uri: string } {
        const handler = runInNewContext(`${code}; handler`) as (event: unknown) => { uri: string };
        return handler({ request: { method: "GET", uri, headers: {}, querystring: {} } });
    }

    it("turns a directory into its index page", () => {
        expect(rewritten("/").uri).to.equal("/index.html");
        expect(rewritten("/guide/").uri).to.equal("/guide/index.html");
        expect(rewritten("/guide.v2/").uri).to.equal("/guide.v2/index.html");
    });

    it("leaves files alone, with and without an extension", () => {
        for (const uri of ["/index.html", "/releases/meridian-1.2.3.tar.gz", "/releases/latest/LICENSE"]) {
            expect(rewritten(uri).uri).to.equal(uri);
        }
    });

    it("leaves the rest of the request as it is", () => {
        expect(rewritten("/guide/")).to.deep.include({ method: "GET", headers: {}, querystring: {} });
    });

    it("fits into CloudFront Functions: 10 KB, no module system, a function called handler", () => {
        expect(Buffer.byteLength(code)).to.be.lessThan(10 * 1024);
        expect(code).not.to.match(/\b(import|export|require|module)\b/);
        expect(code).to.match(/^function handler\(event\)/m);
    });
});
