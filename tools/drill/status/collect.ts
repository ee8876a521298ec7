/** Looks at everything that decides whether a failover would work tonight. */
import { globalAnywhere } from "../steps/state";
import { viewsOfWriter } from "../steps/whoWrites";
import { messageOf } from "../errors";
import { lookAt, type Watcher } from "./facts";
import { judgeStatus } from "./judge";
import { lookAtPlan } from "./plan";
import { lookAtRouting } from "./routing";
import { type StatusReport } from "./types";

/** Looks, all regions at once, and judges. */
export async function collectStatus(
    watcher: Watcher,
    unfinished: readonly { readonly id: string; readonly at: string }[],
): Promise<StatusReport> {
    const { clock, topology } = watcher;
    const [views, routing, plan, regions] = await Promise.all([
        viewsOfWriter(watcher),
        lookAtRouting(watcher),
        lookAtPlan(watcher),
        Promise.all(topology.regions.map((region) => lookAt(watcher, region))),
    ]);
    const [first] = views.answered;
    // A region may show the global database, and not its own cluster.
    const database =
        first === undefined
            ? await globalAnywhere(watcher, topology.regions).then(
                  (value) => ({ value }),
                  (error: unknown) => ({ missing: messageOf(error) }),
              )
            : { value: first.database };
    return judgeStatus({ topology, now: clock.now(), database, views, routing, plan, regions, unfinished });
}
