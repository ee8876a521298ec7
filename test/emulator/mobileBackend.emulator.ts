/**
 * The mobile backend's web client, in a real browser: who registers, signs in with a second factor, keeps to-dos by the handlers and
 * files in a folder, finds them again, and sees nobody else's. The browser is Chromium, the rest of AWS the emulator.
 */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type Browser, type Page } from "playwright-core";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";

import { startBrowser } from "../support/browser/chromium";
import { type LocalBackend, startLocalBackend } from "../support/systems/localBackend";
import { ExampleSystem } from "../support/systems/system";

const PASSWORD = "Correct-Horse-7-Battery";
/** What the emulator sends everybody by mail. */
const MAILED_CODE = "123456";
const PHONE = { width: 390, height: 844 };

/** The code that an authenticator app shows: RFC 6238, six digits of half a minute. */
function codeOf(secret: string, now = Date.now()): string {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = secret
        .replace(/=+$/, "")
        .split("")
        .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
        .join("");
    const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
    const digest = createHmac("sha1", key).update(counter).digest();
    const offset = (digest.at(-1) ?? 0) & 0xf;
    return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

describe("the mobile backend's web client", function () {
    this.timeout(180_000);
    let backend: LocalBackend;
    let browser: Browser;

    before(async () => {
        browser = await startBrowser();
        backend = await startLocalBackend(await new ExampleSystem("mobile-backend").resources("prod"));
    });
    after(async () => {
        await browser.close();
        await backend.stop();
    });

    /** The page in a browser of its own, which fails the test where it says something is wrong. */
    async function open(colorScheme: "dark" | "light" = "light"): Promise<Page> {
        const context = await browser.newContext({ viewport: PHONE, colorScheme });
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        await page.goto(`${backend.api.url}/index.html`);
        return page;
    }

    async function says(page: Page, text: string): Promise<void> {
        const alert = page.getByRole("alert");
        const status = page.getByRole("status").filter({ hasText: text });
        await Promise.race([status.waitFor(), alert.filter({ hasText: /./ }).waitFor()]);
        expect(await alert.textContent()).to.equal("");
        await status.waitFor();
    }

    async function register(page: Page, address: string): Promise<void> {
        const form = page.locator("form", { has: page.getByRole("heading", { name: "Register" }) });
        await form.getByLabel("Mail address").fill(address);
        await form.getByLabel(/New password/).fill(PASSWORD);
        await form.getByRole("button", { name: "Register" }).click();
        await says(page, "We have sent a code");
        await page.getByLabel(/Code sent to/).fill(MAILED_CODE);
        await page.getByRole("button", { name: "Confirm" }).click();
        await says(page, "Your address is confirmed");
    }

    async function signIn(page: Page, address: string, password = PASSWORD): Promise<void> {
        const form = page.locator("form", { has: page.getByRole("heading", { name: "Sign in" }) });
        await form.getByLabel("Mail address").fill(address);
        await form.getByLabel("Password").fill(password);
        await form.getByRole("button", { name: "Sign in" }).click();
    }

    async function add(page: Page, title: string): Promise<void> {
        await page.getByLabel("What is to be done").fill(title);
        await page.getByRole("button", { name: "Add" }).click();
        await says(page, `${title} is added.`);
    }

    it("keeps to-dos and files of who has signed in with a second factor, and finds them again", async () => {
        const page = await open();
        await register(page, "ann@example.com");
        await signIn(page, "ann@example.com");
        await says(page, "You have signed in.");

        await add(page, "Water the plants");
        await add(page, "<b>Feed the cat</b>");
        await page.getByRole("checkbox", { name: "Water the plants" }).check();
        await says(page, "Water the plants is done.");
        await page.getByRole("button", { name: "Delete <b>Feed the cat</b>" }).click();
        await says(page, "<b>Feed the cat</b> is deleted.");

        await page.getByLabel("File").setInputFiles({
            name: "plan.txt",
            mimeType: "text/plain",
            buffer: Buffer.from("a plan"),
        });
        await page.getByRole("button", { name: "Upload" }).click();
        await says(page, "plan.txt is in your folder.");
        const identity = await page.locator("section[data-identity]").getAttribute("data-identity");
        const { Contents = [] } = await backend.s3.send(
            new ListObjectsV2Command({ Bucket: backend.config.bucketName }),
        );
        expect(Contents.map(({ Key }) => Key)).to.deep.equal([`${identity ?? ""}/plan.txt`]);

        await page.getByRole("button", { name: "Set up an authenticator app" }).click();
        const secret = (await page.locator("#secret").textContent()) ?? "";
        await page.getByLabel("Code that the app shows").fill(codeOf(secret));
        await page.getByRole("button", { name: "Set up" }).click();
        await says(page, "From now on you are asked for its code.");

        await page.getByRole("button", { name: "Sign out" }).click();
        await says(page, "You have signed out.");
        await signIn(page, "ann@example.com");
        await says(page, "Enter the code of your authenticator app.");
        await page.getByLabel("Code of your authenticator app").fill(codeOf(secret));
        await page.getByRole("button", { name: "Go on" }).click();
        await says(page, "You have signed in.");
        expect(await page.locator("#todos li").allInnerTexts()).to.have.lengthOf(1);
        expect(await page.getByRole("checkbox", { name: "Water the plants" }).isChecked()).to.equal(true);
        expect(await page.locator("#files li > span").allInnerTexts()).to.deep.equal(["plan.txt (6 bytes)"]);
        expect(backend.api.problems).to.deep.equal([]);
        expect([...backend.api.called]).to.include.members([
            "GET /todos",
            "POST /todos",
            "PUT /todos/{todoId}",
            "DELETE /todos/{todoId}",
        ]);
    });

    it("shows nobody what is somebody else's", async () => {
        const page = await open();
        await register(page, "bob@example.com");
        await signIn(page, "bob@example.com");
        await says(page, "You have signed in.");
        expect(await page.locator("#todos li").count()).to.equal(0);
        expect(await page.locator("#files li").count()).to.equal(0);
    });

    it("says what is wrong, and lets nobody in by a wrong password or a forged token", async () => {
        const page = await open();
        await signIn(page, "bob@example.com", "Wrong-Horse-7-Battery");
        const alert = page.getByRole("alert").filter({ hasText: /Incorrect username or password/ });
        await alert.waitFor();
        const forged = await fetch(`${backend.api.url}/todos`, {
            headers: { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJib2IifQ." },
        });
        expect(forged.status).to.equal(401);
    });

    for (const scheme of ["light", "dark"] as const) {
        it(`can be used by everybody, on a narrow screen and in ${scheme} colours`, async () => {
            const page = await open(scheme);
            const address = `${scheme}@example.com`;
            const audit = async (where: string): Promise<void> => {
                await page.addScriptTag({ content: readFileSync(require.resolve("axe-core"), "utf8") });
                const violations = await page.evaluate<string[]>(
                    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))",
                );
                expect(violations, where).to.deep.equal([]);
                const tooWide = await page.evaluate<string[]>(
                    "[...document.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > innerWidth).map(({ outerHTML }) => outerHTML.slice(0, 200))",
                );
                expect(tooWide, where).to.deep.equal([]);
                expect(await page.evaluate("document.documentElement.scrollWidth"), where).to.equal(
                    PHONE.width,
                );
            };
            await audit("sign-in");
            await register(page, address);
            await signIn(page, address);
            await says(page, "You have signed in.");
            await add(page, `A-very-long-word-${"a".repeat(120)}`);
            await page.getByRole("button", { name: "Set up an authenticator app" }).click();
            await page.locator("#secret").waitFor();
            await audit("home");
        });
    }
});
