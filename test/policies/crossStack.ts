/** Judges mutants of rules about several stacks. */
import { type StacksRule } from "../../policies/framework";
import { CrossStackRules } from "../../tools/preview/policies/crossStack";
import { badMessage, says, Violations } from "../support/policies/harness";
import { type StackCopy } from "../support/policies/mutableStack";
import {
    STACK_NAMES,
    type AcceptedStacks,
    type StackName,
    type StacksMutant,
} from "../support/policies/mutation";
import { type Finding } from "../support/policies/packs";
import { copyOf } from "../support/policies/ownStacks";
import { blurred, copy, restored, SHAPES } from "./versions";

/** The name of the rules' folder. */
export const CROSS_STACK = "cross-stack";

type Copies = Readonly<Record<StackName, StackCopy>>;

/** The rules about several stacks. */
export class CrossStackUnderTest {
    readonly rules: readonly StacksRule[];
    readonly #rules: CrossStackRules;

    constructor() {
        this.#rules = new CrossStackRules();
        this.rules = this.#rules.rules;
    }

    /** What the rules say. */
    run(stacks: Copies, rule?: string, config: Readonly<Record<string, unknown>> = {}): Finding[] {
        const given = { file: "test", policies: rule === undefined ? {} : { [rule]: config } };
        const resources = STACK_NAMES.map((name) => ({ name, resources: stacks[name].resources }));
        return this.#rules.judge(resources, given).map(({ rule: name, urn, stack, message, status }) => ({
            rule: name,
            urn: urn ?? stack ?? "",
            message,
            undecided: status === "undecided",
        }));
    }

    /** Judges one mutant. @returns What is wrong; empty for a mutant that is killed. */
    async judge(mutant: StacksMutant): Promise<string[]> {
        const base = await copies();
        const before = this.run(base, mutant.rule, mutant.config);
        const problems = before
            .filter(({ rule }) => rule === mutant.rule)
            .map(({ message }) => `before the change, it fires already: ${message}`);
        const stacks = mapped(base, copy);
        mutant.change(stacks);
        const findings = this.run(stacks, mutant.rule, mutant.config);
        const after = new Violations(findings);
        const expected = new Set([mutant.rule, ...(mutant.alsoFires ?? [])]);
        const fresh = after.freshRules(new Violations(before));
        problems.push(
            ...[...expected].filter((rule) => !fresh.has(rule)).map((rule) => `${rule} does not fire`),
            ...[...fresh]
                .filter((rule) => !expected.has(rule))
                .map((rule) => `${rule} fires too, and alsoFires does not name it`),
        );
        const own = after.of(mutant.rule);
        const { message: wanted } = mutant;
        if (wanted !== undefined && !own.some(({ message }) => says(message, wanted))) {
            problems.push(
                `no message of it says ${String(wanted)}: ${own.map(({ message }) => message).join(" | ")}`,
            );
        }
        problems.push(...own.flatMap(({ message }) => badMessage(message)));
        return [...problems, ...this.#judgeUnknown(mutant, base, stacks, new Set(own.map(({ urn }) => urn)))];
    }

    /** Judges a change that a rule must accept. */
    async judgeAccepted({ rule, config, change }: AcceptedStacks): Promise<string[]> {
        const stacks = mapped(await copies(), copy);
        change(stacks);
        return this.run(stacks, rule, config)
            .filter((finding) => finding.rule === rule)
            .map(({ urn, message }) => `it says about ${urn}: ${message}`);
    }

    #judgeUnknown(
        { rule, config = {}, decidedBy }: StacksMutant,
        base: Copies,
        stacks: Copies,
        reported: ReadonlySet<string>,
    ): string[] {
        const problems: string[] = [];
        const judged = new Set([...STACK_NAMES.flatMap((name) => [...stacks[name].touched]), ...reported]);
        const of = (copies: Copies, settings: Readonly<Record<string, unknown>>): Finding[] =>
            this.run(copies, rule, settings).filter((finding) => finding.rule === rule);
        for (const [shape, blur] of SHAPES) {
            if (decidedBy === "relations") {
                const compliant = mapped(base, (stack) => blurred(stack, judged, blur));
                if (of(compliant, config).some(({ undecided }) => !undecided)) {
                    problems.push(`with ${shape} unknown, it fires before the change`);
                }
                const changed = mapped(stacks, (stack) => blurred(stack, judged, blur));
                if (!of(changed, config).some(({ undecided }) => !undecided)) {
                    problems.push(`with ${shape} unknown, it does not fire`);
                }
                continue;
            }
            const unknown = mapped(stacks, (stack) =>
                blurred(restored({ base: base[stack.stack], stack, judged }), judged, blur),
            );
            if (of(unknown, config).length === 0) {
                problems.push(`with ${shape} unknown, it passes in silence`);
            }
            if (!of(unknown, { ...config, unknowns: "fail-closed" }).some(({ undecided }) => !undecided)) {
                problems.push(`with ${shape} unknown and unknowns: fail-closed, it does not fire`);
            }
        }
        return problems;
    }
}

async function copies(): Promise<Copies> {
    const entries = await Promise.all(STACK_NAMES.map(async (name) => [name, await copyOf(name)] as const));
    return Object.fromEntries(entries) as Record<StackName, StackCopy>;
}

function mapped(stacks: Copies, change: (stack: StackCopy) => StackCopy): Copies {
    return Object.fromEntries(STACK_NAMES.map((name) => [name, change(stacks[name])])) as unknown as Copies;
}
