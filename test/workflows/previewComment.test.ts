import { expect } from "chai";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { MARKER, renderMarkdown } from "../../tools/preview/render/markdown";
import { documentOf, regionStack, stackPreview } from "../support/preview/documents";

/** The scripts of preview-comment.yml, run as actions/github-script runs them, against a GitHub that records. */
const { jobs } = parse(
    readFileSync(resolve(__dirname, "../../.github/workflows/preview-comment.yml"), "utf8"),
) as {
    jobs: { comment: { steps: { name: string; with?: { script?: string } }[] } };
};
const scriptOf = (beginning: string): string =>
    jobs.comment.steps.find(({ name }) => name.startsWith(beginning))!.with!.script!;
const findScript = scriptOf("Look for the artifact");
const commentScript = scriptOf("Create or update");

interface Comment {
    readonly id: number;
    readonly user: { readonly login: string } | null;
    readonly body: string;
}

interface World {
    pull: { state: string; head: { sha: string; repo: { full_name: string } | null } };
    comments: Comment[];
    artifacts: { size_in_bytes: number }[];
}

const SHA = "a".repeat(40);
const run = { id: 7, head_sha: SHA, head_repository: { full_name: "someone/fork" } };

function world(change: Partial<World> = {}): World {
    return {
        pull: { state: "open", head: { sha: SHA, repo: { full_name: "someone/fork" } } },
        comments: [],
        artifacts: [{ size_in_bytes: 1000 }],
        ...change,
    };
}

interface Outcome {
    /** Calls that write, with their arguments. */
    readonly writes: [string, Record<string, unknown>][];
    readonly outputs: Record<string, string>;
    readonly failures: string[];
    readonly notices: string[];
}

async function execute(script: string, state: World): Promise<Outcome> {
    const outcome: Outcome = { writes: [], outputs: {}, failures: [], notices: [] };
    const write =
        (name: string) =>
        (args: Record<string, unknown>): Promise<void> => {
            outcome.writes.push([name, args]);
            return Promise.resolve();
        };
    const listComments = (): void => undefined;
    const github = {
        rest: {
            actions: {
                listWorkflowRunArtifacts: () => Promise.resolve({ data: { artifacts: state.artifacts } }),
            },
            pulls: { get: () => Promise.resolve({ data: state.pull }) },
            issues: { listComments, createComment: write("create"), updateComment: write("update") },
        },
        paginate: (method: unknown, args: { issue_number: number }) => {
            expect(method).to.equal(listComments);
            expect(args.issue_number).to.equal(12);
            return Promise.resolve(state.comments);
        },
    };
    const context = { repo: { owner: "owner", repo: "repo" }, payload: { workflow_run: run } };
    const core = {
        notice: (text: string) => outcome.notices.push(text),
        setFailed: (text: string) => outcome.failures.push(text),
        setOutput: (name: string, value: string) => (outcome.outputs[name] = value),
    };
    const AsyncFunction = (async () => Promise.resolve()).constructor as new (
        ...parameters: string[]
    ) => (...values: unknown[]) => Promise<void>;
    const action = new AsyncFunction("github", "context", "core", "require", script);
    await action(github, context, core, createRequire(__filename));
    return outcome;
}

describe("the workflow that comments on pull requests", () => {
    let directory: string;
    const honest = renderMarkdown(documentOf(regionStack));

    const artifact = (body: string, number = "12\n"): void => {
        writeFileSync(join(directory, "body.md"), body);
        writeFileSync(join(directory, "pull-request"), number);
    };
    const refused = async (state = world()): Promise<string> => {
        try {
            await execute(commentScript, state);
        } catch (error) {
            return (error as Error).message;
        }
        return "";
    };

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "meridian-"));
        process.env["ARTIFACT"] = directory;
        artifact(honest);
    });
    afterEach(() => {
        delete process.env["ARTIFACT"];
        rmSync(directory, { recursive: true });
    });

    it("creates the comment, without changing a character of it", async () => {
        const { writes } = await execute(commentScript, world());
        expect(writes).to.deep.equal([
            ["create", { owner: "owner", repo: "repo", issue_number: 12, body: honest }],
        ]);
    });

    it("does not change what the renderer wrote of the oddest names, either", async () => {
        const odd = "[l](https://e.example) ![i](//e) @org/team <img src=x> www.e.example `x` [r]: //e";
        const document = documentOf(
            stackPreview("prod-us", [{ type: "meridian:index:Odd", name: odd, custom: false }], {
                error: { message: odd },
            }),
        );
        artifact(renderMarkdown(document));
        const { writes } = await execute(commentScript, world());
        expect(writes[0]![1]["body"]).to.equal(renderMarkdown(document));
    });

    it("updates its own earlier comment and no one else's", async () => {
        const comments = [
            { id: 1, user: { login: "mallory" }, body: `${MARKER}\nmine` },
            { id: 2, user: { login: "github-actions[bot]" }, body: "of another workflow" },
            { id: 3, user: null, body: `${MARKER}\nof a deleted account` },
            { id: 4, user: { login: "github-actions[bot]" }, body: `${MARKER}\nearlier` },
        ];
        const { writes } = await execute(commentScript, world({ comments }));
        expect(writes).to.deep.equal([
            ["update", { owner: "owner", repo: "repo", comment_id: 4, body: honest }],
        ]);
    });

    it("says nothing where the pull request has moved on, is another's, has no repository, or is closed", async () => {
        const { head } = world().pull;
        for (const pull of [
            { state: "open", head: { ...head, sha: "b".repeat(40) } },
            { state: "open", head: { ...head, repo: { full_name: "owner/repo" } } },
            { state: "open", head: { ...head, repo: null } },
            { state: "closed", head },
        ]) {
            const { writes, notices } = await execute(commentScript, world({ pull }));
            expect(writes).to.deep.equal([]);
            expect(notices).to.have.length(1);
        }
    });

    for (const number of ["", "0", "12; rm", "-1", "1e3", "12\n13", "99999999999"]) {
        it(`refuses ${JSON.stringify(number)} as the number of a pull request`, async () => {
            artifact(honest, number);
            expect(await refused()).to.equal("The artifact does not name a pull request.");
        });
    }

    it("refuses a text that is not the preview's comment, and one that is too long", async () => {
        const message = "The artifact is not a comment of this project's preview.";
        artifact("Please sign in again");
        expect(await refused()).to.equal(message);
        artifact(`${MARKER}\n${"x".repeat(65_536 - MARKER.length)}`);
        expect(await refused()).to.equal(message);
        artifact(`${MARKER}\n${"x".repeat(65_536 - MARKER.length - 1)}`);
        expect(await refused()).to.equal("");
        artifact(`${MARKER}\n${"<".repeat(65_000)}`);
        expect(await refused()).to.equal("The comment has more characters than GitHub takes.");
        artifact(`${MARKER}\n${"x".repeat(4 * 65_536)}`);
        expect(await refused()).to.match(
            /^body\.md is missing, is no plain file or has more than 262144 bytes/,
        );
    });

    it("reads no file that the artifact only points to, and misses none quietly", async () => {
        rmSync(join(directory, "body.md"));
        expect(await refused()).to.match(/^body\.md is missing/);
        writeFileSync(join(directory, "secret"), `${MARKER}\nsecret`);
        symlinkSync(join(directory, "secret"), join(directory, "body.md"));
        expect(await refused()).to.match(/is no plain file/);
        rmSync(join(directory, "body.md"));
        mkdirSync(join(directory, "body.md"));
        expect(await refused()).to.match(/is no plain file/);
    });

    it("takes links, images, mentions and foreign tags out of a forged text", async () => {
        artifact(
            `${MARKER}\n[a](https://e.example) ![b](//e.example) @owner <img src="x"><details>ok</details>\n[c]: //e`,
        );
        const { writes } = await execute(commentScript, world());
        const body = String(writes[0]![1]["body"]);
        expect(body).not.to.match(/\]\(|\]:|:\/\/|@\w|<img/);
        expect(body).to.contain('&lt;img src="x"><details>ok</details>');
    });

    it("looks at the artifact's size before it is unpacked", async () => {
        expect((await execute(findScript, world())).outputs).to.deep.equal({ found: "true" });
        const huge = await execute(findScript, world({ artifacts: [{ size_in_bytes: 1024 * 1024 + 1 }] }));
        expect(huge).to.deep.include({
            outputs: {},
            failures: ["The artifact has 1048577 bytes; a comment never has so many."],
        });
        const none = await execute(findScript, world({ artifacts: [] }));
        expect(none).to.deep.include({ outputs: {}, failures: [] });
        expect(none.notices).to.have.length(1);
    });
});
