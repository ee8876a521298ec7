/** Has the preview work with the Pulumi SDK, and the compiler, of the project that it previews. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { packageManagerOf } from "../project/packageManager";
import { type Project, ProjectError } from "../project/project";
import { findElsewhere, ROOT, vendored } from "./vendored";
import { isBefore } from "./versions";

/** Where modules lie that use an SDK of their own. */
const POLICIES = [join(ROOT, "policies") + sep, join(ROOT, "tools", "preview", "policies") + sep];

/** The oldest SDK that the preview speaks with, and the oldest of which it can replace parts. */
const OLDEST = [3, 100] as const;
const OLDEST_REPLACED = [3, 142] as const;

interface Sdk {
    readonly directory: string;
    readonly version: string;
}

/**
 * Finds the project's SDK.
 *
 * @throws ProjectError with the way out where it is not installed, or is too old.
 */
export function findSdk(project: Project): Sdk {
    const from = createRequire(join(project.workingDirectory, "index.js"));
    let manifest: string;
    try {
        manifest = from.resolve("@pulumi/pulumi/package.json");
    } catch {
        throw new ProjectError(missing(project));
    }
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    if (isBefore(version, OLDEST)) {
        throw new ProjectError(
            `the project has @pulumi/pulumi ${version}, and the offline preview speaks with ${OLDEST.join(".")} and newer: npm install @pulumi/pulumi@3`,
        );
    }
    return { directory: dirname(manifest), version };
}

function missing({ workingDirectory, runtime }: Project): string {
    if (existsSync(join(workingDirectory, ".pnp.cjs"))) {
        return "the project's modules are in Yarn's Plug'n'Play archive, which the offline preview does not read: set `nodeLinker: node-modules` in .yarnrc.yml and run `yarn install`";
    }
    const manager = runtime.packageManager ?? packageManagerOf(workingDirectory)?.name ?? "npm";
    return `@pulumi/pulumi is not installed in ${workingDirectory}: run \`${manager} install\` there first`;
}

/** Whether an SDK has none of what the preview replaces in a newer one. */
export function isOld({ version }: Sdk): boolean {
    return isBefore(version, OLDEST_REPLACED);
}

/**
 * Lets the preview's own modules find Pulumi's packages where the program finds them: there must be one SDK, since what
 * is registered is kept in it.
 */
export function shareModules({ workingDirectory }: Project, { directory }: Sdk): void {
    const fromProject = createRequire(join(workingDirectory, "index.js"));
    const fromSdk = createRequire(join(directory, "index.js"));
    const brought = vendored();
    findElsewhere((request, asker) => {
        const isPolicy = POLICIES.some((folder) => asker.startsWith(folder));
        if (isPolicy || !isOfProject(request)) {
            return brought(request);
        }
        return (request.startsWith("@pulumi/") ? fromProject : fromSdk).resolve(request);
    });
}

/** Whether a module is one of Pulumi's, or one that Pulumi's SDK brings. */
function isOfProject(request: string): boolean {
    return request.startsWith("@pulumi/") || request.startsWith("google-protobuf");
}

interface Compilers {
    typeScriptRequireStrings?: () => { readonly typescriptRequire: string; readonly tsnodeRequire: string };
    loadTypeScriptCompilerOptions: (file: string) => Readonly<Record<string, unknown>>;
}

/**
 * Has Node read TypeScript as Pulumi has it: by the project's ts-node or else by the one in the SDK. Types are not
 * checked, which takes longer than all the rest, unless PULUMI_NODEJS_TRANSPILE_ONLY says "false".
 */
export function readTypeScript({ runtime, workingDirectory }: Project, { directory }: Sdk): void {
    if (!runtime.typescript) {
        return;
    }
    const fromSdk = createRequire(join(directory, "index.js"));
    const compilers = fromSdk("./tsutils") as Compilers;
    // Older SDKs have one of each, and no choice.
    const { typescriptRequire, tsnodeRequire } = compilers.typeScriptRequireStrings?.() ?? {
        typescriptRequire: "typescript",
        tsnodeRequire: "ts-node",
    };
    const file = process.env["PULUMI_NODEJS_TSCONFIG_PATH"] ?? join(workingDirectory, "tsconfig.json");
    const { version } = fromSdk(typescriptRequire) as { version: string };
    const newer = !isBefore(version, [4, 7]);
    const automatic = esmHooks(workingDirectory, directory, newer);
    const options = {
        compiler: fromSdk.resolve(typescriptRequire),
        transpileOnly: process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] !== "false",
        project: file,
        skipProject: !existsSync(file),
        compilerOptions: {
            target: automatic === undefined ? "es2020" : "es2022",
            module: newer ? "nodenext" : "commonjs",
            moduleResolution: newer ? "nodenext" : "node",
            sourceMap: "true",
            ...compilers.loadTypeScriptCompilerOptions(file),
        },
    };
    if (automatic === undefined) {
        (fromSdk(tsnodeRequire) as { register: (options: object) => void }).register(options);
    } else {
        register(automatic, pathToFileURL(__filename), { data: options });
    }
}

/** The SDK's hooks for ES modules in TypeScript, where it would use them; it leaves other loaders alone. */
function esmHooks(folder: string, sdk: string, newer: boolean): string | undefined {
    const manifest = join(folder, "package.json");
    const hooks = join(sdk, "cmd", "run", "hooks.js");
    const { type } = existsSync(manifest)
        ? (JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown })
        : {};
    const hasLoaders = process.execArgv.some((argument) => /^--(?:loader|import|require)\b/.test(argument));
    if (type !== "module" || !newer || hasLoaders || !existsSync(hooks)) {
        return undefined;
    }
    try {
        createRequire(hooks).resolve("ts-node/esm");
        return pathToFileURL(hooks).href;
    } catch {
        return undefined;
    }
}
