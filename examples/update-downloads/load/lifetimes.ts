/** The lifetimes that a stack of this system has: what its file says, or else what Pulumi.yaml does. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as yaml from "yaml";

import { type Lifetimes } from "../contents";

const FOLDER = path.join(__dirname, "..");

/** What is read of Pulumi.yaml and of a stack's file. */
interface Configuration {
    readonly name?: string;
    readonly config?: Readonly<Record<string, unknown>>;
}

function read(file: string): Configuration {
    return yaml.parse(readFileSync(path.join(FOLDER, file), "utf8")) as Configuration;
}

export function lifetimesOf(stack: string): Lifetimes {
    const { name = "", config: keys = {} } = read("Pulumi.yaml");
    const { config = {} } = read(`Pulumi.${stack}.yaml`);
    const seconds = (key: keyof Lifetimes): number =>
        Number(config[`${name}:${key}`] ?? (keys[key] as { default?: unknown } | undefined)?.default);
    return {
        manifestSeconds: seconds("manifestSeconds"),
        latestSeconds: seconds("latestSeconds"),
        versionSeconds: seconds("versionSeconds"),
    };
}
