/** Regions as operators name them. */
import { UsageError } from "../errors";
import { regionOf, type RegionTopology, type Topology } from "../topology/types";

/**
 * The region that an option names, by its key or by AWS's name.
 *
 * @throws UsageError that lists what is allowed.
 */
export function namedRegion(
    topology: Topology,
    option: "region" | "to",
    name: string | undefined,
): RegionTopology {
    const found = name === undefined ? undefined : regionOf(topology, name);
    if (found === undefined) {
        const keys = topology.regions.map(({ key }) => key).join(", ");
        throw new UsageError(`--${option} is ${name ?? "missing"}; allowed: ${keys}`);
    }
    return found;
}
