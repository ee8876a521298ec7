/** Takes the region that writes away for a rehearsal, and gives it back. */
import { DrillError } from "../errors";
import { type Context, type Step } from "../engine/step";
import { type FaultTopology } from "../topology/types";
import { type ChangeRequest, regionsOf } from "./roles";

function faultOf({ topology }: Pick<Context, "topology">): FaultTopology {
    if (topology.fault === undefined) {
        throw new DrillError(
            "a rehearsal of a failover needs commands that take the primary away and give it back",
            "Give fault.strike and fault.heal in the drill's settings: see docs/drill.md.",
        );
    }
    return topology.fault;
}

/** Runs the command that takes the primary away. */
export function strike(request: ChangeRequest): Step {
    const { source } = regionsOf(request);
    return {
        id: `${request.scope}strike`,
        title: `Take ${source.key} away`,
        kind: "change",
        why: "A failover can only be rehearsed against a fault. The command is yours: an AWS FIS experiment, for instance.",
        timeoutSeconds: 600,
        cleanedBy: `${request.scope}heal`,
        describe: (context) => `run ${faultOf(context).strike.join(" ")}`,
        run: async (context) => {
            await context.command(faultOf(context).strike);
            return undefined;
        },
    };
}

/** Runs the command that gives the region back, whatever went wrong. */
export function heal(request: ChangeRequest): Step {
    const { source } = regionsOf(request);
    return {
        id: `${request.scope}heal`,
        title: `Give ${source.key} back`,
        kind: "cleanup",
        why: "Also when a step before it failed: the fault must not outlive the rehearsal.",
        timeoutSeconds: 600,
        describe: (context) => `run ${faultOf(context).heal.join(" ")}`,
        run: async (context) => {
            await context.command(faultOf(context).heal);
            return undefined;
        },
    };
}
