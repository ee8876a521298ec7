/** Loads a Pulumi program's own modules afresh for each stack, as each stack's own process would. */
import { createRequire } from "node:module";
import { sep } from "node:path";

const load = createRequire(__filename);
const PACKAGES = `${sep}node_modules${sep}`;

/** Modules that each program loaded, and nobody before it. */
const modulesOf = new Map<string, Set<string>>();

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
        for (const path of this.#own) {
            Reflect.deleteProperty(load.cache, path);
        }
        const before = new Set(Object.keys(load.cache));
        try {
            const exported: unknown = load(this.#file);
            return typeof exported === "function" ? (exported as () => unknown)() : exported;
        } finally {
            // Packages stay loaded: the SDK's state is in one of them, and they are most of the time that it takes.
            for (const path of Object.keys(load.cache)) {
                if (!before.has(path) && !path.includes(PACKAGES)) {
                    this.#own.add(path);
                }
            }
        }
    }
}
