/** How much longer the command takes with the policy packs than without. */
import { spawnSync } from "node:child_process";
import { type PreviewDocument } from "../preview/types";
import { middle, seconds } from "./report";
import { ROOT } from "./root";

/** What was measured, in milliseconds. */
export interface PolicyCost {
    readonly packs: number;
    readonly rules: number;
    readonly without: number;
    readonly with: number;
}

function command(flags: readonly string[], args: readonly string[]): { elapsed: number; stdout: string } {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [...flags, "tools/preview/index.ts", ...args],
        {
            cwd: ROOT,
            encoding: "utf8",
            maxBuffer: 256 * 1024 * 1024,
        },
    );
    if (status !== 0) {
        throw new Error(`the preview ended with status ${status ?? "unknown"}: ${stderr}`);
    }
    return { elapsed: performance.now() - start, stdout };
}

/**
 * Runs the command with and without policies in turns, so that both meet the same machine.
 *
 * @param flags As `npm run preview` starts Node.
 */
export function measurePolicies(flags: readonly string[], repetitions: number): PolicyCost {
    // The first run also makes the bundles from which packs start.
    const { policyPacks = [] } = JSON.parse(command(flags, ["--json"]).stdout) as PreviewDocument;
    const without: number[] = [];
    const withPolicies: number[] = [];
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
        without.push(command(flags, ["--no-policies"]).elapsed);
        withPolicies.push(command(flags, []).elapsed);
    }
    return {
        packs: policyPacks.length,
        rules: policyPacks.reduce((sum, { rules }) => sum + rules, 0),
        without: middle(without),
        with: middle(withPolicies),
    };
}

/** The measurement as a line. */
export function policyLine({ packs, rules, without, with: withPolicies }: PolicyCost): string {
    return `${rules} policies in ${packs} packs: npm run preview takes ${seconds(withPolicies)} with them and ${seconds(without)} without, ${seconds(withPolicies - without)} more.\n`;
}
