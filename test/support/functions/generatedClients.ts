/** The clients for JavaScript that `npm run clients` makes, as a program would use them. */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { buildSync } from "esbuild";

import { type GeneratedClient, generateClients } from "../../../tools/clients/generator";

/** What a generated client is to a test: classes of APIs with a method for each operation. */
export type Client = Record<string, (parameters?: object) => Promise<Record<string, unknown>>>;

interface Module {
    Configuration: new (parameters: { basePath: string; accessToken: string }) => object;
    [name: string]: unknown;
}

const FOLDER = resolve(__dirname, "../../../.cache/clients-of-tests");

/** Makes the clients, and loads each. By the document's name. */
export function generatedModules(): Map<string, Module> {
    const clients = generateClients(["javascript"], FOLDER, () => undefined);
    return new Map(clients.map((client) => [client.document.name, loaded(client)]));
}

function loaded({ folder }: GeneratedClient): Module {
    const outfile = join(folder, "client.cjs");
    buildSync({
        entryPoints: [join(folder, "src/index.ts")],
        outfile,
        bundle: true,
        platform: "node",
        format: "cjs",
        logLevel: "silent",
    });
    return createRequire(__filename)(outfile) as Module;
}

/** A client of a module: the one class of an API that it has. */
export function clientOf(module: Module, basePath: string, accessToken: string): Client {
    const [api, ...others] = Object.entries(module).filter(([name]) => name.endsWith("Api"));
    if (api === undefined || others.length > 0) {
        throw new Error("the client is not of one API");
    }
    const Api = api[1] as new (configuration: object) => Client;
    return new Api(new module.Configuration({ basePath, accessToken }));
}
