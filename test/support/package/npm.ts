/** Calls npm. */
import { execFileSync } from "node:child_process";

/** Calls npm in a folder, as in a shell of one's own: npm tells its scripts how it was called, and a nested npm would take it for its own. */
export function npm(dir: string, ...args: string[]): void {
    const env = Object.fromEntries(
        Object.entries(process.env).filter(([key]) => !/^npm_(?!config_registry)/i.test(key)),
    );
    execFileSync("npm", [...args, "--no-audit", "--no-fund"], {
        cwd: dir,
        env,
        stdio: ["ignore", "ignore", "inherit"],
    });
}
