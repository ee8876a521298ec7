/** Changes of configuration on the real engine, against what the documents say of them. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Stack } from "@pulumi/pulumi/automation";
import { CONFIG_CHANGES, type ConfigChange, type StackChange } from "../../../tools/docs/configChanges";
import { nameOf, typeOf } from "../../../tools/preview/urn";
import { type Outcome } from "./workspace";

/** Changes that are made together. */
export function changesOf(group: number): readonly ConfigChange[] {
    return CONFIG_CHANGES.filter((change) => change.group === group);
}

/** Sets the keys of changes in a stack's configuration. @returns What makes it what it was. */
export async function setAll(stack: Stack, changes: readonly ConfigChange[]): Promise<() => void> {
    const entries = changes
        .flatMap(({ after }) => Object.entries(after ?? {}))
        .map(([key, value]) => [`meridian:${key}`, value] as const);
    const isList = ([, value]: readonly [string, string]): boolean => value.startsWith("[");
    const single = entries.filter((entry) => !isList(entry)).map(([key, value]) => [key, { value }] as const);
    // A list is set element by element.
    const lists = entries
        .filter(isList)
        .flatMap(([key, value]) =>
            (JSON.parse(value) as string[]).map(
                (item, index) => [`${key}[${index}]`, { value: item }] as const,
            ),
        );
    const file = path.join(stack.workspace.workDir, `Pulumi.${path.basename(stack.name)}.yaml`);
    const before = fs.readFileSync(file);
    await stack.setAllConfig(Object.fromEntries(single));
    if (lists.length > 0) {
        await stack.setAllConfig(Object.fromEntries(lists), true);
    }
    return () => {
        fs.writeFileSync(file, before);
    };
}

const VERBS = ["replaces", "makes", "deletes"] as const;

/** What the documents say that changes do to a region's stack, a line for each resource that does not stay. */
export function documented(changes: readonly ConfigChange[]): readonly string[] {
    return [...new Set(changes.flatMap(({ region = {} }) => linesOf(region)))].sort();
}

function linesOf(change: StackChange): string[] {
    return VERBS.flatMap((verb) =>
        Object.entries(change[verb] ?? {}).flatMap(([type, names = []]) =>
            names.map((name) => `${verb} ${type} ${name}`),
        ),
    );
}

/** What the engine plans, in the same words. */
export function planned({ steps }: Outcome): readonly string[] {
    return [...steps]
        .flatMap(([urn, ops]) => {
            const verb = verbOf(ops);
            return verb === undefined ? [] : [`${verb} ${typeOf(urn)} ${nameOf(urn)}`];
        })
        .sort();
}

function verbOf(ops: readonly string[]): (typeof VERBS)[number] | undefined {
    if (ops.some((op) => op.includes("replace"))) {
        return "replaces";
    }
    return ops.includes("create") ? "makes" : ops.includes("delete") ? "deletes" : undefined;
}
