/** Looks at everything that decides whether a failover would work tonight. */
import { globalAnywhere } from "../steps/state";
import { viewsOfWriter } from "../steps/whoWrites";
import { messageOf } from "../errors";
import { lookAt, type Watcher } from "./facts";
import { judgeStatus } from "./judge";
import { type StatusReport } from "./types";

/** Looks, all regions at once, and judges. */
export async function collectStatus(
    watcher: Watcher,
    unfinished: readonly { readonly id: string; readonly at: string }[],
): Promise<StatusReport> {
    const { clock, topology } = watcher;
    const [database, views, regions] = await Promise.all([
        globalAnywhere(watcher, topology.regions).then(
            (value) => ({ value }),
            (error: unknown) => ({ missing: messageOf(error) }),
        ),
        viewsOfWriter(watcher),
        Promise.all(topology.regions.map((region) => lookAt(watcher, region))),
    ]);
    return judgeStatus({ topology, now: clock.now(), database, views, regions, unfinished });
}
