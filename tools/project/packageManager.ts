/** The package manager of a project, by the file that it leaves. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** A package manager. */
export interface PackageManager {
    readonly name: "npm" | "pnpm" | "yarn" | "bun";
    /** The file in which it keeps the versions of a project's modules. */
    readonly lock: string;
}

const MANAGERS: readonly PackageManager[] = [
    { name: "npm", lock: "package-lock.json" },
    { name: "npm", lock: "npm-shrinkwrap.json" },
    { name: "pnpm", lock: "pnpm-lock.yaml" },
    { name: "yarn", lock: "yarn.lock" },
    { name: "bun", lock: "bun.lock" },
    { name: "bun", lock: "bun.lockb" },
];

/** The package manager whose file is in a folder. */
export function packageManagerIn(folder: string): PackageManager | undefined {
    return MANAGERS.find(({ lock }) => existsSync(join(folder, lock)));
}

/** The package manager of a folder, whose file is there or, as with workspaces, in a folder above. */
export function packageManagerOf(folder: string): PackageManager | undefined {
    const above = dirname(folder);
    return packageManagerIn(folder) ?? (above === folder ? undefined : packageManagerOf(above));
}
