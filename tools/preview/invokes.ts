/** Answers to providers' functions. */
import { answerAws } from "./aws/invokes";
import { accountOf, regionOf } from "./aws/provider";
import { type InvokeCall } from "./monitor";
import { type Properties } from "./types";
import { packageOf } from "./urn";

/** An answer, and the region that it is about. */
export interface InvokeAnswer {
    readonly result: Properties;
    readonly region?: string;
}

/** Answers a call of a provider's function. */
export function answerInvoke(call: InvokeCall, provider: Properties): InvokeAnswer {
    if (packageOf(call.token) === "aws") {
        const own = call.args["region"];
        const region = typeof own === "string" && own !== "" ? own : regionOf(provider);
        if (region === undefined) {
            throw new Error(`${call.token} has no region: give it one, or a provider or parent that has one`);
        }
        const result = answerAws(call.token, { args: call.args, region, account: accountOf(provider) });
        if (result !== undefined) {
            return { result, region };
        }
    }
    throw new Error(
        `The offline preview has no answer for the function ${call.token}: add one to tools/preview/aws/invokes.ts, or pass what it would find as configuration`,
    );
}
