import { expect } from "chai";
import * as fc from "fast-check";

import {
    expression,
    invokeFunction,
    publishMessage,
    putEvent,
    sendMessage,
    TASK_TOKEN,
    workflowDefinition,
    WorkflowType,
} from "../../../../components";
import { definitionProblems } from "../../../../components/messaging/workflow/problems";
import { aslValidatorErrors } from "../../../support/components/aslValidator";
import { at } from "../../../support/preview";

type Json = Record<string, unknown>;

/** A definition with a state of each type, in JSONata. */
const jsonata = JSON.parse(
    workflowDefinition({
        Comment: "All types of states",
        TimeoutSeconds: 3600,
        StartAt: "Call",
        States: {
            Call: {
                ...invokeFunction(
                    "arn:aws:lambda:eu-central-1:111122223333:function:pay:live",
                    { id: expression("$states.input.id") },
                    {
                        timeoutSeconds: 10,
                        assign: { paid: expression("$states.result.Payload.paid") },
                        retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2 }],
                        catch: [
                            { ErrorEquals: ["Declined"], Next: "Refused" },
                            { ErrorEquals: ["States.ALL"], Next: "Pause" },
                        ],
                    },
                ),
                Next: "Which",
            },
            Which: {
                Type: "Choice",
                Choices: [{ Condition: expression("$paid = true"), Next: "Ask" }],
                Default: "Pause",
            },
            Pause: { Type: "Wait", Seconds: 5, Next: "Both" },
            Ask: {
                ...sendMessage(
                    "https://sqs.eu-central-1.amazonaws.com/111122223333/ask",
                    { token: TASK_TOKEN },
                    { waitForTaskToken: true, timeoutSeconds: 600, heartbeatSeconds: 60 },
                ),
                Next: "Both",
            },
            Both: {
                Type: "Parallel",
                Branches: [
                    {
                        StartAt: "Tell",
                        States: {
                            Tell: {
                                ...publishMessage("arn:aws:sns:eu-central-1:111122223333:told", { a: 1 }),
                                End: true,
                            },
                        },
                    },
                    {
                        StartAt: "Announce",
                        States: {
                            Announce: {
                                ...putEvent({
                                    busName: "shop",
                                    source: "shop.orders",
                                    detailType: "Paid",
                                    detail: { a: 1 },
                                }),
                                End: true,
                            },
                        },
                    },
                ],
                Next: "Each",
            },
            Each: {
                Type: "Map",
                Items: expression("$states.input.lines"),
                MaxConcurrency: 5,
                ItemProcessor: {
                    ProcessorConfig: { Mode: "INLINE" },
                    StartAt: "Keep",
                    States: { Keep: { Type: "Pass", Output: { a: 1 }, End: true } },
                },
                Next: "Done",
            },
            Done: { Type: "Succeed" },
            Refused: { Type: "Fail", Error: "Refused", Cause: "The payment was declined" },
        },
    }),
) as Json;

/** One in JSONPath. */
const jsonpath: Json = {
    TimeoutSeconds: 60,
    StartAt: "Which",
    States: {
        Which: {
            Type: "Choice",
            Choices: [{ Variable: "$.paid", BooleanEquals: true, Next: "Call" }],
            Default: "Done",
        },
        Call: {
            Type: "Task",
            Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
            Parameters: { FunctionName: "pay", Payload: { "token.$": "$$.Task.Token" } },
            ResultPath: "$.answer",
            TimeoutSeconds: 10,
            Next: "Done",
        },
        Done: { Type: "Succeed", OutputPath: "$.answer" },
    },
};

const context = { workflowType: WorkflowType.Standard, substitutions: [] };

const problemsOf = (definition: unknown, changes: Partial<Parameters<typeof definitionProblems>[1]> = {}) =>
    definitionProblems(JSON.stringify(definition), { ...context, ...changes }).map(
        ({ at: path = "" }) => path,
    );

/** A copy with another value at a path; without one where it is undefined. */
function changed(definition: Json, path: string, value: unknown): Json {
    const copy = structuredClone(definition);
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const holder = at(copy, keys.join(".")) as Json;
    if (value === undefined) {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a copy of its own
        delete holder[last];
    } else {
        holder[last] = value;
    }
    return copy;
}

const call = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Arguments: {}, End: true };

/** A change, and the places that are then named. */
type Case = readonly [what: string, path: string, value: unknown, places: string[]];

const IN_JSONATA: readonly Case[] = [
    ["a start that is none", "StartAt", "Nowhere", [".StartAt"]],
    ["no start", "StartAt", undefined, [".StartAt"]],
    ["no states", "States", {}, [".States"]],
    ["no end of time", "TimeoutSeconds", undefined, [".TimeoutSeconds"]],
    ["no time", "TimeoutSeconds", 0, [".TimeoutSeconds"]],
    ["a field that is none", "StartsAt", "Call", [".StartsAt"]],
    ["a Next that is none", "States.Pause.Next", "Nowhere", [".States.Pause.Next", ".States.Pause"]],
    ["a Default that is none", "States.Which.Default", "Nowhere", [".States.Which.Default"]],
    [
        "a choice that leads nowhere",
        "States.Which.Choices",
        [
            { Condition: "{% true %}", Next: "Ask" },
            { Condition: "{% true %}", Next: "Nowhere" },
        ],
        [".States.Which.Choices[1].Next"],
    ],
    ["no Default", "States.Which.Default", undefined, [".States.Which.Default"]],
    ["a choice without a condition", "States.Which.Choices.0", { Next: "Ask" }, [".States.Which.Choices[0]"]],
    [
        "a catch that leads nowhere",
        "States.Call.Catch.0.Next",
        "Nowhere",
        [".States.Call.Catch[0].Next", ".States.Refused"],
    ],
    ["a state that none leads to", "States.Lost", { Type: "Succeed" }, [".States.Lost"]],
    ["neither Next nor End", "States.Pause.Next", undefined, [".States.Pause", ".States.Pause"]],
    ["Next and End", "States.Pause.End", true, [".States.Pause"]],
    ["a type that is none", "States.Pause.Type", "Sleep", [".States.Pause.Type"]],
    ["a misspelt field", "States.Pause.Second", 5, [".States.Pause.Second"]],
    ["a Succeed that goes on", "States.Done.Next", "Pause", [".States.Done.Next"]],
    [
        "the same name twice",
        "States.Each.ItemProcessor",
        { StartAt: "Done", States: { Done: { Type: "Succeed" } } },
        [".States.Done"],
    ],
    [
        "a name of 81 characters",
        `States.${"n".repeat(81)}`,
        { Type: "Succeed" },
        [`.States.${"n".repeat(81)}`, `.States.${"n".repeat(81)}`],
    ],
    ["JSONPath in JSONata", "States.Pause.InputPath", "$.a", [".States.Pause.InputPath"]],
    ["Parameters in JSONata", "States.Call.Parameters", { a: 1 }, [".States.Call.Parameters"]],
    [
        "a name in JSONPath",
        "States.Call.Arguments.Payload",
        { "a.$": "$.b" },
        ['.States.Call.Arguments.Payload["a.$"]'],
    ],
    ["an expression that is not closed", "States.Call.Output", "{% $a", [".States.Call.Output"]],
    [
        "JSONPath as a state's language",
        "States.Pause.QueryLanguage",
        "JSONPath",
        [".States.Pause.QueryLanguage"],
    ],
    [
        "another language",
        "States.Pause.QueryLanguage",
        "SQL",
        [".States.Pause.QueryLanguage", ".States.Pause.QueryLanguage"],
    ],
    ["a token that nobody gets", "States.Ask.Arguments.MessageBody", { id: 1 }, [".States.Ask"]],
    ["a wait without an end", "States.Ask.TimeoutSeconds", undefined, [".States.Ask.TimeoutSeconds"]],
    ["a heart that beats too late", "States.Ask.HeartbeatSeconds", 600, [".States.Ask.HeartbeatSeconds"]],
    ["a timeout of nothing", "States.Call.TimeoutSeconds", 0, [".States.Call.TimeoutSeconds"]],
    ["a resource that is none", "States.Call.Resource", "lambda", [".States.Call.Resource"]],
    ["no resource", "States.Call.Resource", undefined, [".States.Call.Resource"]],
    [
        "States.ALL beside others",
        "States.Call.Retry.1.ErrorEquals",
        ["Declined", "States.ALL"],
        [".States.Call.Retry[1].ErrorEquals"],
    ],
    [
        "States.ALL before others",
        "States.Call.Retry.0.ErrorEquals",
        ["States.ALL"],
        [".States.Call.Retry[0].ErrorEquals"],
    ],
    [
        "States.ALL that catches before others",
        "States.Call.Catch.0.ErrorEquals",
        ["States.ALL"],
        [".States.Call.Catch[0].ErrorEquals"],
    ],
    ["a catch of nothing", "States.Call.Catch.0.ErrorEquals", [], [".States.Call.Catch[0].ErrorEquals"]],
    [
        "attempts without end",
        "States.Call.Retry.0.MaxAttempts",
        100_000_000,
        [".States.Call.Retry[0].MaxAttempts"],
    ],
    [
        "no pause between attempts",
        "States.Call.Retry.0.IntervalSeconds",
        0,
        [".States.Call.Retry[0].IntervalSeconds"],
    ],
    ["pauses that shrink", "States.Call.Retry.0.BackoffRate", 0.5, [".States.Call.Retry[0].BackoffRate"]],
    [
        "a longest pause below the first",
        "States.Call.Retry.0.MaxDelaySeconds",
        2,
        [".States.Call.Retry[0].MaxDelaySeconds"],
    ],
    [
        "another jitter",
        "States.Call.Retry.0.JitterStrategy",
        "HALF",
        [".States.Call.Retry[0].JitterStrategy"],
    ],
    ["a wait for nothing", "States.Pause.Seconds", undefined, [".States.Pause"]],
    ["a wait for two things", "States.Pause.Timestamp", "2030-01-01T00:00:00Z", [".States.Pause"]],
    ["a wait of three years", "States.Pause.Seconds", 100_000_000, [".States.Pause.Seconds"]],
    ["no branches", "States.Both.Branches", [], [".States.Both.Branches"]],
    [
        "a branch that leads out of itself",
        "States.Both.Branches.0.States.Tell",
        { ...call, End: undefined, Next: "Each" },
        [".States.Both.Branches[0].States.Tell.Next", ".States.Both.Branches[0].States.Tell"],
    ],
    ["a map of nothing", "States.Each.ItemProcessor", undefined, [".States.Each"]],
    ["a map of minus one at once", "States.Each.MaxConcurrency", -1, [".States.Each.MaxConcurrency"]],
    ["a failure without a name", "States.Refused.Error", undefined, [".States.Refused.Error"]],
    [
        "a circle without an end",
        "States.Each.Next",
        "Pause",
        [".States.Which", ".States.Pause", ".States.Ask", ".States.Both", ".States.Each", ".States.Done"],
    ],
];

describe("a workflow's definition", () => {
    it("is fine in JSONata and in JSONPath, by this program and by another", () => {
        for (const definition of [jsonata, jsonpath]) {
            expect(problemsOf(definition)).to.deep.equal([]);
            expect(aslValidatorErrors(JSON.stringify(definition))).to.equal("");
        }
    });

    for (const [what, path, value, places] of IN_JSONATA) {
        it(`is refused with ${what}`, () => {
            expect(problemsOf(changed(jsonata, path, value))).to.have.members(places);
        });
    }

    it("is refused in JSONPath with what belongs to JSONata", () => {
        const call = "States.Call";
        expect(problemsOf(changed(jsonpath, `${call}.Arguments`, {}))).to.deep.equal([
            ".States.Call.Arguments",
        ]);
        expect(problemsOf(changed(jsonpath, `${call}.Output`, {}))).to.deep.equal([".States.Call.Output"]);
        expect(
            problemsOf(changed(jsonpath, `${call}.Parameters.Payload`, { token: TASK_TOKEN })),
        ).to.deep.equal([".States.Call"]);
        expect(
            problemsOf(
                changed(jsonpath, "States.Which.Choices.0", { Condition: "{% true %}", Next: "Call" }),
            ),
        ).to.deep.equal([".States.Which.Choices[0]"]);
        // A state may be in JSONata by itself.
        const own = { Type: "Succeed", QueryLanguage: "JSONata", Output: "{% 1 %}" };
        expect(problemsOf(changed(jsonpath, "States.Done", own))).to.deep.equal([]);
    });

    it("is refused when it is no JSON, too large, or hands over too much", () => {
        const paths = (text: string) => definitionProblems(text, context).map(({ shown }) => shown);
        expect(paths("{")).to.deep.equal(["no JSON, or no object"]);
        expect(paths("[]")).to.deep.equal(["no JSON, or no object"]);
        const output = (length: number) => changed(jsonata, "States.Call.Output", "x".repeat(length));
        // The quotation marks count.
        expect(problemsOf(output(262_142))).to.deep.equal([]);
        expect(problemsOf(output(262_143))).to.deep.equal([".States.Call.Output"]);
        const comment = (length: number) => {
            const size = Buffer.byteLength(JSON.stringify({ ...jsonata, Comment: "" }));
            return { ...jsonata, Comment: "x".repeat(length - size) };
        };
        expect(problemsOf(comment(1_048_576))).to.deep.equal([]);
        expect(paths(JSON.stringify(comment(1_048_577)))).to.deep.equal(["1048577 bytes long"]);
    });

    it("has a text for each placeholder, and a placeholder for each text", () => {
        const text = JSON.stringify(changed(jsonata, "States.Call.Arguments.FunctionName", "${Pay}"));
        const shown = (substitutions: string[]) =>
            definitionProblems(text, { ...context, substitutions }).map((problem) => problem.shown);
        expect(shown(["Pay"])).to.deep.equal([]);
        expect(shown([])).to.deep.equal(["a text with ${Pay}"]);
        expect(shown(["Pay", "Ship"])).to.deep.equal(["a text without ${Ship}"]);
    });

    it("waits for nobody in an express workflow, and ends in five minutes", () => {
        const express = { workflowType: WorkflowType.Express };
        const short = changed(jsonpath, "TimeoutSeconds", 300);
        expect(problemsOf(short, express)).to.deep.equal([".States.Call.Resource"]);
        const plain = changed(short, "States.Call.Resource", "arn:aws:states:::lambda:invoke");
        expect(problemsOf(plain, express)).to.deep.equal([]);
        expect(problemsOf(changed(plain, "TimeoutSeconds", 301), express)).to.deep.equal([".TimeoutSeconds"]);
        const processor = { ...(at(jsonata, "States.Each.ItemProcessor") as Json) };
        const spread = { ...processor, ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" } };
        const distributed = changed(jsonata, "States.Each.ItemProcessor", spread);
        expect(problemsOf(distributed)).to.deep.equal([]);
        expect(problemsOf(changed(distributed, "TimeoutSeconds", 300), express)).to.have.members([
            ".States.Ask.Resource",
            ".States.Each.ItemProcessor.ProcessorConfig.Mode",
        ]);
    });

    it("is refused whenever the other program refuses it", () => {
        const paths = [...pathsIn(jsonata)];
        const values = fc.constantFrom<unknown>(
            ...[undefined, "", "Pause", "Nowhere", 0, -1, 5, true, false, [], {}, "{% 1 %}", null],
        );
        fc.assert(
            fc.property(fc.constantFrom(...paths), values, (path, value) => {
                const definition = changed(jsonata, path, value);
                const other = aslValidatorErrors(JSON.stringify(definition));
                if (other !== "") {
                    expect(problemsOf(definition), `${path}: ${other}`).to.not.deep.equal([]);
                }
            }),
            // The other program takes a sixth of a second for each.
            { numRuns: 12 },
        );
    });
});

/** Paths of all that is in a definition, but for what services are handed. */
function* pathsIn(value: unknown, path = ""): Generator<string> {
    if (typeof value !== "object" || value === null) {
        return;
    }
    for (const [key, inner] of Object.entries(value)) {
        const here = path === "" ? key : `${path}.${key}`;
        // Of what comes out the other program takes objects and expressions alone; the language takes any value.
        if (key === "Output") {
            continue;
        }
        yield here;
        if (!["Arguments", "Assign"].includes(key)) {
            yield* pathsIn(inner, here);
        }
    }
}
