/** Holds what packs say under the real engine against what the offline preview says of the same stack. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { FIX_SEPARATOR, undecidedParts } from "../../../../policies/framework/messages";
import { OWN_PACKS } from "../../../../tools/preview/policies/choice";
import { type PolicyFinding } from "../../../../tools/preview/policies/findings";
import { type EngineViolation, type Outcome } from "../workspace";
import { type Breakage } from "./breakage";
import { type OfflineVerdicts } from "./offlineVerdicts";

/** A broken stack, with what the offline preview says of it. */
export interface JudgedOffline {
    readonly breakage: Breakage;
    readonly verdicts: OfflineVerdicts;
    /** Arguments of the Automation API: the packs as the offline preview had them. */
    readonly packs: { readonly policyPacks: string[]; readonly policyPackConfigs: string[] };
}

/** Breaks a stack, and has it judged offline. @param folder Where files go that the engine reads. */
export function judgeOffline(stack: string, folder: string): JudgedOffline {
    const { status, stderr } = spawnSync(
        process.execPath,
        ["--import=tsx", "--stack-trace-limit=2", path.join(__dirname, "offlineVerdicts.ts"), stack, folder],
        { encoding: "utf8" },
    );
    if (status !== 0) {
        throw new Error(`the offline preview ended with ${String(status)}: ${stderr}`);
    }
    const read = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, file), "utf8"));
    return {
        breakage: read("breakage.json") as Breakage,
        verdicts: read("verdicts.json") as OfflineVerdicts,
        packs: {
            policyPacks: [...OWN_PACKS],
            policyPackConfigs: OWN_PACKS.map((pack) => path.join(folder, `${path.basename(pack)}.json`)),
        },
    };
}

/** A line for each thing that was said: what it is, who said it of what, how strictly, and in which words. */
export type Verdicts = readonly string[];

/** What the packs say under the engine. */
export function engineVerdicts({ violations, undecided }: Outcome): Verdicts {
    return [
        ...violations.map((said) =>
            line("violation", said.pack, said.policy, said.urn, said.level, said.message.trim()),
        ),
        ...undecided.flatMap((said) => undecidedLines(said)),
    ].sort();
}

/** The SDK's words before the reasons, and each reason by its resource. */
function undecidedLines({ pack, policy, urn, message }: EngineViolation): string[] {
    const at = message.indexOf("can't run policy");
    const parts = undecidedParts(message.slice(at).trim()) ?? [];
    return parts.map((part) => line("undecided", pack, policy, part.urn ?? urn, "", part.reason));
}

/** What the offline preview says; of the stack as a whole where it names no resource. */
export function offlineVerdicts(findings: readonly PolicyFinding[], stackUrn: string): Verdicts {
    return findings
        .map(({ status, pack, rule, urn = stackUrn, level, description, message, fix }) =>
            status === "undecided"
                ? line(status, pack, rule, urn, "", message)
                : line(status, pack, rule, urn, level, `${description}\n${message}${fixed(fix)}`),
        )
        .sort();
}

/** Which rules of which packs are undecided about which resources. */
export function undecidedPlaces(verdicts: Verdicts): readonly string[] {
    return verdicts.filter((said) => said.startsWith("undecided")).map(placeOf);
}

/** What is said elsewhere. */
export function except(verdicts: Verdicts, places: readonly string[]): Verdicts {
    return verdicts.filter((said) => !places.includes(placeOf(said)));
}

function placeOf(said: string): string {
    return said.split(SEPARATOR).slice(1, 4).join(SEPARATOR);
}

const SEPARATOR = " | ";

function fixed(fix: string | undefined): string {
    return fix === undefined ? "" : `${FIX_SEPARATOR}${fix}`;
}

function line(...parts: readonly string[]): string {
    return parts.join(SEPARATOR);
}

/** What only one of the two says, a line each, however often. */
export function verdictDifferences(engine: Verdicts, offline: Verdicts): readonly string[] {
    const count = new Map<string, number>();
    for (const said of engine) {
        count.set(said, (count.get(said) ?? 0) + 1);
    }
    for (const said of offline) {
        count.set(said, (count.get(said) ?? 0) - 1);
    }
    return [...count].flatMap(([said, more]) =>
        more === 0 ? [] : [`only ${more > 0 ? "the engine" : "the offline preview"} says: ${said}`],
    );
}
