/** All models of AWS resource types, by type. */
import { type Model } from "./model";
import { BALANCING_TABLE } from "./tables/balancing";
import { CONTAINERS_TABLE } from "./tables/containers";
import { DATABASE_TABLE } from "./tables/database";
import { DOCUMENTS_TABLE } from "./tables/documents";
import { DELIVERY_TABLE } from "./tables/delivery";
import { EC2_TABLE } from "./tables/ec2";
import { EDGE_TABLE } from "./tables/edge";
import { IDENTITY_TABLE } from "./tables/identity";
import { KEY_VALUE_TABLE } from "./tables/keyValue";
import { MESSAGING_TABLE } from "./tables/messaging";
import { PLATFORM_TABLE } from "./tables/platform";
import { SECURITY_TABLE } from "./tables/security";

const BY_CLASS = {
    ...EC2_TABLE,
    ...BALANCING_TABLE,
    ...DATABASE_TABLE,
    ...KEY_VALUE_TABLE,
    ...SECURITY_TABLE,
    ...IDENTITY_TABLE,
    ...EDGE_TABLE,
    ...PLATFORM_TABLE,
    ...DOCUMENTS_TABLE,
    ...CONTAINERS_TABLE,
    ...DELIVERY_TABLE,
    ...MESSAGING_TABLE,
};

/** How each type that the preview knows is named and described. Others get a name, an ARN and no more. */
export const MODELS: Readonly<Record<string, Model>> = Object.fromEntries(
    Object.entries(BY_CLASS).map(([name, model]) => [typeOfClass(name), model]),
);

/** The type of a class: `aws:ec2/vpc:Vpc` of `ec2.Vpc`. */
function typeOfClass(name: string): string {
    const [module = "", type = ""] = name.split(".");
    return `aws:${module}/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
}
