/** Runs git and package managers. */
import { execFileSync } from "node:child_process";

/** @throws Error with what the program said, or that it is not there. */
export function runProgram(program: string, args: readonly string[], cwd: string): void {
    try {
        execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    } catch (error) {
        const called = `${program} ${args.join(" ")}`;
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            throw new Error(
                `${called} is needed in ${cwd}, and ${program} is not installed here: install it, or run that command there by yourself`,
                { cause: error },
            );
        }
        throw new Error(`${called} failed in ${cwd}: ${said(error)}`, { cause: error });
    }
}

/** What a program that failed printed: some tell their errors on standard output. */
function said(error: unknown): string {
    const { stderr, stdout } = error as { readonly stderr?: unknown; readonly stdout?: unknown };
    const texts = [stderr, stdout].map((text) => (typeof text === "string" ? text.trim() : ""));
    return texts.find((text) => text !== "") ?? String(error);
}
