/** Loads a Pulumi program's own modules afresh for each stack, as each stack's own process would. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { dirname, extname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";

const load = createRequire(__filename);
const PACKAGES = `${sep}node_modules${sep}`;

/** Modules that each program loaded, and nobody before it. */
const modulesOf = new Map<string, Set<string>>();
/** How often an ES module has been a program. */
let imports = 0;

/** A program on disk. */
export class ProgramModules {
    readonly #own: Set<string>;
    readonly #file: string;

    constructor(file: string) {
        this.#file = file;
        this.#own = modulesOf.get(file) ?? new Set();
        modulesOf.set(file, this.#own);
    }

    /**
     * Evaluates the program, and calls it when it exports a function.
     *
     * @returns The stack's outputs.
     */
    run(): unknown {
        return this.#evaluated(() => (isEsModule(this.#file) ? importAfresh(this.#file) : this.#required()));
    }

    #required(): unknown {
        return calledIfFunction(load(this.#file));
    }

    #evaluated(evaluate: () => unknown): unknown {
        for (const path of this.#own) {
            Reflect.deleteProperty(load.cache, path);
        }
        const before = new Set(Object.keys(load.cache));
        const note = (): void => {
            // Packages stay loaded: the SDK's state is in one of them, and they are most of the time that it takes.
            for (const path of Object.keys(load.cache)) {
                if (!before.has(path) && !path.includes(PACKAGES)) {
                    this.#own.add(path);
                }
            }
        };
        let result: unknown;
        try {
            result = evaluate();
        } finally {
            note();
        }
        return result instanceof Promise ? result.finally(note) : result;
    }
}

function calledIfFunction(exported: unknown): unknown {
    return typeof exported === "function" ? (exported as () => unknown)() : exported;
}

/** Whether Node takes a file for an ES module: by its ending, else by the package that it is in. */
function isEsModule(file: string): boolean {
    const extension = extname(file);
    if (extension.startsWith(".m") || extension.startsWith(".c")) {
        return extension.startsWith(".m");
    }
    for (let folder = dirname(file); ; folder = dirname(folder)) {
        const manifest = join(folder, "package.json");
        if (existsSync(manifest)) {
            return (JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown }).type === "module";
        }
        if (folder === dirname(folder)) {
            return false;
        }
    }
}

/** What an ES module exports. Nobody can make Node forget one, so from the second time on it goes by another name. */
async function importAfresh(file: string): Promise<unknown> {
    const { href } = pathToFileURL(file);
    imports += 1;
    if (imports === 2) {
        register(`data:text/javascript,${encodeURIComponent(HANDS_ON_NAME)}`, pathToFileURL(__filename));
    }
    const exported = (await import(imports === 1 ? href : `${href}?${QUERY}=${imports}`)) as Readonly<
        Record<string, unknown>
    >;
    if (!Object.hasOwn(exported, "default")) {
        return { ...exported };
    }
    if (Object.keys(exported).length > 1) {
        throw new Error(
            "expected entrypoint module to have either a default export or named exports but not both",
        );
    }
    return calledIfFunction(exported["default"]);
}

const QUERY = "preview";

/** Node's hook that gives modules which one of another name imports that name, too; packages keep theirs. */
const HANDS_ON_NAME = `export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    const name = /[?&](${QUERY}=\\d+)/.exec(context.parentURL ?? "")?.[1];
    const own = found.url.startsWith("file:") && !found.url.includes("/node_modules/");
    return name === undefined || !own || found.url.includes(name)
        ? found
        : { ...found, url: found.url + (found.url.includes("?") ? "&" : "?") + name };
}`;
