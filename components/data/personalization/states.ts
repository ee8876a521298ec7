/** States of Step Functions as plain data, in JSONata: what the workflows are written in. */

/** What a task is called with and what is kept of it: plain values, outputs, and expressions in `{% %}`. */
export type Values = Readonly<Record<string, unknown>>;

/** Tries again. */
export interface Retry {
    readonly ErrorEquals: readonly string[];
    readonly IntervalSeconds: number;
    readonly MaxAttempts: number;
    readonly BackoffRate: number;
    readonly MaxDelaySeconds: number;
    readonly JitterStrategy: "FULL";
}

/** Goes elsewhere after an error. */
export interface Catch {
    readonly ErrorEquals: readonly string[];
    readonly Next: string;
}

interface Step {
    readonly Comment?: string;
    readonly Assign?: Values;
    readonly Output?: unknown;
}

/** Where it goes on: at another state, or not at all. */
type Onward = { readonly Next: string } | { readonly End: true };

/** A state, in Amazon States Language. */
export type State = Step &
    (
        | (Onward & {
              readonly Type: "Task";
              readonly Resource: string;
              readonly Arguments: Values;
              readonly Retry: readonly Retry[];
              readonly Catch?: readonly Catch[];
          })
        | (Onward & { readonly Type: "Pass" })
        | (Onward & { readonly Type: "Wait"; readonly Seconds: number })
        | {
              readonly Type: "Choice";
              readonly Choices: readonly { readonly Condition: string; readonly Next: string }[];
              readonly Default: string;
          }
        | { readonly Type: "Succeed" }
        | { readonly Type: "Fail"; readonly Error: string; readonly Cause: string }
        | (Onward & {
              readonly Type: "Map";
              readonly Items: unknown;
              readonly ItemProcessor: States & { readonly ProcessorConfig: { readonly Mode: "INLINE" } };
          })
        | (Onward & { readonly Type: "Parallel"; readonly Branches: readonly States[] })
    );

/** States with the one that is first. */
export interface States {
    readonly StartAt: string;
    readonly States: Readonly<Record<string, State>>;
}

/** The definition of a state machine. */
export interface Definition extends States {
    readonly Comment: string;
    readonly QueryLanguage: "JSONata";
    readonly TimeoutSeconds: number;
}

/** An expression. */
export function expression(text: string): string {
    return `{% ${text} %}`;
}

const MINUTE = 60;

/**
 * Tries again what AWS was too busy for, and what a network lost. Step Functions names an error of a service after
 * the service, and one that its model does not know `<Service>.<Service>Exception`, such as throttling.
 * Source: AWS Step Functions Developer Guide, "Integrating other services", "Exception prefix".
 */
function patiently(service: string, also: readonly string[]): Retry {
    return {
        ErrorEquals: [
            ...also.map((name) => `${service}.${name}`),
            `${service}.${service}Exception`,
            `${service}.SdkClientException`,
        ],
        IntervalSeconds: 10,
        MaxAttempts: 8,
        BackoffRate: 2,
        MaxDelaySeconds: 10 * MINUTE,
        JitterStrategy: "FULL",
    };
}

type Task = Extract<State, { Type: "Task" }>;

/** What a task is, beside where it goes on. */
export type Call = Pick<Task, "Type" | "Resource" | "Arguments" | "Retry">;

/** A call of Amazon Personalize. */
export function personalize(action: string, args: Values): Call {
    // What is being changed already can be changed a while later.
    return call(
        "personalize",
        action,
        args,
        patiently("Personalize", ["LimitExceededException", "ResourceInUseException"]),
    );
}

/** A call of Amazon S3. */
export function s3(action: string, args: Values): Call {
    return call("s3", action, args, patiently("S3", []));
}

/** A call of Systems Manager. */
export function ssm(action: string, args: Values): Call {
    return call(
        "ssm",
        action,
        args,
        patiently("Ssm", ["TooManyUpdatesException", "InternalServerErrorException"]),
    );
}

function call(service: string, action: string, args: Values, retry: Retry): Call {
    return {
        Type: "Task",
        Resource: `arn:aws:states:::aws-sdk:${service}:${action}`,
        Arguments: args,
        Retry: [retry],
    };
}

/** Errors of Amazon Personalize that a workflow expects. */
export const ALREADY_THERE = "Personalize.ResourceAlreadyExistsException";
export const NOT_THERE = "Personalize.ResourceNotFoundException";
