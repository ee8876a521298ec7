/** A real browser for tests: Debian's Chromium, which playwright-core drives. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/**
 * Where the browser is: `CHROMIUM` in the environment, or on the PATH.
 *
 * @throws Error that says how it is installed, where it is not.
 */
export function chromiumPath(): string {
    const given = process.env["CHROMIUM"];
    const folders = (process.env["PATH"] ?? "").split(delimiter);
    const candidates = [
        ...(given === undefined ? [] : [given]),
        ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ];
    const found = candidates.find((file) => {
        try {
            accessSync(file, constants.X_OK);
            return true;
        } catch {
            return false;
        }
    });
    if (found === undefined) {
        throw new Error(
            "This test needs Chromium: apt-get update && apt-get install -y chromium, or its path in CHROMIUM",
        );
    }
    return found;
}

/** Starts it. */
export function startBrowser(): Promise<Browser> {
    return chromium.launch({
        executablePath: chromiumPath(),
        // In containers there is neither a sandbox of the kernel's nor much shared memory.
        args: ["--no-sandbox", "--disable-dev-shm-usage"],
    });
}
