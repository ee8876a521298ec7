import { isObject } from "../../shared/argumentRules";

/** Which fields states have. Source: Amazon States Language (states-language.net), and AWS Step Functions Developer Guide. */

/** Fields that states in JSONata alone have. */
export const JSONATA_FIELDS: readonly string[] = ["Arguments", "Output", "Items"];

/** Fields that states in JSONPath alone have. */
export const JSONPATH_FIELDS: readonly string[] = [
    "InputPath",
    "OutputPath",
    "Parameters",
    "ResultSelector",
    "ResultPath",
    "Result",
    "SecondsPath",
    "TimestampPath",
    "TimeoutSecondsPath",
    "HeartbeatSecondsPath",
    "ErrorPath",
    "CausePath",
    "ItemsPath",
    "MaxConcurrencyPath",
    "ToleratedFailurePercentagePath",
    "ToleratedFailureCountPath",
    "Iterator",
];

const ALL = ["Type", "Comment", "QueryLanguage"];
const PATHS = ["InputPath", "OutputPath"];
const ONWARD = ["Next", "End"];
const KEPT = ["Assign", "Output"];
const RESULT = ["Arguments", "Parameters", "ResultSelector", "ResultPath"];
const FALLIBLE = ["Retry", "Catch"];

/** Fields of states, by their types. */
export const STATE_FIELDS: Readonly<Record<string, readonly string[]>> = {
    Task: [
        ...[...ALL, ...PATHS, ...ONWARD, ...KEPT, ...RESULT, ...FALLIBLE],
        ...["Resource", "Credentials"],
        ...["TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"],
    ],
    Pass: [...ALL, ...PATHS, ...ONWARD, ...KEPT, "Result", "ResultPath", "Parameters"],
    Wait: [
        ...[...ALL, ...PATHS, ...ONWARD, ...KEPT],
        ...["Seconds", "Timestamp", "SecondsPath", "TimestampPath"],
    ],
    Choice: [...ALL, ...PATHS, ...KEPT, "Choices", "Default"],
    Succeed: [...ALL, ...PATHS, "Output"],
    Fail: [...ALL, "Error", "Cause", "ErrorPath", "CausePath"],
    Parallel: [...ALL, ...PATHS, ...ONWARD, ...KEPT, ...RESULT, ...FALLIBLE, "Branches"],
    Map: [
        ...[...ALL, ...PATHS, ...ONWARD, ...KEPT, ...FALLIBLE],
        ...["Parameters", "ResultSelector", "ResultPath"],
        ...["ItemProcessor", "Iterator", "Items", "ItemsPath", "ItemSelector", "ItemReader", "ItemBatcher"],
        ...["ResultWriter", "MaxConcurrency", "MaxConcurrencyPath", "Label"],
        ...["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
        ...["ToleratedFailureCount", "ToleratedFailureCountPath"],
    ],
};

/** The fields that a state of a type cannot be without. */
export const REQUIRED_FIELDS: Readonly<Record<string, readonly string[]>> = {
    Task: ["Resource"],
    Choice: ["Choices"],
    Parallel: ["Branches"],
};

/** Where a state goes on. */
export const ENDINGS: readonly string[] = ["Succeed", "Fail"];

/** What a field's value must be, beside what else is asked of it. */
const isText = (value: unknown): boolean => typeof value === "string";
const isList = (value: unknown): boolean => Array.isArray(value);
/** Whether a value is an expression in JSONata, or begins as one. */
export const isExpression = (value: unknown): boolean => isText(value) && String(value).startsWith("{%");
const isObjectOrExpression = (value: unknown): boolean => isObject(value) || isExpression(value);
const isNumberOrExpression = (value: unknown): boolean => typeof value === "number" || isExpression(value);

/** The kinds of fields' values, in words and as a test. */
export const FIELD_KINDS: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
    ...Object.fromEntries(
        [
            ...["Comment", "Next", "Default", "Resource", "Timestamp", "Error", "Label"],
            ...["InputPath", "OutputPath", "ResultPath", "ItemsPath", "SecondsPath", "TimestampPath"],
            ...["JitterStrategy", "QueryLanguage", "StartAt", "Version"],
        ].map((field) => [field, ["a text", isText] as const]),
    ),
    ...Object.fromEntries(
        ["Choices", "Branches", "Retry", "Catch"].map((field) => [field, ["a list", isList] as const]),
    ),
    ...Object.fromEntries(
        ["ItemProcessor", "Iterator", "ProcessorConfig", "States", "Assign"].map((field) => [
            field,
            ["an object", isObject] as const,
        ]),
    ),
    ...Object.fromEntries(
        ["Seconds", "MaxConcurrency", "TimeoutSeconds", "HeartbeatSeconds"].map((field) => [
            field,
            ["a number, or an expression", isNumberOrExpression] as const,
        ]),
    ),
    Arguments: ["an object, or an expression", isObjectOrExpression],
    Items: ["a list, or an expression", (value) => isList(value) || isExpression(value)],
    Cause: ["a text that says something", (value) => isText(value) && value !== ""],
    End: ["true", (value) => value === true],
};

/** Paths that may be null: nothing is taken, or nothing kept. */
export const NULLABLE_FIELDS: readonly string[] = ["InputPath", "OutputPath", "ResultPath"];
