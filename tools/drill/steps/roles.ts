/** What the steps that move the writer are about. */
import { type RegionTopology, requireRegion, type Topology } from "../topology/types";

/** Who writes before, and who after. Keys of regions. */
export interface Roles {
    readonly from: string;
    readonly to: string;
    /** Whether the target writes already, so that nothing but the rest is to be done: an earlier run may lack it. */
    readonly finishing?: true;
    /** Whether a plan of ARC Region switch makes the change. */
    readonly byPlan?: true;
}

/** A runbook's steps for a change of the writer, as part of another runbook or by themselves. */
export interface ChangeRequest extends Roles {
    readonly topology: Topology;
    /** Goes before ids of steps and names of facts: empty, or such as `switchover/`. */
    readonly scope: string;
}

/** What says that a step waits for the effect of a point of no return, where it does. */
export function awaiting({ awaits, scope }: { readonly awaits?: string; readonly scope: string }): {
    readonly awaits?: string;
} {
    return awaits === undefined ? {} : { awaits: `${scope}${awaits}` };
}

/** The regions of a change. */
export function regionsOf({ from, to, topology }: ChangeRequest): {
    readonly source: RegionTopology;
    readonly target: RegionTopology;
} {
    return { source: requireRegion(topology, from), target: requireRegion(topology, to) };
}
