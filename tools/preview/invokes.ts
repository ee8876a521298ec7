/** Answers to providers' functions. */
import { answerAws, isSameEverywhere } from "./aws/invokes";
import { accountOf, regionOf } from "./aws/provider";
import { declaredAnswer } from "./declared";
import { type InvokeCall } from "./monitor";
import { standardAnswer } from "./standardFunctions";
import { type Properties } from "./types";
import { packageOf } from "./urn";

/** An answer, and the region that it is about. */
export interface InvokeAnswer {
    readonly result: Properties;
    readonly region?: string;
    /** What the reader is to be told of it. */
    readonly note?: string;
}

/**
 * Answers a call of a provider's function.
 *
 * @throws Error where the preview has no answer.
 */
export function answerInvoke(call: InvokeCall, provider: Properties): InvokeAnswer {
    const answer = knownAnswer(call, provider);
    if (answer === undefined) {
        throw new Error(
            `The offline preview has no answer for the function ${call.token}: add one to tools/preview/aws/invokes.ts, or pass what it would find as configuration`,
        );
    }
    return answer;
}

/** Answers a call whatever it is of, and says where the answer is made up. */
export function answerAnyInvoke(call: InvokeCall, provider: Properties): InvokeAnswer {
    const { token, args } = call;
    const isAws = packageOf(token) === "aws";
    const region = (isAws ? regionOfCall(call, provider) : regionOf(provider)) ?? "";
    const known = knownOrNothing(call, provider);
    if (known !== undefined && (!isAws || isSameEverywhere(token))) {
        return known;
    }
    const declared = declaredAnswer({ token, args, region, account: accountOf(provider) });
    const name = functionName(token);
    return {
        // What is known has the members that programs use most; what is declared has all.
        result: { ...declared, ...known?.result },
        ...(isAws ? { region } : {}),
        note:
            known === undefined && declared === undefined
                ? `${name} is answered with nothing: no package of the project says what it returns`
                : `${name} is answered with made-up values, since nobody is asked`,
    };
}

function knownAnswer(call: InvokeCall, provider: Properties): InvokeAnswer | undefined {
    switch (packageOf(call.token)) {
        case "std": {
            const result = standardAnswer(call.token, call.args);
            return result === undefined ? undefined : { result };
        }
        case "aws": {
            const region = regionOfCall(call, provider);
            if (region === undefined) {
                throw new Error(
                    `${call.token} has no region: give it one, or a provider or parent that has one`,
                );
            }
            const account = accountOf(provider);
            const result = answerAws(call.token, { args: call.args, region, account });
            return result === undefined ? undefined : { result, region };
        }
        default:
            return undefined;
    }
}

/** As {@link knownAnswer}, with nothing for a question that AWS itself would not answer. */
function knownOrNothing(call: InvokeCall, provider: Properties): InvokeAnswer | undefined {
    try {
        return knownAnswer(call, provider);
    } catch {
        // Whoever asks is told that the answer is made up.
        return undefined;
    }
}

function regionOfCall({ args }: InvokeCall, provider: Properties): string | undefined {
    const own = args["region"];
    return typeof own === "string" && own !== "" ? own : regionOf(provider);
}

/** As programs write it: `aws.ec2.getVpc` for `aws:ec2/getVpc:getVpc`. */
function functionName(token: string): string {
    const [pkg = "", path = "", name = ""] = token.split(":");
    const module = path.split("/")[0] ?? "";
    return [pkg, ...(module === "index" || module === "" ? [] : [module]), name].join(".");
}
