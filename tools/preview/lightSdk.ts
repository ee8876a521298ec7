/**
 * Keeps Pulumi's SDK from loading at once what it needs only to serialise JavaScript functions: a compiler and a
 * package manager, two thirds of the time that it takes to load. Either is loaded when something of it is used.
 * Import this before anything that imports the SDK; after it, it does nothing.
 */
import { createRequire } from "node:module";
import { isTaken } from "./shortcuts";

const load = createRequire(__filename);
const sdk = load.resolve("@pulumi/pulumi");

/** As the SDK's own files find them. */
const SELDOM_USED = ["@pulumi/pulumi/typescript-shim", "@npmcli/arborist", "normalize-package-data"];

/** Stands in for a module until it is used. */
function lazily(path: string): object {
    let loaded: object | undefined;
    const real = (): object => {
        if (loaded === undefined) {
            Reflect.deleteProperty(load.cache, path);
            loaded = load(path) as object;
        }
        return loaded;
    };
    // A function, since a module may export one, or a class.
    const standIn: object = new Proxy(function standIn() {}, {
        get(_target, property) {
            // Importing asks this of a module, and takes its members one by one if it is not what it says.
            if (property === "__esModule") {
                return true;
            }
            const value: unknown = Reflect.get(real(), property);
            return property === "default" && value === undefined ? standIn : value;
        },
        has: (_target, property) => Reflect.has(real(), property),
        apply: (_target, self, args) => Reflect.apply(real() as () => unknown, self, args) as unknown,
        construct: (_target, args) => Reflect.construct(real() as new () => object, args) as object,
    });
    return standIn;
}

if (isTaken("loading") && load.cache[sdk] === undefined) {
    const loadOfSdk = createRequire(sdk);
    for (const name of SELDOM_USED) {
        const path = resolved(loadOfSdk, name);
        if (path === undefined) {
            continue;
        }
        // The loader only asks a module for its exports and for whether it is loaded.
        load.cache[path] ??= {
            id: path,
            filename: path,
            loaded: true,
            exports: lazily(path),
        } as NodeJS.Module;
    }
}

/** Where a module is; nothing for one that another version of the SDK has. */
function resolved(from: NodeJS.Require, name: string): string | undefined {
    try {
        return from.resolve(name);
    } catch {
        return undefined;
    }
}
