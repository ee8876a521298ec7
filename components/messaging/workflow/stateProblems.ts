import { type Given, type Refusal } from "../../shared/argumentTable";
import { WorkflowType } from "./args";
import { FIELD_KINDS, isExpression, JSONATA_FIELDS, JSONPATH_FIELDS, NULLABLE_FIELDS } from "./fields";
import { listOf, objectOf, type Scope, shownField, type Spot } from "./scope";

/** A text in UTF-8 that goes into a state or out of it. Source: AWS Step Functions Developer Guide, "Service quotas". */
const PAYLOAD_MAX = 256 * 1024;

const TOKENS: Readonly<Record<string, string>> = {
    JSONata: "$states.context.Task.Token",
    JSONPath: "$$.Task.Token",
};

/** Fields with what a state hands over or keeps. */
const PAYLOADS = ["Arguments", "Parameters", "Output", "Result", "ItemSelector", "Assign"];

/** What is wrong within one state, beside its fields and its ways. */
export function stateProblems(type: string, spot: Spot, scope: Scope): Refusal[] {
    return [
        ...kindProblems(spot.state, spot.at),
        ...languageProblems(spot, scope),
        ...payloadProblems(spot),
        ...listProblems("Retry", spot),
        ...listProblems("Catch", spot),
        ...retryProblems(spot),
        ...(BY_TYPE[type]?.(spot, scope) ?? []),
    ];
}

const BY_TYPE: Readonly<Record<string, (spot: Spot, scope: Scope) => Refusal[]>> = {
    Task: taskProblems,
    Choice: choiceProblems,
    Wait: waitProblems,
    Parallel: ({ at, state }) =>
        listOf(state.Branches).length > 0
            ? []
            : [{ at: `${at}.Branches`, shown: state.Branches, allowed: "one branch or more" }],
    Map: mapProblems,
    Fail: ({ at, state }) =>
        (state.Error ?? "") === "" && state.ErrorPath === undefined
            ? [
                  {
                      at: `${at}.Error`,
                      shown: state.Error,
                      allowed: "a name of the error, by which callers and people know it",
                  },
              ]
            : [],
};

/** What is wrong with the kinds of fields' values: of a state, a choice, an attempt. */
export function kindProblems(holder: Given, at: string): Refusal[] {
    return Object.entries(holder).flatMap(([field, value]) => {
        const [allowed, holds] = FIELD_KINDS[field] ?? [];
        return allowed === undefined ||
            holds?.(value) === true ||
            (value === null && NULLABLE_FIELDS.includes(field))
            ? []
            : [{ at: `${at}.${field}`, shown: value ?? "null", allowed }];
    });
}

function languageProblems({ at, state }: Spot, { language }: Scope): Refusal[] {
    if (language !== "JSONata" && language !== "JSONPath") {
        return [{ at: `${at}.QueryLanguage`, shown: language, allowed: "JSONata or JSONPath" }];
    }
    const foreign = language === "JSONata" ? JSONPATH_FIELDS : JSONATA_FIELDS;
    const other = language === "JSONata" ? "JSONPath" : "JSONata";
    return [
        ...Object.keys(state)
            .filter((field) => foreign.includes(field))
            .map((field) => ({
                at: `${at}.${field}`,
                shown: `a field of ${other}`,
                allowed: `fields of ${language} in a state in ${language}`,
            })),
        ...(language === "JSONata" ? jsonataProblems(state, at) : []),
    ];
}

/** Names that end in `.$`, which are JSONPath, and expressions that are not closed. */
function jsonataProblems(value: unknown, at: string): Refusal[] {
    if (typeof value === "string") {
        const begins = value.startsWith("{%");
        return begins === value.endsWith("%}")
            ? []
            : [{ at, shown: value, allowed: "an expression that begins with {% and ends with %}" }];
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([key, inner]) => {
        const path = Array.isArray(value) ? `${at}[${key}]` : `${at}${shownField(key)}`;
        // The states within a state are looked at by themselves.
        if (["ItemProcessor", "Branches"].includes(key)) {
            return [];
        }
        return [
            ...(!Array.isArray(value) && key.endsWith(".$")
                ? [{ at: path, shown: "a name in JSONPath", allowed: "names that do not end in .$" }]
                : []),
            ...jsonataProblems(inner, path),
        ];
    });
}

function payloadProblems({ at, state }: Spot): Refusal[] {
    return PAYLOADS.flatMap((field) => {
        const size = Buffer.byteLength(JSON.stringify(state[field] ?? null));
        return size > PAYLOAD_MAX
            ? [
                  {
                      at: `${at}.${field}`,
                      shown: `${size} bytes of JSON`,
                      allowed: `at most ${PAYLOAD_MAX} bytes`,
                      remedy: "Keep it in S3 and hand over where it is",
                  },
              ]
            : [];
    });
}

const LIST_FIELDS: Readonly<Record<"Retry" | "Catch", readonly string[]>> = {
    Retry: [
        ...["Comment", "ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate"],
        ...["MaxDelaySeconds", "JitterStrategy"],
    ],
    Catch: ["Comment", "ErrorEquals", "Next", "ResultPath", "Assign", "Output"],
};

/** Errors that Step Functions itself names. Source: Amazon States Language, "Appendix A: Predefined Error Codes". */
const PREDEFINED: readonly string[] = [
    "States.ALL",
    "States.BranchFailed",
    "States.DataLimitExceeded",
    "States.ExceedToleratedFailureThreshold",
    "States.HeartbeatTimeout",
    "States.Http.Socket",
    "States.IntrinsicFailure",
    "States.ItemReaderFailed",
    "States.NoChoiceMatched",
    "States.ParameterPathFailure",
    "States.Permissions",
    "States.QueryEvaluationError",
    "States.ResultPathMatchFailure",
    "States.ResultWriterFailed",
    "States.Runtime",
    "States.TaskFailed",
    "States.Timeout",
];

/** Names of errors: some in each, `States.ALL` alone in its list and in the last of them. */
function listProblems(field: "Retry" | "Catch", { at, state }: Spot): Refusal[] {
    const all = listOf(state[field]);
    return all.flatMap((each, index) => {
        const spot = `${at}.${field}[${index}].ErrorEquals`;
        const foreign = Object.keys(each).filter((name) => !LIST_FIELDS[field].includes(name));
        if (foreign.length > 0) {
            return [
                {
                    at: `${at}.${field}[${index}]`,
                    shown: foreign,
                    allowed: `fields of a ${field}: ${LIST_FIELDS[field].join(", ")}`,
                },
            ];
        }
        const names: readonly unknown[] = Array.isArray(each.ErrorEquals) ? each.ErrorEquals : [];
        if (names.length === 0 || !names.every((name) => typeof name === "string" && name !== "")) {
            return [{ at: spot, shown: each.ErrorEquals, allowed: "one name of an error or more" }];
        }
        const unknown = names.filter(
            (name) => String(name).startsWith("States.") && !PREDEFINED.includes(String(name)),
        );
        if (unknown.length > 0) {
            return [
                {
                    at: spot,
                    shown: unknown,
                    allowed: `errors of Step Functions' own: ${PREDEFINED.join(", ")}`,
                },
            ];
        }
        if (!names.includes("States.ALL")) {
            return [];
        }
        return [
            ...(names.length > 1 ? [{ at: spot, shown: names, allowed: "States.ALL alone" }] : []),
            ...(index < all.length - 1
                ? [{ at: spot, shown: names, allowed: `States.ALL in the last ${field} alone` }]
                : []),
        ];
    });
}

const isWhole = (value: unknown, least: number): boolean =>
    value === undefined || (Number.isInteger(value) && (value as number) >= least);

function retryProblems({ at, state }: Spot): Refusal[] {
    return listOf(state.Retry).flatMap((retry, index) => {
        const spot = `${at}.Retry[${index}]`;
        const { IntervalSeconds: interval, MaxAttempts: attempts, BackoffRate: rate } = retry;
        const { MaxDelaySeconds: longest, JitterStrategy: jitter } = retry;
        return [
            ...(isWhole(interval, 1)
                ? []
                : [
                      {
                          at: `${spot}.IntervalSeconds`,
                          shown: interval,
                          allowed: "a whole number, 1 or more",
                      },
                  ]),
            ...(isWhole(attempts, 0) && (attempts === undefined || (attempts as number) <= 99_999_999)
                ? []
                : [
                      {
                          at: `${spot}.MaxAttempts`,
                          shown: attempts,
                          allowed: "a whole number from 0 to 99999999",
                      },
                  ]),
            ...(rate === undefined || (typeof rate === "number" && rate >= 1)
                ? []
                : [{ at: `${spot}.BackoffRate`, shown: rate, allowed: "a number, 1 or more" }]),
            ...(longest === undefined ||
            (isWhole(longest, 1) &&
                (longest as number) > (typeof interval === "number" ? interval : 1) &&
                (longest as number) < 31_622_400)
                ? []
                : [
                      {
                          at: `${spot}.MaxDelaySeconds`,
                          shown: longest,
                          allowed: "a whole number above IntervalSeconds and below 31622400",
                      },
                  ]),
            ...(jitter === undefined || jitter === "FULL" || jitter === "NONE"
                ? []
                : [{ at: `${spot}.JitterStrategy`, shown: jitter, allowed: "FULL or NONE" }]),
        ];
    });
}

const RESOURCE = /^arn:aws[a-z-]*:(?:states|lambda):[a-z0-9-]*:(?:\d{12})?:.+$|^\$\{[A-Za-z0-9]+\}$/;

function taskProblems({ at, state }: Spot, { context, language }: Scope): Refusal[] {
    const { Resource: resource = "" } = state;
    const text = String(resource);
    const waitsForToken = text.endsWith(".waitForTaskToken");
    const waits = waitsForToken || /\.sync(?::2)?$/.test(text) || text.includes(":activity:");
    return [
        ...(RESOURCE.test(text) || state.Resource === undefined
            ? []
            : [
                  {
                      at: `${at}.Resource`,
                      shown: resource,
                      allowed: "an ARN of Step Functions' or of a function, or a placeholder for one",
                  },
              ]),
        ...(waits && context.workflowType === WorkflowType.Express
            ? [
                  {
                      at: `${at}.Resource`,
                      shown: resource,
                      allowed: `a call that does not wait, in an ${WorkflowType.Express} workflow`,
                  },
              ]
            : []),
        ...(waitsForToken && !handsOver(state, TOKENS[language] ?? "")
            ? [
                  {
                      at,
                      shown: "a wait for a task token that nobody gets",
                      allowed: `${TOKENS[language] ?? ""} in ${language === "JSONata" ? "Arguments" : "Parameters"}`,
                  },
              ]
            : []),
        ...timeProblems(at, state, waits),
    ];
}

function handsOver(state: Given, token: string): boolean {
    return JSON.stringify([state.Arguments, state.Parameters]).includes(token);
}

function timeProblems(at: string, state: Given, waits: boolean): Refusal[] {
    const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
    const isTimed = timeout !== undefined || state.TimeoutSecondsPath !== undefined;
    return [
        ...(waits && !isTimed
            ? [
                  {
                      at: `${at}.TimeoutSeconds`,
                      allowed: "a number of seconds of a call that waits",
                      remedy: "Without it a run whose answer is lost waits for a year",
                  },
              ]
            : []),
        ...[
            ["TimeoutSeconds", timeout],
            ["HeartbeatSeconds", heartbeat],
        ].flatMap(([field, value]) =>
            isWhole(value, 1) || isExpression(value)
                ? []
                : [{ at: `${at}.${String(field)}`, shown: value, allowed: "a whole number, 1 or more" }],
        ),
        ...(typeof heartbeat === "number" && typeof timeout === "number" && heartbeat >= timeout
            ? [{ at: `${at}.HeartbeatSeconds`, shown: heartbeat, allowed: "less than TimeoutSeconds" }]
            : []),
    ];
}

function choiceProblems({ at, state }: Spot, { language }: Scope): Refusal[] {
    const choices = listOf(state.Choices);
    return [
        ...(choices.length > 0
            ? []
            : [{ at: `${at}.Choices`, shown: state.Choices, allowed: "one choice or more" }]),
        ...choices.flatMap((choice, index) => {
            const holds =
                language === "JSONata"
                    ? String(choice.Condition).startsWith("{%")
                    : ["Variable", "And", "Or", "Not"].some((field) => choice[field] !== undefined);
            return holds
                ? []
                : [
                      {
                          at: `${at}.Choices[${index}]`,
                          shown: choice,
                          allowed:
                              language === "JSONata"
                                  ? "a Condition, an expression"
                                  : "a Variable, And, Or or Not",
                      },
                  ];
        }),
        ...(state.Default === undefined
            ? [
                  {
                      at: `${at}.Default`,
                      allowed: "the name of a state",
                      remedy: "A run that none of the choices fits fails with States.NoChoiceMatched",
                  },
              ]
            : []),
    ];
}

function waitProblems({ at, state }: Spot): Refusal[] {
    const given = ["Seconds", "Timestamp", "SecondsPath", "TimestampPath"].filter(
        (field) => state[field] !== undefined,
    );
    const { Seconds: seconds } = state;
    return [
        ...(given.length === 1
            ? []
            : [
                  {
                      at,
                      shown: given.length === 0 ? "a wait for nothing" : given.join(" and "),
                      allowed: "one of Seconds, Timestamp, SecondsPath and TimestampPath",
                  },
              ]),
        ...(typeof seconds !== "number" || (isWhole(seconds, 0) && seconds <= 99_999_999)
            ? []
            : [{ at: `${at}.Seconds`, shown: seconds, allowed: "a whole number from 0 to 99999999" }]),
    ];
}

function mapProblems({ at, state }: Spot, { context }: Scope): Refusal[] {
    const { ItemProcessor: processor, Iterator: iterator, MaxConcurrency: most } = state;
    const { ProcessorConfig: config } = objectOf(processor);
    const { Mode: mode } = objectOf(config);
    return [
        ...((processor === undefined) === (iterator === undefined)
            ? [{ at, shown: "with both or neither", allowed: "one of ItemProcessor and Iterator" }]
            : []),
        ...(isWhole(most, 0) || typeof most === "string"
            ? []
            : [{ at: `${at}.MaxConcurrency`, shown: most, allowed: "a whole number, 0 or more" }]),
        ...(config === undefined || ["INLINE", "DISTRIBUTED"].includes(String(mode))
            ? []
            : [
                  {
                      at: `${at}.ItemProcessor.ProcessorConfig.Mode`,
                      shown: mode,
                      allowed: "INLINE or DISTRIBUTED",
                  },
              ]),
        ...(mode === "DISTRIBUTED" && context.workflowType === WorkflowType.Express
            ? [
                  {
                      at: `${at}.ItemProcessor.ProcessorConfig.Mode`,
                      shown: "DISTRIBUTED",
                      allowed: `INLINE in an ${WorkflowType.Express} workflow`,
                  },
              ]
            : []),
    ];
}
