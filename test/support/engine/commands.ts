/** The commands as a user calls them, in a copy of the project, on the real engine and stand-in plugins. */
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { type State, stateOf, type EngineWorkspace } from "./workspace";

const ROOT = path.resolve(__dirname, "../../..");

/** What stacks are made from. The packages are the project's own. */
const PROJECT = [
    "index.ts",
    "components",
    "functions",
    "regions",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
];

/** How a command ended. */
export interface Ended {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** A copy of the project, and the commands in it. */
export class ProjectCopy {
    readonly folder: string;

    constructor(
        readonly workspace: EngineWorkspace,
        /** Variables beside those of the workspace. */
        readonly environment: Readonly<Record<string, string>> = {},
    ) {
        this.folder = path.join(workspace.folder, "copy");
        fs.mkdirSync(this.folder);
        const files = fs.readdirSync(ROOT).filter((name) => /^Pulumi\.(?:.*\.)?yaml$/.test(name));
        for (const name of [...files, ...PROJECT]) {
            fs.cpSync(path.join(ROOT, name), path.join(this.folder, name), { recursive: true });
        }
        fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(this.folder, "node_modules"));
    }

    /** `npm run` with a command of the project, such as `up`. */
    run(script: string, ...args: readonly string[]): Promise<Ended> {
        return this.#run("npm", this.#wordsOf(script, args), ROOT);
    }

    /** The same, with a signal to `npm` as soon as it is time for it. */
    async runUntil(
        isTime: () => boolean,
        signal: NodeJS.Signals,
        script: string,
        ...args: readonly string[]
    ): Promise<Ended> {
        const { child, ended } = this.#start("npm", this.#wordsOf(script, args), ROOT);
        while (!isTime() && child.exitCode === null) {
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        child.kill(signal);
        return ended;
    }

    pulumi(...args: readonly string[]): Promise<Ended> {
        return this.#run("pulumi", args, this.folder);
    }

    /** Runs a line that a command printed. */
    shell(line: string): Promise<Ended> {
        return this.#run("sh", ["-c", line], this.folder);
    }

    async state(stack: string): Promise<State> {
        const { stdout } = await this.pulumi("stack", "export", "--stack", stack);
        return stateOf(JSON.parse(stdout) as Parameters<typeof stateOf>[0]);
    }

    #wordsOf(script: string, args: readonly string[]): readonly string[] {
        return ["run", "--silent", script, "--", ...args, "--project", this.folder];
    }

    #run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
        return this.#start(command, args, cwd).ended;
    }

    #start(
        command: string,
        args: readonly string[],
        cwd: string,
    ): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
        const child = spawn(command, args, {
            cwd,
            env: { ...process.env, ...this.workspace.environment, ...this.environment },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let [stdout, stderr] = ["", ""];
        child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        const ended = new Promise<Ended>((resolve, reject) => {
            child.on("error", reject).on("close", (status) => {
                resolve({ status, stdout, stderr });
            });
        });
        return { child, ended };
    }
}
