/** The names that the steps of all runbooks have. */
import { type RegionTopology, type Topology } from "../topology/types";
import { RUNBOOKS } from "./index";

/** Regions by the names that the runbooks' examples give them. */
const EXAMPLE_KEYS = ["us", "eu"] as const;

/** Every step's id, with and without the part that it is of, in a topology with these regions. */
export function stepIds(keys: readonly string[]): readonly string[] {
    const region = (key: string): RegionTopology => ({
        key,
        region: key,
        clusterIdentifier: key,
        originHost: key,
        healthUrl: key,
        autoScalingGroups: { web: key, api: key },
        copyVaults: [],
    });
    // Ids depend on the regions' keys alone.
    const example = {
        regions: EXAMPLE_KEYS.map(region),
        limits: {},
        capacity: {},
    } as unknown as Topology;
    const ids = RUNBOOKS.flatMap((runbook) =>
        runbook.examples.flatMap(({ params }) => runbook.steps(params, example).map(({ id }) => id)),
    );
    const own = ids.flatMap((id) => {
        const [, stem] = /^(.*-)(?:us|eu)$/.exec(id) ?? [];
        return stem === undefined ? [id] : keys.map((key) => `${stem}${key}`);
    });
    return [...new Set(own.flatMap((id) => [id, id.slice(id.lastIndexOf("/") + 1)]))];
}
