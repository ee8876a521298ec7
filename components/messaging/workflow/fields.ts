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
