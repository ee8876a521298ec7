import { parsedObject } from "../../shared/argumentRules";
import { type Given, type Refusal } from "../../shared/argumentTable";
import { WorkflowType } from "./args";
import { ENDINGS, REQUIRED_FIELDS, STATE_FIELDS } from "./fields";
import { listOf, objectOf, type Scope, shownField, type Spot } from "./scope";
import { kindProblems, stateProblems } from "./stateProblems";

// AWS Step Functions Developer Guide, "Quotas related to state machine executions" and "Service quotas".
const DEFINITION_MAX = 1024 * 1024;
const STATE_NAME_MAX = 80;
const EXPRESS_SECONDS_MAX = 300;

const PLACEHOLDER = /\$\{([A-Za-z0-9]+)\}/g;

/** What a definition is judged beside. */
export interface DefinitionContext {
    readonly workflowType: WorkflowType;
    /** The names that stand for other texts. */
    readonly substitutions: readonly string[];
}

/**
 * Everything that is wrong with a definition in Amazon States Language: fields, ways between states, attempts, waiting and
 * sizes. What expressions say is not looked into.
 */
export function definitionProblems(text: string, context: DefinitionContext): Refusal[] {
    const machine = parsedObject(text);
    if (machine === undefined) {
        return [
            { shown: "no JSON, or no object", allowed: "a definition in Amazon States Language as JSON" },
        ];
    }
    const names = new Map<string, number>();
    const scope: Scope = { context, language: languageOf(machine, "JSONPath"), names };
    const problems: Refusal[] = [
        ...wholeProblems(text, machine, context),
        ...kindProblems(machine, ""),
        ...placeholderProblems(text, context),
        ...statesProblems(machine, "", scope),
        ...[...names]
            .filter(([, count]) => count > 1)
            .map(([name, count]) => ({
                at: `.States${shownField(name)}`,
                shown: `there ${count} times`,
                allowed: "a name that no other state of the whole definition has",
            })),
    ];
    // Else an error would show the definition as a whole.
    return problems.map((problem) => ({ ...problem, shown: problem.shown ?? "left out" }));
}

function languageOf(machine: Given, otherwise: string): string {
    return typeof machine.QueryLanguage === "string" ? machine.QueryLanguage : otherwise;
}

function wholeProblems(text: string, machine: Given, { workflowType }: DefinitionContext): Refusal[] {
    const size = Buffer.byteLength(text);
    const seconds = machine.TimeoutSeconds;
    const isExpress = workflowType === WorkflowType.Express;
    const known = ["Comment", "StartAt", "States", "QueryLanguage", "TimeoutSeconds", "Version"];
    return [
        ...(size > DEFINITION_MAX
            ? [{ shown: `${size} bytes long`, allowed: `a text of at most ${DEFINITION_MAX} bytes` }]
            : []),
        ...Object.keys(machine)
            .filter((field) => !known.includes(field))
            .map((field) => ({
                at: shownField(field),
                shown: "given",
                allowed: `one of ${known.join(", ")}`,
            })),
        ...(typeof seconds === "number" &&
        Number.isInteger(seconds) &&
        seconds >= 1 &&
        (!isExpress || seconds <= EXPRESS_SECONDS_MAX)
            ? []
            : [
                  {
                      at: ".TimeoutSeconds",
                      shown: seconds,
                      allowed: isExpress
                          ? `a whole number from 1 to ${EXPRESS_SECONDS_MAX} of an ${WorkflowType.Express} workflow`
                          : "a whole number of seconds, 1 or more",
                      remedy: "Without it a run that hangs does so for a year",
                  },
              ]),
    ];
}

function placeholderProblems(text: string, { substitutions }: DefinitionContext): Refusal[] {
    const used = new Set([...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name));
    return [
        ...[...used]
            .filter((name) => !substitutions.includes(name))
            .map((name) => ({
                shown: `a text with \${${name}}`,
                allowed: "placeholders that substitutions name",
            })),
        ...substitutions
            .filter((name) => !used.has(name))
            .map((name) => ({
                shown: `a text without \${${name}}`,
                allowed: "a placeholder for each of the substitutions",
            })),
    ];
}

/** What is wrong with states that belong together, and with those within them. */
function statesProblems(machine: Given, at: string, scope: Scope): Refusal[] {
    const states = objectOf(machine.States);
    const names = Object.keys(states);
    if (names.length === 0) {
        return [{ at: `${at}.States`, shown: machine.States, allowed: "one state or more, by their names" }];
    }
    for (const name of names) {
        scope.names.set(name, (scope.names.get(name) ?? 0) + 1);
    }
    return [
        ...names.flatMap((name) => {
            const spot = { name, at: `${at}.States${shownField(name)}`, state: objectOf(states[name]) };
            return oneState(spot, names, scope);
        }),
        ...wayProblems(machine, states, at),
    ];
}

function oneState(spot: Spot, names: readonly string[], scope: Scope): Refusal[] {
    const { name, at, state } = spot;
    const type = String(state.Type);
    const fields = STATE_FIELDS[type];
    const own = [
        ...(name.length > STATE_NAME_MAX
            ? [{ at, shown: name, allowed: `a name of at most ${STATE_NAME_MAX} characters` }]
            : []),
        ...(fields === undefined
            ? [
                  {
                      at: `${at}.Type`,
                      shown: state.Type,
                      allowed: `one of ${Object.keys(STATE_FIELDS).join(", ")}`,
                  },
              ]
            : []),
    ];
    if (fields === undefined) {
        return own;
    }
    const language = languageOf(state, scope.language);
    const within = { ...scope, language };
    return [
        ...own,
        ...Object.keys(state)
            .filter((field) => !fields.includes(field))
            .map((field) => ({
                at: `${at}${shownField(field)}`,
                shown: "given",
                allowed: `a field of a ${type} state: ${fields.join(", ")}`,
            })),
        ...(REQUIRED_FIELDS[type] ?? [])
            .filter((field) => state[field] === undefined)
            .map((field) => ({
                at: `${at}.${field}`,
                shown: state[field],
                allowed: `a ${field} of a ${type} state`,
            })),
        ...onwardProblems(type, spot),
        ...targetsOf(state).flatMap(([field, target]) =>
            names.includes(String(target))
                ? []
                : [
                      {
                          at: `${at}${field}`,
                          shown: target,
                          allowed: `the name of a state beside it: ${names.join(", ")}`,
                      },
                  ],
        ),
        ...(scope.language === "JSONata" && language !== "JSONata"
            ? [
                  {
                      at: `${at}.QueryLanguage`,
                      shown: language,
                      allowed: "JSONata, as around it, or nothing",
                  },
              ]
            : []),
        ...stateProblems(type, spot, within),
        ...innerMachines(state).flatMap(([field, machine]) =>
            // The language of a state is not that of the states within it.
            statesProblems(machine, `${at}${field}`, scope),
        ),
    ];
}

/** Whether a state says once where it goes on, or that it does not. */
function onwardProblems(type: string, { at, state }: Spot): Refusal[] {
    if (type === "Choice" || ENDINGS.includes(type)) {
        return [];
    }
    const ways = [state.Next !== undefined, state.End === true].filter(Boolean).length;
    return ways === 1
        ? []
        : [
              {
                  at,
                  shown: `with ${ways === 0 ? "neither Next nor End" : "Next and End"}`,
                  allowed: "one of the two",
              },
          ];
}

/** Where a state may go on, with the fields that say so. */
function targetsOf(state: Given): (readonly [string, unknown])[] {
    const named = (field: string): (readonly [string, unknown])[] =>
        state[field] === undefined ? [] : [[`.${field}`, state[field]]];
    const listed = (field: string): (readonly [string, unknown])[] =>
        listOf(state[field]).map((each, index) => [`.${field}[${index}].Next`, each.Next] as const);
    return [...named("Next"), ...named("Default"), ...listed("Choices"), ...listed("Catch")];
}

/** The states within a state. */
function innerMachines(state: Given): (readonly [string, Given])[] {
    return [
        ...["ItemProcessor", "Iterator"].flatMap((field): (readonly [string, Given])[] =>
            state[field] === undefined ? [] : [[`.${field}`, objectOf(state[field])]],
        ),
        ...listOf(state.Branches).map((branch, index) => [`.Branches[${index}]`, branch] as const),
    ];
}

/** What is wrong with the ways between states: a start that is none, states that none leads to, and none that ends. */
function wayProblems(machine: Given, states: Given, at: string): Refusal[] {
    const names = Object.keys(states);
    const first = String(machine.StartAt);
    if (!names.includes(first)) {
        return [
            {
                at: `${at}.StartAt`,
                shown: machine.StartAt,
                allowed: `the name of a state beside it: ${names.join(", ")}`,
            },
        ];
    }
    const ways = new Map(
        names.map((name) => [name, targetsOf(objectOf(states[name])).map(([, target]) => String(target))]),
    );
    const reached = closure([first], (name) => ways.get(name) ?? []);
    const ends = names.filter((name) => {
        const { Type: type, End: end } = objectOf(states[name]);
        return end === true || ENDINGS.includes(String(type));
    });
    const ending = closure(ends, (name) => names.filter((other) => ways.get(other)?.includes(name)));
    return names.flatMap((name) => {
        const spot = `${at}.States${shownField(name)}`;
        if (!reached.has(name)) {
            return [{ at: spot, shown: "reached from no state", allowed: "states that StartAt leads to" }];
        }
        return ending.has(name)
            ? []
            : [{ at: spot, shown: "a state from which no end is reached", allowed: "a way to an end" }];
    });
}

function closure(from: readonly string[], next: (name: string) => readonly string[]): Set<string> {
    const all = new Set(from);
    for (const name of all) {
        next(name).forEach((each) => all.add(each));
    }
    return all;
}
