/** The other side of a comparison: a commit in a worktree of its own, with its own modules, or an exported state. */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
    existsSync,
    lstatSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    realpathSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { join, relative, resolve } from "node:path";
import { WrongCall } from "../../shared/commandLine";
import { readProject } from "../../project/project";
import { type PreviewDocument } from "../types";
import { exportedState } from "./exportedState";
import { giveModules } from "./modules";
import { type RecordedSide, type RecordRequest, type SideRequest } from "./recordedSide";
import { runProgram } from "./runProgram";

/** A side that is there, with what it is called. */
export interface OtherSide extends RecordedSide {
    readonly name: string;
    /** Whether it is what is deployed. */
    readonly deployed: boolean;
}

/** Where a comparison takes place. */
export interface Place {
    /** The folder of the project. */
    readonly projectDir: string;
    /** The root of the repository that it is in. */
    readonly root: string;
    /** Where what is kept for the next time lies. */
    readonly folder: string;
    /** Whether the project is somebody's, and previewed on modules of its own. */
    readonly any: boolean;
}

/** The place of a project. One that is in no repository can be compared with an exported state alone. */
export function placeOf(projectDir: string, any: boolean): Place {
    const top = git(projectDir, "rev-parse", "--show-toplevel");
    const root = top === undefined ? realpathSync(projectDir) : realpathSync(top);
    return { projectDir: realpathSync(projectDir), root, folder: join(root, ".cache", "against"), any };
}

/** What a side is, before it is previewed. */
export type Against =
    | { readonly kind: "state"; readonly document: PreviewDocument; readonly name: string }
    | { readonly kind: "commit"; readonly commit: string; readonly name: string };

/**
 * Finds what is meant by `--against`.
 *
 * @throws WrongCall for what is neither a file nor a commit.
 */
export function findAgainst(given: string, { projectDir }: Place): Against {
    const file = resolve(given);
    if (existsSync(file) && lstatSync(file).isFile()) {
        return { kind: "state", document: exportedState(file), name: `the exported state ${given}` };
    }
    // What begins with a dash would be an option of git's.
    const commit = given.startsWith("-")
        ? undefined
        : git(projectDir, "rev-parse", "--verify", "--quiet", `${given}^{commit}`);
    if (commit === undefined) {
        throw new WrongCall(
            `--against ${given} must be a commit of this repository, such as main or HEAD~1, or a file that \`pulumi stack export --file\` wrote; there is neither. A shallow clone has few commits: fetch the others first.`,
        );
    }
    const short = commit.slice(0, 7);
    return { kind: "commit", commit, name: commit.startsWith(given) ? short : `${given} (${short})` };
}

/** Previews the other side, or takes what was kept of it. */
export async function otherSide(against: Against, request: SideRequest, place: Place): Promise<OtherSide> {
    if (against.kind === "state") {
        return { document: against.document, secrets: {}, name: against.name, deployed: true };
    }
    keepOutOfGit(place.folder);
    const { commit, name } = against;
    const file = join(place.folder, `${commit}-${requestDigest(request, place)}.json`);
    const side = existsSync(file) ? readSide(file) : await previewCommit(commit, request, place, file);
    return { ...side, name, deployed: false };
}

function readSide(file: string): RecordedSide {
    return JSON.parse(readFileSync(file, "utf8")) as RecordedSide;
}

/** Says what a preview depends on beside the commit: what is asked, and the tool that answers. */
function requestDigest(request: SideRequest, { projectDir, root, any }: Place): string {
    const tool = ["preview", "project", "shared", "cost"].map((name) => join(__dirname, "../..", name));
    // What things cost is the policies' to know, whether they judge or not.
    const policies = join(__dirname, "../../../policies");
    const packs = [...(request.policies?.packs ?? []), ...(request.policies?.configs ?? [])];
    return createHash("sha256")
        .update(
            JSON.stringify([
                { ...request, cwd: relative(root, projectDir), any },
                process.versions.node,
                [...tool, policies, ...packs].map((path) => contentHash(resolve(path))),
            ]),
        )
        .digest("hex")
        .slice(0, 16);
}

/** A digest of a file, or of all files of a folder; undefined for what is not there. */
function contentHash(place: string): string | undefined {
    const stat = statSync(place, { throwIfNoEntry: false });
    if (stat === undefined) {
        return undefined;
    }
    const hash = createHash("sha256");
    if (stat.isDirectory()) {
        const names = readdirSync(place, { recursive: true, encoding: "utf8" }).sort();
        for (const name of names) {
            const file = join(place, name);
            if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) {
                hash.update(`${name}\u0000`).update(readFileSync(file)).update("\u0000");
            }
        }
    } else {
        hash.update(readFileSync(place));
    }
    return hash.digest("hex");
}

async function previewCommit(
    commit: string,
    request: SideRequest,
    place: Place,
    file: string,
): Promise<RecordedSide> {
    const tree = worktree(commit, place);
    const projectDir = join(tree, relative(place.root, place.projectDir));
    if (!existsSync(projectDir)) {
        throw new WrongCall(
            `The commit ${commit.slice(0, 7)} has no folder ${relative(place.root, place.projectDir)}: compare with a later one.`,
        );
    }
    giveModules(projectDir, { here: place.root, there: realpathSync(tree) });
    const part = `${file}.${process.pid}`;
    await record({
        request: { ...request, cwd: projectDir },
        folder: place.folder,
        root: realpathSync(tree),
        file: part,
        any: place.any,
        calledIn: process.cwd(),
    });
    // Nobody reads half a file, whoever else compares with the same commit.
    renameSync(part, file);
    return readSide(file);
}

/** A tree of the commit's files, made when it is first asked for. */
function worktree(commit: string, { root, folder }: Place): string {
    const tree = join(folder, commit);
    if (existsSync(join(tree, ".git"))) {
        return tree;
    }
    rmSync(tree, { recursive: true, force: true });
    // A tree that somebody has deleted is still registered; hooks are for people who work in it.
    runProgram("git", ["worktree", "prune"], root);
    runProgram(
        "git",
        ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--force", tree, commit],
        root,
    );
    return tree;
}

/** Lets another process preview it, while this one previews its own side. */
function record(request: RecordRequest): Promise<void> {
    return new Promise((done, fail) => {
        const { program, nodeArgs, cwd } = recorder(request);
        const child = spawn(process.execPath, [...nodeArgs, "--stack-trace-limit=2", program], {
            cwd,
            stdio: ["pipe", "ignore", "pipe"],
        });
        let told = "";
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            told += text;
        });
        child.on("error", fail);
        child.on("close", (status) => {
            if (status === 0) {
                done();
            } else {
                const message = `The other side cannot be previewed: ${told.trim()}`;
                fail(status === 2 ? new WrongCall(message) : new Error(message));
            }
        });
        child.stdin.end(JSON.stringify(request));
    });
}

/** The process that previews the other side: in the package it is JavaScript; Node's arguments are that side's own. */
function recorder({ request, any }: RecordRequest): { program: string; nodeArgs: string[]; cwd: string } {
    const inCheckout = __filename.endsWith(".ts");
    const program = join(__dirname, inCheckout ? "record.ts" : "record.js");
    const compiler = inCheckout ? ["--require=tsx/cjs"] : [];
    if (!any || request.cwd === undefined) {
        return { program, nodeArgs: compiler, cwd: process.cwd() };
    }
    const { runtime, workingDirectory } = readProject(request.cwd);
    return { program, nodeArgs: [...compiler, ...runtime.nodeArgs], cwd: workingDirectory };
}

/** What is kept is nothing to commit, in whoever's repository. */
function keepOutOfGit(folder: string): void {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, ".gitignore");
    if (!existsSync(file)) {
        writeFileSync(file, "*\n");
    }
}

/** What git answers; undefined where it refuses. */
function git(cwd: string, ...args: readonly string[]): string | undefined {
    try {
        return execFileSync("git", args, {
            cwd,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        }).trim();
    } catch {
        return undefined;
    }
}

/** How many trees are kept. */
const KEPT = 5;

/** Takes away what was kept of commits that were not compared with lately. */
export function forgetOld({ root, folder }: Place): void {
    if (!existsSync(folder)) {
        return;
    }
    const trees = readdirSync(folder).filter((name) => /^[0-9a-f]{40}$/.test(name));
    const byAge = trees
        .map((name) => ({ name, time: lstatSync(join(folder, name)).mtimeMs }))
        .sort((one, other) => other.time - one.time);
    for (const { name } of byAge.slice(KEPT)) {
        rmSync(join(folder, name), { recursive: true, force: true });
        readdirSync(folder)
            .filter((file) => file.startsWith(`${name}-`))
            .forEach((file) => {
                rmSync(join(folder, file), { force: true });
            });
    }
    if (byAge.length > KEPT) {
        runProgram("git", ["worktree", "prune"], root);
    }
}
