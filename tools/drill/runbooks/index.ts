/** All verbs that change something. */
import { type Runbook } from "../engine/runbook";
import { failover } from "./failover";
import { missing } from "./missing";
import { rehearse } from "./rehearse";
import { restoreTest } from "./restoreTest";
import { failback, switchover } from "./switchover";
import { upgrade } from "./upgrade";

/** A runbook, whatever its parameters are. A journal keeps them as JSON, and gives them back to the same runbook. */
export type AnyRunbook = Runbook<Record<string, unknown>>;

/** The runbooks, in the order of the documentation. */
export const RUNBOOKS: readonly AnyRunbook[] = [
    switchover,
    failover,
    failback,
    rehearse,
    restoreTest,
    missing,
    upgrade,
] as readonly unknown[] as readonly AnyRunbook[];

/** The runbook of a verb. */
export function runbookOf(verb: string): AnyRunbook | undefined {
    return RUNBOOKS.find((runbook) => runbook.verb === verb);
}
