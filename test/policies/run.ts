/**
 * `npm run test:policies`: judges the mutants of the policy packs, and counts them.
 */
import { inspect } from "node:util";
import { type Call, runCommand, WrongCall } from "../../tools/shared/commandLine";
import { nearest } from "../../regions/nearest";
import { CROSS_STACK, CrossStackUnderTest } from "./crossStack";
import { mutants as stacksMutants, accepted as acceptedStacks } from "./cross-stack.mutations";
import { judge, judgeAccepted, loadSpecs } from "../support/policies/harness";
import { STACK_NAMES, type StackName } from "../support/policies/mutation";
import { packNames, PackUnderTest } from "../support/policies/packs";
import { copyOf } from "../support/policies/ownStacks";

interface Count {
    rules: number;
    mutants: number;
    killed: number;
    accepted: number;
    problems: string[];
}

/** A pack with its mutation tests. */
interface Suite {
    readonly rules: readonly string[];
    readonly mutants: readonly Case[];
    readonly accepted: readonly Case[];
}

interface Case {
    readonly rule: string;
    readonly title: string;
    readonly judge: () => Promise<string[]>;
}

function suiteOf(name: string): Suite {
    if (name === CROSS_STACK) {
        const rules = new CrossStackUnderTest();
        return {
            rules: rules.rules.map(({ id }) => id),
            mutants: stacksMutants.map((each) => ({ ...each, judge: () => rules.judge(each) })),
            accepted: acceptedStacks.map((each) => ({ ...each, judge: () => rules.judgeAccepted(each) })),
        };
    }
    const pack = PackUnderTest.load(name);
    const { mutants, accepted } = loadSpecs(name);
    return {
        rules: pack.rules.map(({ id }) => id),
        mutants: mutants.map((each) => ({ ...each, judge: () => judge(pack, each) })),
        accepted: accepted.map((each) => ({ ...each, judge: () => judgeAccepted(pack, each) })),
    };
}

async function judgePack(name: string, prefix: string): Promise<Count> {
    const specs = suiteOf(name);
    const mutants = specs.mutants.filter(({ rule }) => rule.startsWith(prefix));
    const rules = specs.rules.filter((id) => id.startsWith(prefix));
    const count: Count = {
        rules: rules.length,
        mutants: mutants.length,
        killed: 0,
        accepted: 0,
        problems: [],
    };
    for (const rule of rules.filter((id) => !mutants.some((mutant) => mutant.rule === id))) {
        count.problems.push(`${name}: ${rule} has no mutant`);
    }
    for (const rule of new Set(mutants.map((mutant) => mutant.rule).filter((id) => !rules.includes(id)))) {
        count.problems.push(`${name}: there is no rule ${rule}`);
    }
    for (const mutant of mutants) {
        const wrong = await mutant.judge().catch(failure);
        if (wrong.length === 0) {
            count.killed += 1;
        } else {
            count.problems.push(survivor(name, mutant.rule, mutant.title, wrong));
        }
    }
    for (const each of specs.accepted.filter(({ rule }) => rule.startsWith(prefix))) {
        count.accepted += 1;
        const wrong = await each.judge().catch(failure);
        if (wrong.length > 0) {
            count.problems.push(survivor(name, each.rule, `must accept ${each.title}`, wrong));
        }
    }
    return count;
}

function failure(error: unknown): string[] {
    return [error instanceof Error ? error.message : String(error)];
}

function survivor(pack: string, rule: string, title: string, wrong: readonly string[]): string {
    return [`${pack}: ${rule}: ${title}`, ...wrong].join("\n    ");
}

async function mutants(packs: readonly string[], prefix: string): Promise<number> {
    const total: Count = { rules: 0, mutants: 0, killed: 0, accepted: 0, problems: [] };
    for (const pack of packs) {
        const count = await judgePack(pack, prefix);
        console.log(
            `${pack}: ${count.rules} rules, ${count.mutants} mutants, ${count.killed} killed, ${count.accepted} accepted changes`,
        );
        total.rules += count.rules;
        total.mutants += count.mutants;
        total.killed += count.killed;
        total.accepted += count.accepted;
        total.problems.push(...count.problems);
    }
    if (total.problems.length > 0) {
        console.log(`\nSurvivors and other problems:\n${total.problems.join("\n")}`);
    }
    console.log(`\n${total.rules} rules, ${total.mutants} mutants, ${total.killed} killed`);
    return total.problems.length === 0 ? 0 : 1;
}

async function compliance(packs: readonly string[]): Promise<number> {
    let violations = 0;
    for (const name of packs) {
        const runner = PackUnderTest.load(name).runner();
        for (const stack of STACK_NAMES) {
            for (const { rule, urn, message, undecided } of runner.run(await copyOf(stack))) {
                violations += undecided ? 0 : 1;
                console.log(
                    `${name} ${stack} ${undecided ? "undecided" : "VIOLATION"} ${rule} ${urn}\n    ${message}`,
                );
            }
        }
    }
    console.log(`\n${violations} violations`);
    return violations === 0 ? 0 : 1;
}

async function show(stack: string, type: string): Promise<number> {
    for (const resource of (await copyOf(stack as StackName)).all(type)) {
        console.log(inspect(resource, { depth: null, breakLength: 120, maxStringLength: 2000 }));
    }
    return 0;
}

const USAGE = `Usage: npm run test:policies -- [pack] [rule]
       npm run test:policies -- --compliance [pack]
       npm run test:policies -- --show stack type

Breaks a compliant stack once for each rule, and says whether exactly that rule
fires. Without a pack, all; with a rule, those whose names begin with it.

Flags:
      --compliance  what the rules say about the stacks as they are
      --show        a stack's resources of a type, such as aws:s3/bucket:Bucket
  -h, --help        print this

Exit status: 0 when all is as it must be, 1 when not, 2 for a wrong call.
`;

async function main({ flags, words }: Call): Promise<number> {
    const [first = "", second = ""] = words;
    const most = flags["compliance"] === true ? 1 : 2;
    if (words.length > most) {
        throw new WrongCall(`There is nothing to do with ${words.slice(most).join(" ")}.`);
    }
    if (flags["show"] === true) {
        known("stack", first, STACK_NAMES);
        return show(first, second);
    }
    if (flags["compliance"] === true) {
        const packs = packNames();
        return compliance(first === "" ? packs : [known("pack", first, packs)]);
    }
    const packs = [...packNames(), CROSS_STACK];
    return mutants(first === "" ? packs : [known("pack", first, packs)], second);
}

function known(what: string, name: string, names: readonly string[]): string {
    if (names.includes(name)) {
        return name;
    }
    const near = nearest(name, names);
    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
    throw new WrongCall(`There is no ${what} ${name}; allowed: ${names.join(", ")}.${hint}`);
}

void runCommand(
    {
        usage: USAGE,
        flags: { compliance: { type: "boolean" }, show: { type: "boolean" } },
        words: "any",
    },
    main,
).then(() => process.exit());
