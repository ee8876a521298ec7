import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { shownAsset, withHashes } from "../../../tools/preview/assets";
import { runProgram } from "../../../tools/preview/engine";
import { ARCHIVE, ASSET, SIGNATURE } from "../../../tools/preview/values";
import { previewProgram, testProvider } from "../../support/preview";

// printf 'hello' | sha256sum
const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

describe("the files that a program hands on", () => {
    let folder = "";
    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "assets-"));
        fs.mkdirSync(path.join(folder, "site"));
        fs.writeFileSync(path.join(folder, "hello.txt"), "hello");
        fs.writeFileSync(path.join(folder, "site/index.html"), "<p>");
    });
    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });

    it("have the hash of what is in them, wherever in the inputs they are", () => {
        const file = { [SIGNATURE]: ASSET, path: "hello.txt" };
        const text = { [SIGNATURE]: ASSET, text: "hello" };
        const inputs = {
            list: [{ file }],
            code: { [SIGNATURE]: ARCHIVE, assets: { text } },
            path: "hello.txt",
        };
        const hashed = withHashes(inputs, folder);
        expect(hashed["list"]).to.deep.equal([{ file: { ...file, hash: HELLO } }]);
        expect(hashed["code"]).to.have.deep.property("assets", { text: { ...text, hash: HELLO } });
        expect(hashed["path"]).to.equal("hello.txt");
    });

    it("have another hash once something in a folder is another, or is called otherwise", () => {
        const hashes = new Set<unknown>();
        const look = (): void => {
            const { site } = withHashes({ site: { [SIGNATURE]: ARCHIVE, path: "site" } }, folder);
            hashes.add((site as { hash: string }).hash);
        };
        look();
        look();
        expect(hashes.size).to.equal(1);
        fs.writeFileSync(path.join(folder, "site/index.html"), "<b>");
        look();
        fs.renameSync(path.join(folder, "site/index.html"), path.join(folder, "site/home.html"));
        look();
        expect(hashes.size).to.equal(3);
    });

    it("make the same archive wherever on a machine they are", () => {
        const archive = (file: string): unknown =>
            withHashes(
                { code: { [SIGNATURE]: ARCHIVE, assets: { a: { [SIGNATURE]: ASSET, path: file } } } },
                folder,
            )["code"];
        fs.writeFileSync(path.join(folder, "site/copy.txt"), "hello");
        const [one, copy, other] = ["hello.txt", "site/copy.txt", "site/index.html"].map(
            (file) => (archive(file) as { hash: string }).hash,
        );
        expect(one).to.equal(copy).and.not.equal(other);
    });

    it("are printed as paths below the folder where the program runs", () => {
        const asset = { [SIGNATURE]: ASSET, path: path.join(folder, "hello.txt") };
        expect(shownAsset(asset, folder)).to.deep.equal({ ...asset, path: "hello.txt" });
        expect(shownAsset({ path: "/etc/hosts" }, folder)).to.deep.equal({ path: "/etc/hosts" });
    });

    it("are looked for in the program's own folder", async () => {
        const run = await runProgram(
            () => {
                new aws.s3.BucketObjectv2(
                    "page",
                    { bucket: "pages", key: "k", source: new pulumi.asset.FileAsset("hello.txt") },
                    { provider: testProvider() },
                );
            },
            { folder },
        );
        expect(run.preview.error).to.equal(undefined);
        const page = run.states.find(({ urn }) => urn.endsWith("::page"));
        expect(page?.inputs).to.have.nested.property("source.hash", HELLO);
    });

    it("are refused where they are not, as by the engine", async () => {
        const { error } = await previewProgram(() => {
            new aws.s3.BucketObjectv2(
                "page",
                { bucket: "pages", key: "k", source: new pulumi.asset.FileAsset("no-such-file.html") },
                { provider: testProvider() },
            );
        });
        expect(error?.message).to.match(/failed to compute asset hash: ENOENT.*no-such-file\.html/);
    });
});
