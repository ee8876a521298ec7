/** Brings a region up from code as a throw-away stack, looks whether it lives, and destroys it. */
import { DrillError, RefusedError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { type Look, waitInStep } from "../engine/wait";
import { isWell, showAnswer } from "../outside";
import { type StackRequest } from "../stacks";
import { throwAwaySuffix } from "./restoreRequest";

/** A region to be made from code. */
export interface FromCodeRequest {
    readonly scope: string;
    /** Key of the region in the catalogue. */
    readonly region: string;
    /** AWS region. */
    readonly awsRegion: string;
    /** The stack's configuration. */
    readonly config: Readonly<Record<string, string>>;
    /** The account that the stack must be made in. */
    readonly accountId: string;
    /** What answers when the stack lives. */
    readonly healthUrl: string;
}

/** The stack's name: its environment is this run's alone. */
export function throwAwayStack(context: Pick<Context, "runId">, request: FromCodeRequest): StackRequest {
    return { name: `${throwAwaySuffix(context.runId)}-${request.region}`, config: request.config };
}

/** The steps of a restore from code. */
export function fromCodeSteps(request: FromCodeRequest): Step[] {
    const { awsRegion, scope } = request;
    return [
        {
            id: `${scope}account`,
            title: "Check the account",
            kind: "check",
            why: "The stack is made in the account that was named, and in no other.",
            timeoutSeconds: 60,
            looksAgain: true,
            describe: () => `the credentials must be of account ${request.accountId}`,
            run: async ({ aws }) => {
                const actual = await aws.in(awsRegion).accountId();
                if (actual !== request.accountId) {
                    throw new RefusedError(
                        [
                            `the credentials are of account ${actual}, and the stack is for ${request.accountId}`,
                        ],
                        "No stack was made.",
                    );
                }
                return undefined;
            },
        },
        {
            id: `${scope}up`,
            title: "Bring the stack up",
            kind: "change",
            why: "What is only in the console, or only in somebody's head, does not come up.",
            timeoutSeconds: 5400,
            cleanedBy: `${scope}destroy`,
            describe: (context) => `pulumi up of ${throwAwayStack(context, request).name} in ${awsRegion}`,
            run: async (context) => {
                context.facts.set(`${scope}restore-began`, context.clock.now());
                const outputs = await context.stacks.up(throwAwayStack(context, request), context.log);
                if (typeof outputs["region"] === "string" && outputs["region"] !== awsRegion) {
                    throw new DrillError(
                        `the stack came up in ${outputs["region"]}, and not in ${awsRegion}`,
                    );
                }
                return `${Object.keys(outputs).length} outputs`;
            },
        },
        {
            id: `${scope}verify-stack`,
            title: "Verify that it answers",
            kind: "measure",
            why: "Up is not alive: the health path must answer from outside, through DNS, CloudFront and the balancer.",
            timeoutSeconds: 1800,
            describe: () => `ask ${request.healthUrl}`,
            run: async (context) => {
                const { clock, outside } = context;
                const text = await waitInStep(context, {
                    what: `${request.healthUrl} to answer`,
                    hint: "Look at the target group's health and the instances' logs.",
                    look: async (): Promise<Look<string>> => {
                        const answer = await outside.get(request.healthUrl, 4000);
                        const seen = showAnswer(answer);
                        return isWell(answer) ? { done: true, value: seen } : { done: false, seen };
                    },
                });
                context.facts.set(`${scope}verified`, clock.now());
                return text;
            },
        },
        {
            id: `${scope}destroy`,
            title: "Destroy the stack",
            kind: "cleanup",
            why: "Also when a step before it failed: a region costs money by the hour.",
            timeoutSeconds: 5400,
            describe: (context) =>
                `pulumi destroy of ${throwAwayStack(context, request).name}, and its removal`,
            run: async (context) => {
                await context.stacks.destroy(throwAwayStack(context, request), context.log);
                return "gone";
            },
        },
    ];
}
