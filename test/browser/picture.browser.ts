/** The picture's page in a real browser, from a file: what it shows, how it is used, and that everybody can. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import { type Browser, type Page } from "playwright-core";

import { startBrowser } from "../support/browser/chromium";
import { HOSTILE, hostilePreview, Pages, previewOf, previewOfRegions } from "../support/browser/pictures";

const AXE = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");
/** What lies over the right edge of the page, but for what is scrolled in a frame of its own. */
const OVERFLOWING = `(() => {
    const limit = document.documentElement.clientWidth;
    const over = [...document.querySelectorAll("body *:not(svg.stage *)")].filter((element) => {
        const inside = element.closest(".scroll");
        return (inside === null || inside === element) && element.getBoundingClientRect().right > limit + 1;
    });
    const page = document.documentElement.scrollWidth > limit ? ["the page"] : [];
    return [...page, ...over.map(({ tagName, id, className }) => [tagName, id, className].join(" "))];
})()`;
/** What axe has to say against the page. */
const VIOLATIONS = `axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" ")))`;
const SIZES = [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
];
const SCHEMES = ["light", "dark"] as const;

describe("the picture's page", function () {
    this.timeout(300_000);
    const pages = new Pages();
    const messages: string[] = [];
    let browser: Browser;
    let shop: string;
    let store: string;

    before(async () => {
        browser = await startBrowser();
        const document = await previewOf(".", ["prod-us", "prod-eu", "prod-global"]);
        const [step] =
            document.stacks["prod-us"]?.steps.filter(
                ({ newState }) => newState.type === "aws:rds/cluster:Cluster",
            ) ?? [];
        shop = await pages.write(document, "shop", {
            before: "main",
            after: "this branch",
            stacks: [
                {
                    stack: "prod-us",
                    resources: [
                        {
                            urn: step?.urn ?? "",
                            type: "aws:rds/cluster:Cluster",
                            name: "shop-db-cluster",
                            custom: true,
                            op: "replace",
                            reason: "kmsKeyId changes",
                        },
                    ],
                },
            ],
        });
        store = await pages.write(await previewOf("examples/retail-store"), "store");
    });
    after(async () => {
        await browser.close();
        pages.remove();
    });
    afterEach(() => {
        // Whatever a page said in between is wrong.
        expect(messages.splice(0)).to.deep.equal([]);
    });

    async function open(
        address: string,
        size = SIZES[0],
        colorScheme: "light" | "dark" = "light",
    ): Promise<Page> {
        const context = await browser.newContext({
            ...(size === undefined ? {} : { viewport: size }),
            colorScheme,
        });
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        page.on("console", (message) => messages.push(message.text()));
        page.on("pageerror", (error) => messages.push(error.message));
        page.on("request", (request) => {
            if (request.url() !== address) {
                messages.push(`asked for ${request.url()}`);
            }
        });
        await page.goto(address);
        return page;
    }

    const partCalled = (page: Page, name: string) =>
        page.locator(`svg.stage:not([hidden]) [aria-label^="${name}"]`).first();
    const panel = (page: Page) => page.locator("#panel");

    it("shows a part's properties, with secrets masked, when it is clicked", async () => {
        const page = await open(shop);
        expect(await panel(page).isVisible()).to.equal(false);
        await page.getByRole("button", { name: "Fit" }).click();
        await partCalled(page, "DB db ").click();
        expect(await panel(page).getByRole("heading", { level: 2 }).textContent()).to.equal("db");
        expect(await panel(page).textContent())
            .to.include("us-east-1a, us-east-1b")
            .and.include("replaced");
        await panel(page).locator("summary", { hasText: "shop-db-cluster" }).first().click();
        const properties = panel(page).locator("pre");
        await properties.filter({ hasText: "aurora-postgresql" }).waitFor();
        expect(await properties.textContent())
            .to.include('"masterPassword": "[secret]"')
            .and.include('"clusterIdentifier": "meridian-prod-us"');
        await panel(page).getByRole("button", { name: "Close" }).click();
        expect(await panel(page).isVisible()).to.equal(false);
        await page.context().close();
    });

    it("says what is lost without a region, and marks it in words", async () => {
        const page = await open(shop);
        await page.getByLabel("What if this is lost").selectOption({ label: "us-east-1" });
        const text = (await panel(page).textContent()) ?? "";
        expect(text).to.include("Without us-east-1").and.include("30 s until the check fails");
        expect(text).to.include("asynchronous: not bounded").and.include("15 min for 99.9 % of objects");
        expect(text)
            .to.include("has to grow from 2 to 4 instances, and may to 12")
            .and.include("quotas of the account");
        expect(await partCalled(page, "DB db ").locator(".state").textContent()).to.equal("lost");
        // All that is marked is to be seen.
        const stage = await page.locator("svg.stage").first().boundingBox();
        for (const state of await page.locator(".state").all()) {
            const box = await state.boundingBox();
            expect(box?.x ?? -1).to.be.within(stage?.x ?? 0, (stage?.x ?? 0) + (stage?.width ?? 0));
        }
        expect(await partCalled(page, "DB db-eu-central-1").locator(".state").textContent()).to.equal(
            "takes over",
        );
        await page.getByLabel("What if this is lost").selectOption("");
        expect(await page.locator(".state").count()).to.equal(0);
        await page.context().close();
    });

    it("finds parts by what they are made of, and hides arrows of a kind", async () => {
        const page = await open(shop);
        await page.getByLabel("Search").fill("launchtemplate eu-central-1");
        expect(await page.locator("#found").textContent()).to.match(/^2 of \d+ parts/);
        expect(await page.locator(".node.match").count()).to.equal(2);
        await page.getByLabel("Search").press("Enter");
        expect(await panel(page).isVisible()).to.equal(true);
        const replication = page.locator("svg.stage .edge.replication").first();
        expect(await replication.isVisible()).to.equal(true);
        await page.getByLabel("replication").uncheck();
        expect(await replication.isVisible()).to.equal(false);
        await page.context().close();
    });

    it("is walked through by keys", async () => {
        const page = await open(shop);
        await partCalled(page, "NET internet").focus();
        await page.keyboard.press("ArrowDown");
        const first = await page.evaluate<string>(`document.activeElement?.getAttribute("aria-label")`);
        expect(first).to.match(/^CDN /);
        await page.keyboard.press("Enter");
        expect(await panel(page).isVisible()).to.equal(true);
        await page.keyboard.press("Escape");
        expect(await panel(page).isVisible()).to.equal(false);
        const before = await page.locator("svg.stage").first().getAttribute("viewBox");
        await page.keyboard.press("+");
        expect(await page.locator("svg.stage").first().getAttribute("viewBox")).not.to.equal(before);
        await page.context().close();
    });

    it("is moved by dragging, zoomed by the wheel, and switched to another account's stacks", async () => {
        const page = await open(store);
        const stage = page.locator("svg.stage:not([hidden])");
        const view = () => stage.getAttribute("viewBox");
        const before = await view();
        await page.mouse.move(300, 500);
        await page.mouse.down();
        await page.mouse.move(380, 560, { steps: 4 });
        await page.mouse.up();
        const moved = await view();
        expect(moved).not.to.equal(before);
        expect(await panel(page).isVisible()).to.equal(false);
        await page.mouse.wheel(0, -200);
        await page.waitForFunction(
            `document.querySelector("svg.stage:not([hidden])").getAttribute("viewBox") !== ${JSON.stringify(moved)}`,
        );
        await page.getByLabel("Stacks").selectOption({ label: "prod" });
        expect(await stage.getAttribute("aria-label")).to.equal("The parts of prod");
        await page.context().close();
    });

    it("overflows at no width, nor does any part of it, and axe finds nothing in light and dark", async () => {
        for (const address of [shop, store]) {
            for (const size of SIZES) {
                for (const scheme of SCHEMES) {
                    const page = await open(address, size, scheme);
                    await page.getByText(/All \d+ parts as a list/).click();
                    await page.getByRole("button", { name: "Fit" }).click();
                    await partCalled(page, "DB db ").click();
                    expect(await page.evaluate(OVERFLOWING), `${size.width} ${scheme}`).to.deep.equal([]);
                    await page.evaluate(AXE);
                    const violations = await page.evaluate<string[]>(VIOLATIONS);
                    expect(violations, `${size.width} ${scheme}`).to.deep.equal([]);
                    await page.context().close();
                }
            }
        }
    });

    it("is for everybody, too, where a loss is shown and where it is explained", async () => {
        for (const scheme of SCHEMES) {
            const page = await open(shop, SIZES[1], scheme);
            await page.evaluate(AXE);
            await page.getByRole("button", { name: "How to read it" }).click();
            expect(await page.evaluate<string[]>(VIOLATIONS), `help, ${scheme}`).to.deep.equal([]);
            await page.getByLabel("What if this is lost").selectOption({ label: "us-east-1" });
            await page.getByLabel("Search").fill("bucket");
            expect(await page.evaluate<string[]>(VIOLATIONS), `loss, ${scheme}`).to.deep.equal([]);
            expect(await page.evaluate(OVERFLOWING), scheme).to.deep.equal([]);
            await page.context().close();
        }
    });

    it("takes names for what they are, whatever is in them", async () => {
        const document = await hostilePreview();
        const change = {
            urn: document.stacks["prod-us"]?.steps.at(-1)?.urn ?? "",
            type: HOSTILE,
            name: HOSTILE,
            custom: true,
            op: "update" as const,
            reason: HOSTILE,
        };
        const address = await pages.write(document, "hostile", {
            before: HOSTILE,
            after: HOSTILE,
            stacks: [{ stack: "prod-us", resources: [change] }],
        });
        for (const size of SIZES) {
            const page = await open(address, size);
            page.on("dialog", (dialog) => messages.push(`a dialog: ${dialog.message()}`));
            await page.getByText(/All \d+ parts as a list/).click();
            expect(await page.title()).not.to.equal("taken");
            expect(await page.locator("img, svg.stage script").count()).to.equal(0);
            await partCalled(page, "EC2 </script>").click();
            expect(await panel(page).getByRole("heading", { level: 2 }).textContent()).to.equal(
                `${HOSTILE}-front`,
            );
            expect(await panel(page).textContent()).to.include("allow port 8080");
            await panel(page).locator("summary").first().click();
            await panel(page).locator("pre").filter({ hasText: "t4g.small" }).waitFor();
            await page.getByLabel("Search").fill("name-without-an-end");
            expect(await page.locator(".node.match").count()).to.equal(1);
            expect(await page.evaluate(OVERFLOWING), String(size.width)).to.deep.equal([]);
            await page.evaluate(AXE);
            expect(await page.evaluate<string[]>(VIOLATIONS), String(size.width)).to.deep.equal([]);
            await page.context().close();
        }
    });

    it("is dark or light by the button, too", async () => {
        const page = await open(shop, SIZES[0], "dark");
        const background = () => page.evaluate<string>(`getComputedStyle(document.body).backgroundColor`);
        const dark = await background();
        await page.getByRole("button", { name: "Dark" }).click();
        expect(await background()).not.to.equal(dark);
        await page.context().close();
    });

    it("is printed without its tools, whole, and dark on white whatever the screen is", async () => {
        const page = await open(shop, SIZES[0], "dark");
        const view = () => page.locator("svg.stage").first().getAttribute("viewBox");
        const before = await view();
        const list = page.locator("main > details");
        const folded = async () => (await list.getAttribute("open")) === null;
        await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
        expect(await folded()).to.equal(false);
        expect(await view()).to.match(/^0 0 /);
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        expect(await page.locator(".tools").isVisible()).to.equal(false);
        expect(await page.locator("svg.stage").first().isVisible()).to.equal(true);
        expect(await page.getByRole("heading", { name: "Parts" }).isVisible()).to.equal(true);
        const colours = await page.evaluate<string[]>(
            `[getComputedStyle(document.body).color, getComputedStyle(document.querySelector("svg.stage .label")).fill, getComputedStyle(document.querySelector("svg.stage .body")).fill]`,
        );
        expect(colours).to.deep.equal(["rgb(0, 0, 0)", "rgb(23, 33, 43)", "rgb(255, 255, 255)"]);
        await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
        expect(await folded()).to.equal(true);
        expect(await view()).to.equal(before);
        expect((await page.pdf({ format: "A4", landscape: true })).length).to.be.greaterThan(10_000);
        await page.context().close();
    });

    it("opens within two seconds where there are twenty regions", async () => {
        const address = await pages.write(await previewOfRegions(20), "twenty");
        const times: number[] = [];
        for (let turn = 0; turn < 3; turn += 1) {
            const start = performance.now();
            const page = await open(address);
            await partCalled(page, "DB db").waitFor({ state: "attached" });
            times.push(performance.now() - start);
            expect(await page.locator(".frame.region").count()).to.equal(20);
            // Not all names in one row.
            const width = await page.locator("svg.stage").first().getAttribute("data-width");
            expect(Number(width)).to.be.lessThan(7000);
            await page.context().close();
        }
        expect(Math.min(...times)).to.be.lessThan(2000);
    });
});
