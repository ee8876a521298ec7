/** States of Step Functions as plain data, in JSONata: what typed definitions are written in. */

/** What a call is made with and what is kept of it: plain values, placeholders in `${}` and expressions in `{% %}`. */
export type Values = Readonly<Record<string, unknown>>;

/** Tries again after an error. */
export interface WorkflowRetry {
    /** Names of errors. `States.ALL` stands alone, and in the last one. */
    readonly ErrorEquals: readonly string[];
    readonly IntervalSeconds?: number;
    readonly MaxAttempts?: number;
    readonly BackoffRate?: number;
    readonly MaxDelaySeconds?: number;
    readonly JitterStrategy?: "FULL" | "NONE";
}

/** Goes elsewhere after an error. */
export interface WorkflowCatch {
    readonly ErrorEquals: readonly string[];
    readonly Next: string;
    readonly Output?: unknown;
    readonly Assign?: Values;
}

interface Step {
    readonly Comment?: string;
    readonly Assign?: Values;
    readonly Output?: unknown;
}

/** Where it goes on: at another state, or not at all. */
export type Onward = { readonly Next: string } | { readonly End: true };

/** What may fail and be tried again. */
interface Fallible {
    readonly Retry?: readonly WorkflowRetry[];
    readonly Catch?: readonly WorkflowCatch[];
}

/** A call of something: what `invokeFunction` and its neighbours make. */
export interface WorkflowTask extends Step, Fallible {
    readonly Type: "Task";
    readonly Resource: string;
    readonly Arguments: Values;
    readonly TimeoutSeconds?: number | string;
    readonly HeartbeatSeconds?: number | string;
}

/** A state, in Amazon States Language with JSONata. */
export type WorkflowState =
    | (WorkflowTask & Onward)
    | (Step & Onward & { readonly Type: "Pass" })
    | (Step & Onward & { readonly Type: "Wait"; readonly Seconds: number | string })
    | (Step & Onward & { readonly Type: "Wait"; readonly Timestamp: string })
    | (Step & {
          readonly Type: "Choice";
          readonly Choices: readonly {
              readonly Condition: string;
              readonly Next: string;
              readonly Output?: unknown;
              readonly Assign?: Values;
          }[];
          readonly Default: string;
      })
    | (Step & { readonly Type: "Succeed" })
    | { readonly Type: "Fail"; readonly Error: string; readonly Cause: string; readonly Comment?: string }
    | (Step &
          Fallible &
          Onward & {
              readonly Type: "Map";
              readonly Items: unknown;
              readonly ItemSelector?: Values;
              readonly MaxConcurrency?: number;
              readonly ItemProcessor: WorkflowStates & {
                  readonly ProcessorConfig: { readonly Mode: "INLINE" };
              };
          })
    | (Step &
          Fallible &
          Onward & { readonly Type: "Parallel"; readonly Branches: readonly WorkflowStates[] });

/** States, with the one that is first. */
export interface WorkflowStates {
    readonly StartAt: string;
    readonly States: Readonly<Record<string, WorkflowState>>;
}

/** A workflow as a whole. */
export interface WorkflowDefinition extends WorkflowStates {
    readonly Comment: string;
    /** Seconds after which a run is ended. */
    readonly TimeoutSeconds: number;
}

/** The text of a typed definition, for Workflow's argument `definition`. */
export function workflowDefinition(definition: WorkflowDefinition): string {
    return JSON.stringify({ QueryLanguage: "JSONata", ...definition });
}

/** An expression in JSONata. */
export function expression(text: string): string {
    return `{% ${text} %}`;
}

/** What a called party hands back to go on: it belongs into the payload of a call that waits. */
export const TASK_TOKEN = expression("$states.context.Task.Token");

/** What a call is beside what it calls. */
export interface CallOptions {
    /** Seconds after which the call has failed. Required of calls that wait for a task token. */
    readonly timeoutSeconds?: number;
    /** Seconds within which a party that holds a task token has to say that it is still there. */
    readonly heartbeatSeconds?: number;
    /** Whether the run waits until somebody hands back the task token, which must be in the payload. */
    readonly waitForTaskToken?: boolean;
    /** What comes out, in JSONata. The answer as it is when left out. */
    readonly output?: unknown;
    /** Variables that are set. */
    readonly assign?: Values;
    /** Attempts after errors, beside those after what AWS was too busy for. */
    readonly retry?: readonly WorkflowRetry[];
    /** Where it goes on after errors. */
    readonly catch?: readonly WorkflowCatch[];
}

/** Errors of AWS's own that pass: throttling, and what a network lost. */
const PASSING: Readonly<Record<string, readonly string[]>> = {
    "lambda:invoke": [
        "Lambda.ClientExecutionTimeoutException",
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.TooManyRequestsException",
    ],
    "sqs:sendMessage": ["SQS.AmazonSQSException", "SQS.SdkClientException"],
    "sns:publish": ["SNS.AmazonSNSException", "SNS.SdkClientException"],
    "events:putEvents": [
        "EventBridge.AmazonEventBridgeException",
        "EventBridge.FailedEntry",
        "EventBridge.SdkClientException",
    ],
};

function call(integration: string, args: Values, options: CallOptions): WorkflowTask {
    const waits = options.waitForTaskToken === true;
    return {
        Type: "Task",
        Resource: `arn:aws:states:::${integration}${waits ? ".waitForTaskToken" : ""}`,
        Arguments: args,
        ...(options.timeoutSeconds === undefined ? {} : { TimeoutSeconds: options.timeoutSeconds }),
        ...(options.heartbeatSeconds === undefined ? {} : { HeartbeatSeconds: options.heartbeatSeconds }),
        ...(options.output === undefined ? {} : { Output: options.output }),
        ...(options.assign === undefined ? {} : { Assign: options.assign }),
        Retry: [
            {
                ErrorEquals: PASSING[integration] ?? [],
                IntervalSeconds: 2,
                MaxAttempts: 6,
                BackoffRate: 2,
                JitterStrategy: "FULL",
            },
            ...(options.retry ?? []),
        ],
        ...(options.catch === undefined ? {} : { Catch: options.catch }),
    };
}

/** Calls a function, or its alias, and takes its answer. With a task token it waits until the token comes back instead. */
export function invokeFunction(
    functionArn: string,
    payload: Values,
    options: CallOptions = {},
): WorkflowTask {
    return call(
        "lambda:invoke",
        { FunctionName: functionArn, Payload: payload },
        {
            // What surrounds the answer is nobody's concern.
            ...(options.waitForTaskToken === true ? {} : { output: expression("$states.result.Payload") }),
            ...options,
        },
    );
}

/** Sends a message to a queue. */
export function sendMessage(queueUrl: string, body: Values, options: CallOptions = {}): WorkflowTask {
    return call("sqs:sendMessage", { QueueUrl: queueUrl, MessageBody: body }, options);
}

/** Publishes a message to a topic. */
export function publishMessage(topicArn: string, message: Values, options: CallOptions = {}): WorkflowTask {
    return call("sns:publish", { TopicArn: topicArn, Message: message }, options);
}

/** Puts an event on a bus. */
export function putEvent(
    event: { busName: string; source: string; detailType: string; detail: Values },
    options: CallOptions = {},
): WorkflowTask {
    return call(
        "events:putEvents",
        {
            Entries: [
                {
                    EventBusName: event.busName,
                    Source: event.source,
                    DetailType: event.detailType,
                    Detail: event.detail,
                },
            ],
        },
        options,
    );
}
