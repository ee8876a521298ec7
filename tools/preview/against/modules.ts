/**
 * The modules of the other side: those that are here, where its lock file is the same, else those that its package
 * manager installs. Packages of the repository itself, of a workspace or by a path, are the other side's own.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { packageManagerIn, type PackageManager } from "../../project/packageManager";
import { runProgram } from "./runProgram";

/** Two trees of one repository: this one, and the one of the other side. */
export interface Trees {
    readonly here: string;
    readonly there: string;
}

const MODULES = "node_modules";

/**
 * Gives the other tree the modules that a project in it needs.
 *
 * @param projectDir The project's folder in the other tree.
 * @throws Error with what the package manager said.
 */
export function giveModules(projectDir: string, trees: Trees): void {
    const folders = foldersUp(projectDir, trees.there);
    const locked = folders.filter((folder) => packageManagerIn(folder) !== undefined);
    // Without any lock file what is asked for is all there is to go by.
    const asking = folders.filter((folder) => existsSync(join(folder, "package.json"))).slice(0, 1);
    for (const folder of locked.length === 0 ? asking : locked) {
        if (existsSync(join(folder, MODULES))) {
            continue;
        }
        const manager = packageManagerIn(folder);
        const own = counterpart(folder, trees.there, trees.here);
        if (existsSync(join(own, MODULES)) && isSame(manager?.lock ?? "package.json", own, folder)) {
            // A workspace has modules beside its packages, too.
            foldersUp(projectDir, folder).forEach((each) => {
                linkModules(each, trees);
            });
        } else {
            install(folder, manager);
        }
    }
}

/** The folders from one up to another that it is in. */
function foldersUp(from: string, to: string): string[] {
    const above = dirname(from);
    return from === to || above === from ? [from] : [from, ...foldersUp(above, to)];
}

function counterpart(folder: string, from: string, to: string): string {
    return join(to, relative(from, folder));
}

function isSame(file: string, one: string, other: string): boolean {
    const place = join(one, file);
    return existsSync(place) && readFileSync(place).equals(readFileSync(join(other, file)));
}

/** Links the modules of a folder of the other tree to those of the same folder here. */
function linkModules(folder: string, trees: Trees): void {
    const own = join(counterpart(folder, trees.there, trees.here), MODULES);
    const target = join(folder, MODULES);
    if (!existsSync(own) || existsSync(target) || !existsSync(folder)) {
        return;
    }
    const modules = modulesIn(own).map((name) => ({ name, place: realpathSync(join(own, name)) }));
    const isLocal = ({ place }: { readonly place: string }): boolean =>
        place.startsWith(trees.here + sep) && !place.split(sep).includes(MODULES);
    if (!modules.some(isLocal)) {
        symlinkSync(realpathSync(own), target, "dir");
        return;
    }
    for (const module of modules) {
        const local = isLocal(module);
        const place = local ? counterpart(module.place, trees.here, trees.there) : module.place;
        const link = join(target, module.name);
        mkdirSync(dirname(link), { recursive: true });
        symlinkSync(place, link);
        if (local) {
            // It finds what it needs itself as it does here.
            foldersUp(place, trees.there).forEach((each) => {
                linkModules(each, trees);
            });
        }
    }
}

/** The names of what is installed, those in scopes with theirs; links that lead nowhere are left out. */
function modulesIn(folder: string): string[] {
    return readdirSync(folder)
        .flatMap((name) =>
            name.startsWith("@") ? readdirSync(join(folder, name)).map((each) => `${name}/${each}`) : [name],
        )
        .filter((name) => existsSync(join(folder, name)));
}

/** Installs what the lock file says. Scripts of packages that nobody has looked at are not run for a comparison. */
function install(folder: string, manager: PackageManager | undefined): void {
    switch (manager?.name) {
        case "pnpm":
            runProgram(
                "pnpm",
                ["install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline"],
                folder,
            );
            break;
        case "yarn":
            runProgram("yarn", yarnArguments(folder), folder);
            break;
        case "bun":
            runProgram("bun", ["install", "--frozen-lockfile", "--ignore-scripts"], folder);
            break;
        case "npm":
            runProgram("npm", ["ci", ...NPM], folder);
            break;
        case undefined:
            runProgram("npm", ["install", "--no-package-lock", ...NPM], folder);
    }
}

const NPM = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"] as const;

/** Yarn has other flags since its second version, whose lock file says which version of the file it is. */
function yarnArguments(folder: string): readonly string[] {
    return /^__metadata:/m.test(readFileSync(join(folder, "yarn.lock"), "utf8"))
        ? ["install", "--immutable", "--mode=skip-build"]
        : ["install", "--frozen-lockfile", "--ignore-scripts", "--prefer-offline", "--non-interactive"];
}
