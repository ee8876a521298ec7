/**
 * Modules that the npm package brings along, in the versions that its policies are tested with: who previews a project
 * has another SDK, or none. In a checkout there are none, and everything is found where npm installed it.
 */
import { existsSync, readFileSync } from "node:fs";
import Module from "node:module";
import { join, sep } from "node:path";

/** The folder in which the preview's own modules lie. */
export const ROOT = join(__dirname, "../..");
const VENDORED = join(ROOT, "vendor");

type Resolve = (
    this: unknown,
    request: string,
    parent: NodeJS.Module | undefined,
    ...rest: unknown[]
) => string;

/** Finds a module that one of the preview's own asks for. Nothing: where Node finds it. */
export type Find = (request: string, asker: string) => string | undefined;

/** The module that the package brings along under a name. */
export function vendored(): (request: string) => string | undefined {
    const list = join(VENDORED, "index.json");
    const files = existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as Record<string, string>) : {};
    return (request) => {
        const file = files[request];
        return file === undefined ? undefined : join(VENDORED, file);
    };
}

/** Has Node find what the preview's own modules ask for in another place. */
export function findElsewhere(find: Find): void {
    const internals = Module as unknown as { _resolveFilename: Resolve };
    const resolve = internals._resolveFilename;
    let finding = false;
    internals._resolveFilename = function (request, parent, ...rest) {
        const asker = parent?.filename ?? "";
        const isOwn = asker.startsWith(ROOT + sep) && !asker.startsWith(VENDORED + sep);
        // To find may take asking for the same in the name of a file that lies here, too.
        if (!isOwn || finding) {
            return resolve.call(this, request, parent, ...rest);
        }
        finding = true;
        try {
            return find(request, asker) ?? resolve.call(this, request, parent, ...rest);
        } finally {
            finding = false;
        }
    };
}
