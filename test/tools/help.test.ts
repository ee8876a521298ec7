import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { type Call, type Command, readCall, WrongCall } from "../../tools/shared/commandLine";

const ROOT = path.join(__dirname, "..", "..");
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: Readonly<Record<string, string>>;
};

/** The project's own among the scripts, and those that call one of them; the others are mocha's, tsc's and so on. */
const OWN = Object.entries(scripts).filter(([, command]) =>
    /(?:tools|test)\/[\w/]+\.ts\b|^npm run /.test(command),
);

/** What is called without a script of its own. */
const TOOLS = readdirSync(path.join(ROOT, "tools"))
    .flatMap((folder) =>
        readdirSync(path.join(ROOT, "tools", folder)).map((name) => `tools/${folder}/${name}`),
    )
    .filter(
        (file) =>
            file.endsWith(".ts") &&
            /void (?:main|runCommand)\(/.test(readFileSync(path.join(ROOT, file), "utf8")),
    )
    .filter((file) => !OWN.some(([, command]) => command.includes(file)));

interface Outcome {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

function run(command: readonly string[], ...args: readonly string[]): Outcome {
    const [program = "", ...rest] = command;
    return spawnSync(program, [...rest, ...args], { cwd: ROOT, encoding: "utf8" });
}

/** What npm would run. Where a script is no program of Node's, npm itself, which takes as long as the commands do. */
function calledBy(name: string, script: string): readonly string[] {
    const [program, ...args] = script.split(" ");
    return program === "node" ? [process.execPath, ...args] : ["npm", "run", "--silent", name, "--"];
}

const CALLS: readonly (readonly [title: string, command: readonly string[], words: readonly string[]])[] = [
    ...OWN.map(
        ([name, command]) =>
            // The drill's verb comes before its options.
            [`npm run ${name}`, calledBy(name, command), name === "drill" ? ["status"] : []] as const,
    ),
    ...TOOLS.map((file) => [file, [process.execPath, "--require=tsx/cjs", file], []] as const),
];

describe("every command", function () {
    this.timeout(60_000);

    it("is among those that are looked at", () => {
        expect(OWN.map(([name]) => name)).to.include.members(["preview", "up", "drill", "docs", "build"]);
        expect(TOOLS).to.include.members([
            "tools/lintWorkflows/index.ts",
            "tools/lintWorkflows/shellcheck.ts",
        ]);
        expect(TOOLS).not.to.include("tools/shared/commandLine.ts");
    });

    it("is called by npm as the tests call it", () => {
        const throughNpm = run(["npm", "run", "--silent", "preview", "--"], "--hlep");
        expect(throughNpm).to.deep.include({ status: 2, stdout: "" });
        expect(throughNpm.stderr).to.equal(
            run(calledBy("preview", scripts["preview"] ?? ""), "--hlep").stderr,
        );
    });

    for (const [title, command, words] of CALLS) {
        it(`prints how it is called: ${title}`, () => {
            const { status, stdout, stderr } = run(command, ...words, "--help");
            expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
            expect(stdout).to.match(/^Usage: (?:npm run|node --require=tsx\/cjs) [\s\S]*--help/);
            expect(stdout.split("\n").every((line) => line.length <= 120)).to.equal(true);
        });

        it(`answers an unknown flag with the nearest and status 2: ${title}`, () => {
            const { status, stdout, stderr } = run(command, ...words, "--hlep");
            expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
            expect(stderr)
                .to.match(/[Tt]here is no (?:flag|option) --hlep/)
                .and.to.contain("Did you mean --help?");
        });
    }
});

describe("a call of a small command", () => {
    const command: Command = {
        usage: "Usage: npm run it\n",
        flags: { grep: { type: "string", short: "g" }, bail: { type: "boolean" } },
        words: ["readme", "runbook"],
        rest: true,
    };

    it("has flags, words, and what is handed on", () => {
        expect(readCall([], command)).to.deep.equal({ flags: {}, lists: {}, words: [], rest: [] });
        expect(readCall(["-g", "a b", "readme", "--bail", "--", "--grep", "x"], command)).to.deep.equal({
            flags: { grep: "a b", bail: true },
            lists: {},
            words: ["readme"],
            rest: ["--grep", "x"],
        });
        expect(readCall(["--grep=-x"], command)?.flags).to.deep.equal({ grep: "-x" });
        expect(readCall(["readme", "--help"], command)).to.equal(undefined);
        expect(readCall(["-h"], command)).to.equal(undefined);
        expect(readCall(["what", "ever"], { usage: "", words: "any" })?.words).to.deep.equal([
            "what",
            "ever",
        ]);
    });

    it("has all values of a flag that may be given several times", () => {
        const flags = { set: { type: "string", short: "s", multiple: true } } as const;
        expect(readCall(["--set", "a", "-s", "b"], { usage: "", flags })).to.deep.include({
            flags: {},
            lists: { set: ["a", "b"] },
        });
    });

    const wrong: readonly (readonly [readonly string[], string])[] = [
        [["--gerp", "x"], "There is no flag --gerp. Did you mean --grep?"],
        [["--zzzzzz"], "There is no flag --zzzzzz."],
        [["--grep"], "--grep needs a value."],
        [["--grep", "--bail"], "--grep needs a value."],
        [["--bail=1"], "--bail takes no value."],
        [["raedme"], "There is no word raedme. Did you mean readme?"],
        [["elsewhere"], "There is no word elsewhere; allowed: readme, runbook."],
        [["--toString"], "There is no flag --toString."],
    ];
    for (const [argv, message] of wrong) {
        it(`is refused: ${argv.join(" ")}`, () => {
            expect(() => readCall(argv, command))
                .to.throw(WrongCall)
                .with.property("message")
                .that.includes(message);
        });
    }

    it("is refused with everything that is wrong with it", () => {
        expect(() => readCall(["--bial", "x", "--grep"], { usage: "", flags: command.flags ?? {} })).to.throw(
            "There is no flag --bial. Did you mean --bail?\n--grep needs a value.\nThere is nothing to do with x.",
        );
        const check = ({ flags }: Call): string[] => ("bail" in flags ? ["--bail is for others."] : []);
        expect(() => readCall(["--bail", "--bial"], { ...command, check })).to.throw(
            "There is no flag --bial. Did you mean --bail?\n--bail is for others.",
        );
    });
});
