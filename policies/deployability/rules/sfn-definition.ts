import { list, object, type Props, resourceRule, text } from "../../framework";

const TERMINAL = ["Succeed", "Fail"];

export const rule = resourceRule({
    id: "sfn-definition",
    severity: "high",
    description: "Definitions of state machines lead from a start over states that are there to an end.",
    fix: "Name states that are there in StartAt, Next, Default and Catch, end with End or Succeed, and give Retry's States.ALL last.",
    frameworks: { controls: ["F47.6"] },
    types: ["aws:sfn/stateMachine:StateMachine"],
    check: ({ props }, report) => {
        const machine = parsed(text(props.definition));
        if (machine === undefined) {
            report("has a definition that is no JSON object.");
            return;
        }
        const isExpress = text(props.type) === "EXPRESS";
        statesProblems(machine, isExpress, (problem) => {
            report(`has a definition in which ${problem}.`);
        });
    },
});

function parsed(definition: string | undefined): Props | undefined {
    try {
        const value: unknown = JSON.parse(definition ?? "");
        return typeof value === "object" && value !== null && !Array.isArray(value)
            ? (value as Props)
            : undefined;
    } catch {
        return undefined;
    }
}

function statesProblems(machine: Props, isExpress: boolean, tell: (problem: string) => void): void {
    const states = object(machine.States);
    const isThere = (name: string): boolean => Object.hasOwn(states, name);
    const first = text(machine.StartAt) ?? "";
    if (!isThere(first)) {
        tell(`StartAt is "${first}", which there is not`);
    }
    for (const [name, value] of Object.entries(states)) {
        const state = object(value);
        const targets = waysOf(state);
        const lost = targets.find((target) => !isThere(target));
        if (lost !== undefined) {
            tell(`${name} leads to "${lost}", which there is not`);
        }
        if (targets.length === 0 && state.End !== true && !TERMINAL.includes(text(state.Type) ?? "")) {
            tell(`${name} leads nowhere and is no end`);
        }
        if (isExpress && /\.(?:waitForTaskToken|sync(?::2)?)$/.test(text(state.Resource) ?? "")) {
            tell(`${name} waits, which an express workflow cannot`);
        }
        const all = [list(state.Retry), list(state.Catch)].find(hidesOthers);
        if (all !== undefined) {
            tell(`${name} names States.ALL beside or before other errors`);
        }
        for (const inner of [state.ItemProcessor, state.Iterator, ...list(state.Branches)]) {
            if (inner !== undefined) {
                statesProblems(object(inner), isExpress, tell);
            }
        }
    }
}

function waysOf(state: Props): readonly string[] {
    const listed = [...list(state.Choices), ...list(state.Catch)].map((each) => object(each).Next);
    return [state.Next, state.Default, ...listed].flatMap((way) => text(way) ?? []);
}

function hidesOthers(handlers: readonly unknown[]): boolean {
    return handlers.some((handler, index) => {
        const names = list(object(handler).ErrorEquals);
        return names.includes("States.ALL") && (names.length > 1 || index < handlers.length - 1);
    });
}
