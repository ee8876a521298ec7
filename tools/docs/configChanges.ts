/**
 * What a change of each key of the configuration does to deployed stacks, as Pulumi's engine plans it. Specs of
 * test/engine try all of it.
 */
import table from "./configChanges.json";

/** Names of resources by their types. */
export type Resources = Readonly<Partial<Record<string, readonly string[]>>>;

/** What a change does to a stack beside what it updates in place. */
export interface StackChange {
    readonly replaces?: Resources;
    readonly makes?: Resources;
    readonly deletes?: Resources;
}

/** A change of configuration. */
export interface ConfigChange {
    /** The keys that it changes. */
    readonly keys: readonly string[];
    /** Which change it is, where another one would do something else. */
    readonly change?: string;
    /** Why nobody makes it; then the rest is left out. */
    readonly never?: string;
    readonly after?: Readonly<Record<string, string>>;
    /** Changes of one number do not touch what the others do, and can be made together. */
    readonly group?: number;
    /** What it does to a region's stack, here prod-us; of group 4, dev-us. */
    readonly region?: StackChange;
    /** What it does to the global stack. */
    readonly global?: StackChange;
}

// Literals of JSON have all the keys of all rows.
export const CONFIG_CHANGES = table as readonly ConfigChange[];

const INTRODUCTION = `## What a change does

To stacks that are deployed, as Pulumi's engine plans it; \`npm run test:engine\` tries the changes. What is not named is
updated in place. Where databases, balancers and buckets are protected, a plan that replaces or deletes one of them
fails at its preview, before it changes anything.

`;

/** The changes for readers, a line each. */
export function changesSection(): string {
    return `${INTRODUCTION}${CONFIG_CHANGES.map(line).join("\n")}\n`;
}

function line({ keys, change, never, region, global }: ConfigChange): string {
    const named = keys.map((key) => `\`${key}\``).join(", ");
    const title = change === undefined ? named : `${named} (${change})`;
    if (never !== undefined) {
        return `- ${title}: ${never}`;
    }
    const parts = [said(region), said(global, " in the global stack")].filter((part) => part !== "");
    return `- ${title}: ${parts.length === 0 ? "updates in place" : parts.join("; ")}.`;
}

/** Such as `replaces HealthCheck × 2 in the global stack`. */
function said({ replaces, makes, deletes }: StackChange = {}, where = ""): string {
    const parts = Object.entries({ replaces, makes, deletes })
        .filter(([, resources]) => resources !== undefined)
        .map(([verb, resources]) => `${verb} ${counted(resources)}`);
    return parts.length === 0 ? "" : `${parts.join(", and ")}${where}`;
}

function counted(resources: Resources = {}): string {
    return Object.entries(resources)
        .map(([type, names = []]) => {
            const short = type.slice(type.lastIndexOf(":") + 1);
            return names.length === 1 ? short : `${short} × ${names.length}`;
        })
        .join(", ");
}
