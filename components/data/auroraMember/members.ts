/**
 * Regions that a global database may have beside its writer's. Source: Aurora User Guide, "Configuration requirements
 * of an Amazon Aurora global database".
 */
export const SECONDARIES_MAX = 10;

/** Instances that a cluster may have: a writer and 15 readers. */
export const INSTANCES_MAX = 16;

/**
 * Instances that each member may have, whichever region writes: every secondary cluster takes the place of one reader
 * in the writer's. Source: as above.
 *
 * @param secondaries How many secondary clusters the global database has.
 */
export function memberInstancesMax(secondaries: number): number {
    return INSTANCES_MAX - secondaries;
}
