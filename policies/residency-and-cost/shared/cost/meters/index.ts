import { computeMeters } from "./compute";
import { dataMeters } from "./data";
import { edgeMeters } from "./edge";
import { type Meters } from "./meter";
import { networkMeters } from "./network";
import { operationsMeters } from "./operations";

/** What each type of resource that costs something is charged for. */
export const METERS: Meters = {
    ...computeMeters,
    ...networkMeters,
    ...edgeMeters,
    ...dataMeters,
    ...operationsMeters,
};
