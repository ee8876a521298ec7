import { readdirSync } from "node:fs";
import { resolve } from "node:path";

import { usesSdkOfRuntime } from "../../../components/operations/lambdaCode";

/** The systems' functions, whose bundles bring the SDK along: not those that components have for themselves. */
export function functionNames(): string[] {
    return readdirSync(resolve(__dirname, "../../../functions"), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== "shared" && !usesSdkOfRuntime(entry.name))
        .map(({ name }) => name)
        .sort();
}
