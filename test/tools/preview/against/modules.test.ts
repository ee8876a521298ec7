import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { giveModules, type Trees } from "../../../../tools/preview/against/modules";

describe("the modules of the other side", () => {
    let folder: string;
    let trees: Trees;
    const { PATH } = process.env;

    beforeEach(() => {
        folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "modules-")));
        trees = { here: path.join(folder, "here"), there: path.join(folder, "here", ".cache", "there") };
        fs.mkdirSync(trees.there, { recursive: true });
    });

    afterEach(() => {
        process.env["PATH"] = PATH;
        fs.rmSync(folder, { recursive: true, force: true });
    });

    function write(tree: keyof Trees, file: string, text: string): void {
        const place = path.join(trees[tree], file);
        fs.mkdirSync(path.dirname(place), { recursive: true });
        fs.writeFileSync(place, text);
    }

    function both(file: string, text: string): void {
        write("here", file, text);
        write("there", file, text);
    }

    function link(file: string, target: string): void {
        const place = path.join(trees.here, file);
        fs.mkdirSync(path.dirname(place), { recursive: true });
        fs.symlinkSync(target, place);
    }

    function give(project = "."): void {
        giveModules(path.join(trees.there, project), trees);
    }

    function found(module: string, from = "."): string {
        return fs.realpathSync(path.join(trees.there, from, "node_modules", module));
    }

    /** Puts a package manager first on the path that only writes down how it is called. */
    function standIn(name: string): () => string {
        const bin = path.join(folder, "bin");
        const log = path.join(folder, "log");
        fs.mkdirSync(bin, { recursive: true });
        fs.writeFileSync(path.join(bin, name), `#!/bin/sh\necho "$(basename "$PWD"): $*" >> ${log}\n`, {
            mode: 0o755,
        });
        process.env["PATH"] = `${bin}${path.delimiter}${PATH ?? ""}`;
        return () => (fs.existsSync(log) ? fs.readFileSync(log, "utf8").trim() : "");
    }

    it("are those that are here, where the lock file is the same", () => {
        both("infra/package-lock.json", "{}");
        write("here", "infra/node_modules/dep/package.json", "{}");
        give("infra");
        expect(found("dep", "infra")).to.equal(path.join(trees.here, "infra/node_modules/dep"));
    });

    it("are its own, where they are packages of a workspace or given by a path", () => {
        both("pnpm-lock.yaml", "lockfileVersion: 9\n");
        both("infra/package.json", "{}");
        both("packages/parts/index.ts", "");
        both("packages/names/index.ts", "");
        write("here", "node_modules/.pnpm/dep/node_modules/dep/package.json", "{}");
        // Beside the packages as pnpm has it, with one that only another one needs.
        link("infra/node_modules/dep", "../../node_modules/.pnpm/dep/node_modules/dep");
        link("infra/node_modules/@acme/parts", "../../../packages/parts");
        link("packages/parts/node_modules/@acme/names", "../../../names");
        give("infra");
        expect(found("dep", "infra")).to.equal(
            path.join(trees.here, "node_modules/.pnpm/dep/node_modules/dep"),
        );
        expect(found("@acme/parts", "infra")).to.equal(path.join(trees.there, "packages/parts"));
        expect(found("@acme/names", "packages/parts")).to.equal(path.join(trees.there, "packages/names"));
        expect(found(".pnpm")).to.equal(path.join(trees.here, "node_modules/.pnpm"));
    });

    for (const [lock, text, manager, called] of [
        ["package-lock.json", "{}", "npm", "ci --ignore-scripts --no-audit --no-fund --prefer-offline"],
        ["pnpm-lock.yaml", "", "pnpm", "install --frozen-lockfile --ignore-scripts --prefer-offline"],
        [
            "yarn.lock",
            "# yarn lockfile v1\n",
            "yarn",
            "install --frozen-lockfile --ignore-scripts --prefer-offline --non-interactive",
        ],
        ["yarn.lock", "__metadata:\n  version: 8\n", "yarn", "install --immutable --mode=skip-build"],
        ["bun.lock", "{}", "bun", "install --frozen-lockfile --ignore-scripts"],
    ] as const) {
        it(`are installed by ${manager} ${called.split(" ")[1] ?? ""} where ${lock} is another`, () => {
            const log = standIn(manager);
            write("here", lock, "another");
            write("here", "node_modules/dep/package.json", "{}");
            write("there", lock, text);
            write("there", "infra/package.json", "{}");
            give("infra");
            expect(log()).to.equal(`there: ${called}`);
        });
    }

    it("are told by what is asked for where there is no lock file", () => {
        const log = standIn("npm");
        both("infra/package.json", "{}");
        write("here", "infra/node_modules/dep/package.json", "{}");
        give("infra");
        expect(found("dep", "infra")).to.equal(path.join(trees.here, "infra/node_modules/dep"));
        write("there", "other/package.json", '{ "name": "other" }');
        give("other");
        expect(log()).to.match(/^other: install --no-package-lock /);
    });

    it("say which package manager is missing, and what to do", () => {
        process.env["PATH"] = folder;
        write("there", "pnpm-lock.yaml", "");
        expect(() => {
            give();
        }).to.throw(/^pnpm install .* is needed in .*, and pnpm is not installed here: install it, or run/);
    });
});
