/** Which policy packs a preview runs, and with which configuration. Loads nothing, so that packs can start at once. */
import * as fs from "node:fs";
import * as path from "node:path";

/** What was asked for on the command line. */
export interface PolicyRequest {
    /** Folders of packs. Empty: the project's own packs, each with the profile of the stack's environment. */
    readonly packs: readonly string[];
    /** Configuration files, in the order of the packs. */
    readonly configs: readonly string[];
}

/** A pack to run. */
export interface ChosenPack {
    readonly dir: string;
    /** The configuration file for a stack. */
    readonly configFor: (stack: string) => string | undefined;
}

/** The packs to run, those that an engine can run apart from the rules about several stacks. */
export interface PolicyChoice {
    readonly packs: readonly ChosenPack[];
    /** The rules about several stacks, which run in the preview itself. */
    readonly crossStack: ChosenPack | undefined;
}

const POLICIES = path.resolve(__dirname, "../../../policies");

/** The folder of the rules about several stacks. */
export const CROSS_STACK_DIR = path.join(POLICIES, "cross-stack");

/** The project's packs, in the order in which they are shown. */
export const OWN_PACKS: readonly string[] = [
    "security-baseline",
    "resilience",
    "residency-and-cost",
    "deployability",
].map((name) => path.join(POLICIES, name));

/** Decides what runs. */
export function choosePolicies({ packs, configs }: PolicyRequest): PolicyChoice {
    if (packs.length === 0) {
        return {
            packs: OWN_PACKS.map(withProfile),
            crossStack: withProfile(CROSS_STACK_DIR),
        };
    }
    const chosen = packs.map((pack, index) => ({ dir: path.resolve(pack), configFor: () => configs[index] }));
    return {
        packs: chosen.filter(({ dir }) => dir !== CROSS_STACK_DIR),
        crossStack: chosen.find(({ dir }) => dir === CROSS_STACK_DIR),
    };
}

function withProfile(dir: string): ChosenPack {
    return { dir, configFor: (stack) => profileOf(dir, stack) };
}

/** The profile that is the strictest, and holds for every environment without one of its own. */
const STRICTEST = "prod";

/** The configuration file of a pack for a stack: the one named as the environment that begins the stack's name. */
export function profileOf(dir: string, stack: string): string {
    const environment = /^(.+)-[^-]+$/.exec(stack)?.[1] ?? stack;
    const own = path.join(dir, "profiles", `${environment}.json`);
    return fs.existsSync(own) ? own : path.join(dir, "profiles", `${STRICTEST}.json`);
}

/** The configuration file for several stacks together: their own where they agree, else the strictest. */
export function sharedConfig({ configFor, dir }: ChosenPack, stacks: readonly string[]): string | undefined {
    const files = new Set(stacks.map(configFor));
    const [only] = files;
    return files.size === 1 ? only : path.join(dir, "profiles", `${STRICTEST}.json`);
}
