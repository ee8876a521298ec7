import { askDomain } from "../shared/openSearch";
import { sleep } from "../shared/waiting";
import { prepareDomain, type PreparationEvent } from "./preparation";

const ANSWER_MILLISECONDS = 15_000;

/** Prepares a search domain for its users. Called by Pulumi while it deploys, as the domain's master role. */
export async function handler(event: PreparationEvent): Promise<{ done: string }> {
    const done = await prepareDomain(event, {
        ask: askDomain(ANSWER_MILLISECONDS),
        // Three minutes, within the function's own time: a new domain's name may take one to be known.
        patience: { attempts: 18, pause: 10_000, sleep },
    });
    console.log(done);
    return { done };
}
