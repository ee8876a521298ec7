import * as fs from "node:fs";
import * as path from "node:path";
import { type Rule, type StacksRule } from "./rule";

/**
 * Loads the rules of a pack: each file of the folder exports one as `rule`, named as the file.
 *
 * @throws Error when a file exports no rule, or one with another name.
 */
export function loadRules(folder: string): readonly Rule[] {
    return load(folder) as readonly Rule[];
}

/** Loads rules about several stacks in the same way. */
export function loadStacksRules(folder: string): readonly StacksRule[] {
    return load(folder) as readonly StacksRule[];
}

function load(folder: string): readonly (Rule | StacksRule)[] {
    const files = fs
        .readdirSync(folder)
        .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith(".d.ts"))
        .sort();
    return files.map((file) => {
        const id = file.replace(/\.[jt]s$/, "");
        // The folder is the list of rules, so that a rule is added by adding its file.
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        const { rule } = require(path.join(folder, file)) as { rule?: Rule | StacksRule };
        if (rule?.id !== id) {
            throw new Error(
                `${file} must export the rule "${id}", and exports ${rule === undefined ? "none" : `"${rule.id}"`}`,
            );
        }
        return rule;
    });
}
