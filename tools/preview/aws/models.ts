/** All models of AWS resource types, by type. */
import { type ModelTable } from "./model";
import { BALANCING_TABLE } from "./tables/balancing";
import { DATABASE_TABLE } from "./tables/database";
import { EC2_TABLE } from "./tables/ec2";
import { EDGE_TABLE } from "./tables/edge";
import { PLATFORM_TABLE } from "./tables/platform";
import { SECURITY_TABLE } from "./tables/security";

/** How each type that the preview knows is named and described. Others get a name, an ARN and no more. */
export const MODELS: ModelTable = {
    ...EC2_TABLE,
    ...BALANCING_TABLE,
    ...DATABASE_TABLE,
    ...SECURITY_TABLE,
    ...EDGE_TABLE,
    ...PLATFORM_TABLE,
};
