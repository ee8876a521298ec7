/** Judges mutants: see `mutation.ts` for what is shown about each. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type AnalyzedResource } from "../../../tools/preview/policies/resources";
import { type Properties } from "../../../tools/preview/types";
import { type StackCopy } from "./mutableStack";
import { type Accepted, type Mutant } from "./mutation";
import { type Finding, type PackRunner, type PackUnderTest } from "./packs";
import { copyOf } from "./ownStacks";
import { blurred, copy, restored, SHAPES, type Versions } from "../../policies/versions";

const POLICY_TESTS = path.join(__dirname, "..", "..", "policies");

/** The mutation tests of a pack. */
export interface Specs {
    readonly mutants: readonly Mutant[];
    readonly accepted: readonly Accepted[];
}

/** Loads the mutation tests of a pack. */
export function loadSpecs(pack: string): Specs {
    const specs = specFiles(pack).map((file) => {
        // The folder is the list of files, so that tests are added by adding a file.
        // eslint-disable-next-line @typescript-eslint/no-require-imports
        const { mutants, accepted } = require(file) as Partial<Specs>;
        if (mutants === undefined && accepted === undefined) {
            throw new Error(`${file} must export mutants or accepted`);
        }
        return { mutants: mutants ?? [], accepted: accepted ?? [] };
    });
    return {
        mutants: specs.flatMap(({ mutants }) => mutants),
        accepted: specs.flatMap(({ accepted }) => accepted),
    };
}

function specFiles(pack: string): readonly string[] {
    const single = path.join(POLICY_TESTS, `${pack}.mutations.ts`);
    const folder = path.join(POLICY_TESTS, pack);
    const inFolder = fs.existsSync(folder)
        ? fs
              .readdirSync(folder)
              .filter((file) => file.endsWith(".mutations.ts"))
              .map((file) => path.join(folder, file))
        : [];
    return [...(fs.existsSync(single) ? [single] : []), ...inFolder.sort()];
}

/**
 * Judges one mutant.
 *
 * @returns What is wrong; empty for a mutant that is killed.
 */
export async function judge(pack: PackUnderTest, mutant: Mutant): Promise<string[]> {
    const wholePack = pack.runner(mutant.config === undefined ? {} : { [mutant.rule]: mutant.config });
    const base = await copyOf(mutant.stack ?? "prod-us", mutant.assumed);
    const unchanged = wholePack.stack(base);
    const before = new Violations(unchanged);
    for (const fixture of mutant.fixture ?? []) {
        base.add(fixture);
    }
    const problems: string[] = [];
    const fixtures = [...base.touched].map((urn) => base.get(urn)).filter(present);
    // Without a fixture the stack is still the one that was just judged.
    const compliant = new Violations(
        (mutant.fixture ?? []).length === 0 ? unchanged : wholePack.run(base, fixtures),
    );
    problems.push(
        ...compliant.except(before).map((found) => `before the change, the fixture breaks ${found}`),
    );

    const stack = copy(base);
    mutant.change(stack);
    if (stack.touched.size === 0) {
        return [...problems, "the change changes nothing"];
    }
    const touched = [...stack.touched];
    for (const urn of touched) {
        const original = base.get(urn);
        if (original !== undefined) {
            compliant.add(wholePack.resource(original, base));
        }
    }
    problems.push(
        ...compliant.of(mutant.rule).map(({ message }) => `before the change, it fires already: ${message}`),
    );
    const findings = wholePack.run(stack, affected(stack, touched));
    const after = new Violations(findings);
    const fresh = after.freshRules(compliant);
    const expected = new Set([mutant.rule, ...(mutant.alsoFires ?? [])]);
    for (const rule of expected) {
        if (!fresh.has(rule)) {
            const undecided = findings.find((found) => found.undecided && found.rule === rule);
            problems.push(
                `${rule} does not fire${undecided === undefined ? "" : `, since it is undecided: ${undecided.message}`}`,
            );
        }
    }
    for (const found of after.except(compliant)) {
        if (![...expected].some((rule) => found.startsWith(`${rule} `))) {
            problems.push(`this fires too, and alsoFires does not name it: ${found}`);
        }
    }
    const own = after.of(mutant.rule);
    if (mutant.message !== undefined && !own.some(({ message }) => says(message, mutant.message ?? ""))) {
        problems.push(
            `no message of it says ${String(mutant.message)}: ${own.map(({ message }) => JSON.stringify(message)).join(", ")}`,
        );
    }
    problems.push(...own.flatMap(({ message }) => badMessage(message)));
    const judged = new Set([...touched, ...own.map(({ urn }) => urn)]);
    problems.push(...judgeUnknown(pack, mutant, { base, stack, judged }));
    problems.push(...(await judgeRemediation(pack, mutant, { base, stack, judged })));
    return [...new Set(problems)];
}

/** Judges a change that a rule must accept. */
export async function judgeAccepted(pack: PackUnderTest, accepted: Accepted): Promise<string[]> {
    const runner = pack.ruleRunner(accepted.rule, accepted.config);
    const stack = await copyOf(accepted.stack ?? "prod-us", accepted.assumed);
    // What a preview leaves undecided about the stack as it is says nothing about the change.
    const before = new Set(runner.stack(stack).flatMap(({ message }) => undecidedLines(message)));
    for (const fixture of accepted.fixture ?? []) {
        stack.add(fixture);
    }
    accepted.change(stack);
    const findings = runner.run(stack, affected(stack, [...stack.touched]));
    return findings
        .filter(
            ({ undecided, message }) =>
                !undecided || undecidedLines(message).some((line) => !before.has(line)),
        )
        .map(({ urn, message }) => `it says about ${urn}: ${message}`);
}

/** The single reasons in the message of a rule that could not decide, without the SDK's words before the first. */
function undecidedLines(message: string): string[] {
    return message.replace(/^can't run policy .*? during preview: /, "").split("\n");
}

function judgeUnknown(pack: PackUnderTest, mutant: Mutant, versions: Versions): string[] {
    const problems: string[] = [];
    const advisory = pack.ruleRunner(mutant.rule, mutant.config);
    const strict = pack.ruleRunner(mutant.rule, { ...mutant.config, unknowns: "fail-closed" });
    for (const [shape, blur] of SHAPES) {
        if (mutant.decidedBy === "relations" || mutant.decidedBy === "structure") {
            const compliant = blurred(versions.base, versions.judged, blur, mutant.unknownsFrom);
            for (const { message } of all(advisory, compliant).filter(isViolation)) {
                problems.push(`with ${shape} unknown, it fires before the change: ${message}`);
            }
            const changed = blurred(versions.stack, versions.judged, blur, mutant.unknownsFrom);
            const findings = all(advisory, changed);
            if (mutant.decidedBy === "structure" ? findings.length === 0 : !findings.some(isViolation)) {
                problems.push(`with ${shape} unknown, it does not fire`);
            }
            continue;
        }
        const unknown = blurred(restored(versions), versions.judged, blur, mutant.unknownsFrom);
        if (all(advisory, unknown).length === 0) {
            problems.push(`with ${shape} unknown, it passes in silence`);
        }
        if (!all(strict, unknown).some(isViolation)) {
            problems.push(`with ${shape} unknown and unknowns: fail-closed, it does not fire`);
        }
    }
    return problems;
}

async function judgeRemediation(
    pack: PackUnderTest,
    mutant: Mutant,
    { base, stack, judged }: Versions,
): Promise<string[]> {
    const rule = pack.rules.find(({ id }) => id === mutant.rule);
    if (rule === undefined || !("remediate" in rule) || mutant.beyondRemedy !== undefined) {
        return [];
    }
    const problems: string[] = [];
    const runner = pack.ruleRunner(mutant.rule, mutant.config);
    const remediate = async (
        resource: AnalyzedResource,
        among: StackCopy,
    ): Promise<Properties | undefined> => {
        const inputs = await pack.remediate(mutant.rule, resource, among, mutant.config);
        const lost = inputs === undefined ? [] : leavesLost(resource.inputs, inputs);
        problems.push(...lost.map((leaf) => `the remediation loses ${leaf}: ${resource.urn}`));
        return inputs;
    };
    for (const urn of judged) {
        const original = base.get(urn);
        if (original !== undefined && (await remediate(original, base)) !== undefined) {
            problems.push(`the remediation changes what is fine: ${urn}`);
        }
        const broken = stack.get(urn);
        if (broken === undefined || runner.resource(broken, stack).length === 0) {
            continue;
        }
        const inputs = await remediate(broken, stack);
        if (inputs === undefined) {
            problems.push(`the remediation does nothing: ${urn}`);
        } else if (runner.resource({ ...broken, inputs }, stack).length > 0) {
            problems.push(`the remediation does not mend it: ${urn}`);
        }
        for (const [, blur] of SHAPES) {
            // Must neither crash nor lose anything.
            await remediate({ ...broken, inputs: blur(broken.inputs) }, stack);
        }
    }
    return problems;
}

/** Paths of values that are not in the second one. A value may have changed, and there may be more. */
function leavesLost(before: unknown, after: unknown, path = ""): string[] {
    if (typeof before !== "object" || before === null) {
        return before !== undefined && after === undefined ? [path] : [];
    }
    if (typeof after !== "object" || after === null || Array.isArray(before) !== Array.isArray(after)) {
        return [path];
    }
    // The SDK marks assets and archives for itself, in JavaScript; the engine drops it. It drops the hash of an archive itself,
    // which holds no more than those of what is in it.
    const isArchive = "__pulumiArchive" in before;
    const entries = Object.entries(before).filter(
        ([key]) => !key.startsWith("__pulumi") && !(isArchive && key === "hash"),
    );
    return entries.flatMap(([key, value]) =>
        leavesLost(value, (after as Record<string, unknown>)[key], `${path}.${key}`),
    );
}

function all(runner: PackRunner, stack: StackCopy): Finding[] {
    return runner.run(stack, affected(stack, [...stack.touched]));
}

/** What resource rules see differently: the resources themselves, and all resources of a changed provider. */
function affected(stack: StackCopy, touched: readonly string[]): readonly AnalyzedResource[] {
    const urns = new Set(touched);
    return stack.resources.filter(
        (resource) =>
            urns.has(resource.urn) || (resource.provider !== undefined && urns.has(resource.provider)),
    );
}

/** Violations by rule and resource. */
export class Violations {
    readonly #byKey = new Map<string, Finding>();

    constructor(findings: readonly Finding[]) {
        this.add(findings);
    }

    add(findings: readonly Finding[]): void {
        for (const found of findings.filter(isViolation)) {
            this.#byKey.set(`${found.rule} ${found.urn}`, found);
        }
    }

    of(rule: string): readonly Finding[] {
        return [...this.#byKey.values()].filter((found) => found.rule === rule);
    }

    /** Rules that violate where they did not. */
    freshRules(before: Violations): ReadonlySet<string> {
        return new Set(
            [...this.#byKey].filter(([key]) => !before.#byKey.has(key)).map(([, found]) => found.rule),
        );
    }

    /** What is new, as text that begins with the rule's name. */
    except(before: Violations): string[] {
        return [...this.#byKey]
            .filter(([key]) => !before.#byKey.has(key))
            .map(([, { rule, urn, message }]) => `${rule} (${urn}): ${message}`);
    }
}

function isViolation(found: Finding): boolean {
    return !found.undecided;
}

function present<T>(value: T | undefined): value is T {
    return value !== undefined;
}

/** Whether a message says what it should. */
export function says(message: string, wanted: string | RegExp): boolean {
    return typeof wanted === "string" ? message.includes(wanted) : wanted.test(message);
}

/** What must not be in a message for people. */
export function badMessage(message: string): string[] {
    const reason = message.split("\nFix: ")[0] ?? "";
    return [
        ...(reason.trimEnd().endsWith(".") ? [] : [`the reason does not end with a period: ${reason}`]),
        ...(/undefined|\[object Object\]|NaN/.test(reason) ? [`the reason is garbled: ${reason}`] : []),
    ];
}
