import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const root = resolve(__dirname, "../..");
const folder = join(root, ".github/workflows");

interface Step {
    readonly name?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, string | boolean | undefined>>;
    readonly env?: Readonly<Record<string, string>>;
}

interface Job {
    readonly if?: string;
    readonly uses?: string;
    readonly needs?: string | readonly string[];
    readonly environment?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly "timeout-minutes"?: number;
    readonly strategy?: {
        readonly "fail-fast"?: boolean;
        readonly matrix: Readonly<Record<string, unknown>>;
    };
    readonly steps?: readonly Step[];
}

interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions?: unknown;
    readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": unknown };
    readonly jobs: Readonly<Record<string, Job>>;
}

const names = readdirSync(folder).sort();
const texts = new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
const workflows = new Map([...texts].map(([name, text]) => [name, parse(text) as Workflow]));

const workflow = (name: string): Workflow => workflows.get(name)!;
const jobs = (): [string, Job][] =>
    [...workflows].flatMap(([name, { jobs }]) =>
        Object.entries(jobs).map(([id, job]): [string, Job] => [`${name}, ${id}`, job]),
    );
const steps = (): [string, Step][] =>
    jobs().flatMap(([where, job]) => (job.steps ?? []).map((step): [string, Step] => [where, step]));

function lint(...files: string[]): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
} {
    return spawnSync(process.execPath, ["--require=tsx/cjs", "tools/lintWorkflows/index.ts", ...files], {
        cwd: root,
        encoding: "utf8",
    });
}

describe("the workflows", () => {
    it("are the ones that the project has", () => {
        expect(names).to.deep.equal([
            "ci.yml",
            "deploy.yml",
            "preview-comment.yml",
            "preview-live.yml",
            "preview.yml",
            "recovery-test.yml",
        ]);
    });

    it("pass actionlint, and their shell passes ShellCheck", () => {
        expect(lint()).to.include({ status: 0, stdout: "", stderr: "" });
    });

    it("would not pass with a mistake in them", () => {
        const directory = mkdtempSync(join(tmpdir(), "meridian-"));
        try {
            const file = join(directory, "bad.yml");
            const run = "echo ${{ github.event.pull_request.title }} $UNQUOTED";
            writeFileSync(
                file,
                `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ${run}\n`,
            );
            const { status, stdout } = lint(file);
            expect(status).to.equal(1);
            expect(stdout).to.match(
                /"github\.event\.pull_request\.title" is potentially untrusted.* \[expression\]\n/,
            );
            expect(stdout).to.match(/: a, step 1: 1:\d+: info: Double quote to prevent globbing/);
        } finally {
            rmSync(directory, { recursive: true });
        }
    });

    it("pin every action by commit, with its version beside it, to one commit everywhere", () => {
        const pins = new Map<string, Set<string>>();
        for (const [name, text] of texts) {
            for (const [, reference = ""] of text.matchAll(/\buses: +(.+)/g)) {
                if (reference.startsWith("./.github/workflows/")) {
                    expect(names).to.include(reference.slice("./.github/workflows/".length));
                    continue;
                }
                const [, action, pin] =
                    /^([\w-]+\/[\w-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$/.exec(reference) ?? [];
                expect(action, `${name}: ${reference}`).to.be.a("string");
                pins.set(action!, (pins.get(action!) ?? new Set()).add(pin!));
            }
        }
        for (const [action, used] of pins) {
            expect([...used], action).to.have.length(1);
        }
        expect([...pins.keys()].sort()).to.deep.equal([
            "actions/checkout",
            "actions/download-artifact",
            "actions/github-script",
            "actions/setup-node",
            "actions/upload-artifact",
            "aws-actions/configure-aws-credentials",
            "pulumi/actions",
        ]);
    });

    it("start without any right, and give each job what it needs and a time limit", () => {
        for (const [name, { permissions }] of workflows) {
            expect(permissions, name).to.deep.equal({});
        }
        const rights = Object.fromEntries(
            jobs().map(([where, job]) => {
                expect(
                    job.uses !== undefined || job["timeout-minutes"]! > 0,
                    `${where}: time limit`,
                ).to.equal(true);
                return [
                    where,
                    Object.entries(job.permissions ?? {}).map(([right, level]) => `${right}: ${level}`),
                ];
            }),
        );
        const read = ["contents: read"];
        const deploy = ["contents: read", "id-token: write"];
        expect(rights).to.deep.equal({
            "ci.yml, engine": read,
            "ci.yml, test": read,
            "deploy.yml, ci": read,
            "deploy.yml, stacks": read,
            "deploy.yml, regions": deploy,
            "deploy.yml, global": deploy,
            "preview-comment.yml, comment": ["actions: read", "pull-requests: write"],
            "preview-live.yml, stacks": read,
            "preview-live.yml, preview": [...deploy, "pull-requests: write"],
            "preview.yml, preview": read,
            "recovery-test.yml, restore": deploy,
            "recovery-test.yml, issue": ["issues: write"],
        });
    });

    it("leave no token in the work tree", () => {
        const checkouts = steps().filter(([, { uses }]) => uses?.startsWith("actions/checkout@") === true);
        expect(checkouts).to.have.length(9);
        for (const [where, step] of checkouts) {
            expect(step.with, where).to.have.property("persist-credentials", false);
        }
    });

    it("put no expression into a script, where its value would be read as code", () => {
        for (const [where, { run, with: inputs }] of steps()) {
            expect(`${run ?? ""}${String(inputs?.["script"])}`, where).not.to.contain("${{");
        }
    });

    it("never run a pull request's code with the rights of the repository", () => {
        for (const [name, { on }] of workflows) {
            expect(on, name).not.to.have.property("pull_request_target");
        }
        const comment = workflow("preview-comment.yml").jobs["comment"]!;
        expect(
            comment.steps!.filter(({ run, uses }) => run !== undefined || /checkout@/.test(uses ?? "")),
        ).to.deep.equal([]);
    });

    it("use no secret where anybody's pull request can start them", () => {
        for (const name of ["ci.yml", "preview.yml", "preview-comment.yml"]) {
            expect(texts.get(name), name).not.to.match(/secrets\./);
        }
        const { jobs: live } = workflow("preview-live.yml");
        expect(live["stacks"]!.if).to.contain(
            "github.event.pull_request.head.repo.full_name == github.repository",
        );
        expect(live["preview"]!.needs).to.equal("stacks");
    });

    it("check every supported version of Node with the project's own script", () => {
        const { test } = workflow("ci.yml").jobs;
        expect(test!.strategy!.matrix).to.deep.equal({ node: ["20", "22", "24"] });
        expect(test!.steps!.at(-1)).to.deep.include({ run: "bash .ci/run", env: { CI: "true" } });
    });

    it("deploy what passed the checks, the regions side by side and then the global stack, with approval", () => {
        const { jobs: deploy, concurrency } = workflow("deploy.yml");
        expect(concurrency!["cancel-in-progress"]).to.equal(false);
        expect(deploy["stacks"]!.needs).to.equal("ci");
        expect(deploy["regions"]!.needs).to.equal("stacks");
        expect(deploy["global"]!.needs).to.deep.equal(["stacks", "regions"]);
        expect(deploy["regions"]!.strategy).to.deep.equal({
            "fail-fast": false,
            matrix: { stack: "${{ fromJSON(needs.stacks.outputs.regions) }}" },
        });
        for (const id of ["regions", "global"]) {
            expect(deploy[id]!.environment, id).to.equal("${{ needs.stacks.outputs.environment }}");
            expect(deploy[id]!.steps!.at(-1)!.with, id).to.include({ command: "up" });
        }
    });

    it("name no region: those are in the stack files", () => {
        for (const [name, text] of texts) {
            const withoutDefault = text
                .replaceAll("vars.AWS_REGION || 'us-east-1'", "")
                .replace(/^ *#.*$/gm, "");
            expect(withoutDefault, name).not.to.match(/prod-|[a-z]{2}-[a-z]+-\d/);
        }
    });
});
