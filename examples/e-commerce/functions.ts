import type * as pulumi from "@pulumi/pulumi";

import { ServerlessFunction } from "../../components/compute";
import { type DaxCluster } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { DAX_PORT, daxNeeds, stackDax } from "../shared/dax";
import { each } from "../shared/each";
import { functionShape } from "../shared/functions";
import { linksIn } from "../shared/links";
import { tableNeeds, together } from "../shared/needs";
import { type ShopNetwork } from "./network";
import { FUNCTION_NAMES, type FunctionName } from "./serviceTable";
import { type ShopSettings } from "./settings";
import { type ShopTables, TABLE_OF } from "./tables";
import { EDITORS } from "./users";

/** What the functions are for. */
const PURPOSES: Readonly<Record<FunctionName, string>> = {
    catalogue: "What is sold, by category and by product",
    cart: "What people mean to buy",
    sessions: "Sessions of those who have not signed in",
};

/** What runs for a moment, and the cache before its table. */
export interface ShopFunctions {
    readonly functions: Readonly<Record<FunctionName, ServerlessFunction>>;
    readonly dax: DaxCluster;
}

/**
 * Makes the functions. Everybody reads the catalogue, and mostly the same of it, so it is read through DAX, in the network; carts and
 * sessions are read once by the one whose they are, so a cache would only stand in between, and nothing holds them to the network.
 */
export function createFunctions(
    settings: ShopSettings,
    foundation: RegionalFoundation,
    network: ShopNetwork,
    tables: ShopTables,
    opts: pulumi.ComponentResourceOptions,
): ShopFunctions {
    const dax = stackDax("commerce-dax", settings, foundation, network, tables.products, {}, opts);
    const cache = together(daxNeeds(dax), { permissions: [], environment: { EDITOR_GROUP: EDITORS } });
    const functions = each(FUNCTION_NAMES, (name) => {
        const [variable, table] = TABLE_OF[name];
        const own = tableNeeds(variable, tables[table]);
        const isCached = name === "catalogue";
        const shape = functionShape(settings, foundation, name, isCached ? together(own, cache) : own);
        const { vpcId, apiSubnetIds } = network.tiers;
        return new ServerlessFunction(
            `commerce-${name}`,
            {
                ...shape,
                description: PURPOSES[name],
                environment: {
                    ...shape.environment,
                    ALLOWED_ORIGINS: `https://${settings.domainName}`,
                    BASE_PATH: "/api",
                },
                ...(isCached ? { network: { vpcId, subnetIds: apiSubnetIds } } : {}),
                deployment: {},
                reservedConcurrency: 100,
            },
            opts,
        );
    });
    const { securityGroupId } = functions.catalogue;
    if (securityGroupId !== undefined) {
        linksIn(settings.region, opts)(
            "commerce-to-dax",
            { catalogue: securityGroupId },
            dax.securityGroupId,
            DAX_PORT,
            "Catalogue by way of DAX",
        );
    }
    return { functions, dax };
}
