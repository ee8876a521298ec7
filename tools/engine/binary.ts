/** Pulumi's engine for the tests: the one on the PATH, or one that Go builds from the modules of Go. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const MODULE = join(root, "test/engine");

interface Command {
    readonly name: string;
    /** The folder of the module that it is built from. */
    readonly module: string;
    readonly command: string;
}

const PULUMI: Command = {
    name: "pulumi",
    module: MODULE,
    command: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
};

/**
 * The language host of programs in YAML, which the engine finds beside itself. A module of its own, because it is made
 * from an older release of Pulumi's packages, and so takes as long to build as the engine.
 */
const YAML_HOST: Command = {
    name: "pulumi-language-yaml",
    module: join(MODULE, "yaml"),
    command: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
};

/** Where an engine is. */
export interface Engine {
    /** Whole, such as `v3.276.0`. */
    readonly version: string;
    /** The folder with `bin/pulumi` in it; undefined for the one on the PATH. */
    readonly folder?: string;
}

/** Neither an engine nor what makes one is there. */
export class NoEngineError extends Error {
    constructor() {
        super(
            "There is no Pulumi engine: install Pulumi (https://www.pulumi.com/docs/install/), or Go 1.26 or later, with which one is built.",
        );
        this.name = "NoEngineError";
    }
}

/** The version that is built, as test/engine/go.mod pins it. */
export function pinnedVersion(): string {
    const found = /github\.com\/pulumi\/pulumi\/pkg\/v3 (v\S+)/.exec(
        readFileSync(join(MODULE, "go.mod"), "utf8"),
    );
    if (found?.[1] === undefined) {
        throw new Error("test/engine/go.mod requires no github.com/pulumi/pulumi/pkg/v3");
    }
    return found[1];
}

/**
 * Finds an engine, or builds one: minutes of processor time the first time, and nothing once it is built.
 *
 * @throws NoEngineError where there is neither Pulumi nor Go.
 */
export function findEngine(
    log: (line: string) => void,
    { yaml }: { /** Whether programs in YAML are to run on it. */ readonly yaml: boolean },
): Engine {
    const own = spawnSync("pulumi", ["version"], { encoding: "utf8" });
    if (own.status === 0) {
        return { version: own.stdout.trim() };
    }
    const version = pinnedVersion();
    const folder = join(root, ".cache", `engine-${version}`);
    const commands = yaml ? [PULUMI, YAML_HOST] : [PULUMI];
    const missing = commands.filter(({ name }) => !existsSync(join(folder, "bin", name)));
    if (missing.length > 0 && spawnSync("go", ["version"]).status !== 0) {
        throw new NoEngineError();
    }
    mkdirSync(join(folder, "bin"), { recursive: true });
    for (const { name, module, command } of missing) {
        log(`Building ${name} for Pulumi ${version} into ${folder}`);
        const binary = join(folder, "bin", name);
        // The Automation API refuses an engine that does not know its version.
        const flags = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
        execFileSync("go", ["build", "-ldflags", flags, "-o", `${binary}.new`, command], {
            cwd: module,
            stdio: ["ignore", "inherit", "inherit"],
        });
        // An interrupted build leaves nothing that looks like an engine.
        renameSync(`${binary}.new`, binary);
    }
    return { version, folder };
}
