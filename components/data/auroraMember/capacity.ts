import { type AuroraCapacity } from "./args";

/** The smallest step of capacity. Source: Aurora User Guide, "Aurora Serverless v2 capacity". */
export const CAPACITY_STEP = 0.5;

/** What AWS asks of the writer of a global database. Source: Aurora User Guide, "Configuration requirements". */
export const WRITER_FLOOR = 8;

/** The floor that a member has in its present role. */
export function floorOf(capacity: AuroraCapacity, isWriter: boolean): number {
    return isWriter ? capacity.minCapacity : (capacity.standbyMinCapacity ?? capacity.minCapacity);
}

/** What to tell the operator when a floor is too low for a writer; undefined when it is fine. */
export function floorWarning(capacity: AuroraCapacity, isWriter: boolean): string | undefined {
    const floor = floorOf(capacity, isWriter);
    return isWriter && floor < WRITER_FLOOR
        ? `the writer's capacity may fall to ${floor} ACU, and AWS asks for ${WRITER_FLOOR} at least on the writer of a ` +
              "global database: replication may lag when it has shrunk. Raise capacity.minCapacity."
        : undefined;
}

const GIBIBYTE = 2 ** 30;
const GIBIBYTES_PER_ACU = 2;

// PostgreSQL's max_connections on Aurora is the memory at full capacity divided by this, up to 5000, or up to
// 2000 where the floor is half a unit or none. Source: Aurora User Guide, "Maximum connections for Aurora Serverless v2".
const BYTES_PER_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;
const MOST_CONNECTIONS_FROM_HALF = 2000;

// The instance keeps a part of its memory from the formula: the User Guide's table is 5 to 9 % below it from 2
// units up.
const MEMORY_FOR_CONNECTIONS = 0.9;

/** About how many connections one instance takes. Rather too few than too many, because an alarm follows it. */
export function connectionsOf(capacity: AuroraCapacity, isWriter: boolean): number {
    const memory = capacity.maxCapacity * GIBIBYTES_PER_ACU * GIBIBYTE * MEMORY_FOR_CONNECTIONS;
    const most = floorOf(capacity, isWriter) <= CAPACITY_STEP ? MOST_CONNECTIONS_FROM_HALF : MOST_CONNECTIONS;
    return Math.min(most, Math.floor(memory / BYTES_PER_CONNECTION));
}
