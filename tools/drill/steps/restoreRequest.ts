/** What a restore test is asked to restore, and the names of what it makes. */
import { createHash } from "node:crypto";
import { type Context } from "../engine/step";
import { requireRegion, type Topology } from "../topology/types";

/** What kinds of resources are restored. */
export type RestoreResource = "Aurora" | "DynamoDB";

/** What is restored, and where. */
export interface RestoreRequest {
    readonly topology: Topology;
    readonly scope: string;
    /** Key of the region whose vault is restored from. */
    readonly region: string;
    readonly resource: RestoreResource;
    /** Name of the vault; left out: the region's own of that kind of resource. */
    readonly vault?: string;
}

/** Ends the name of everything that a restore test makes, and marks it as its own. */
export function throwAwaySuffix(runId: string): string {
    return `drill-${createHash("sha256").update(runId).digest("hex").slice(0, 10)}`;
}

/** The name of what a run restores into. */
export function restoredName(context: Pick<Context, "runId">, request: RestoreRequest): string {
    const region = requireRegion(request.topology, request.region);
    const base = request.resource === "Aurora" ? region.clusterIdentifier : (region.personalDataTable ?? "");
    // RDS allows 63 characters, no two hyphens in a row, none at the end.
    return `${base.slice(0, 40).replace(/-+$/, "")}-${throwAwaySuffix(context.runId)}`;
}
