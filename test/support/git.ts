/** Runs git as somebody, whatever the machine has configured. */
import { execFileSync } from "node:child_process";

/** Returns what git prints. */
export function git(folder: string, ...args: readonly string[]): string {
    const named = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...named, ...args], { cwd: folder, encoding: "utf8" }).trim();
}
