import type * as pulumi from "@pulumi/pulumi";

import { ServerlessFunction } from "../../components/compute";
import { DaxCluster } from "../../components/data";
import { lambdaCode, type RegionalFoundation } from "../../components/operations";
import { linksIn } from "../shared/links";
import { type Needs, tableNeeds, together } from "../shared/needs";
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
    const { region, accountId, tracingLayerArn } = settings;
    const { tiers } = network;
    const alarmTopicArns = [foundation.alarmTopicArn];
    const dax = new DaxCluster(
        "commerce-dax",
        {
            region,
            accountId,
            vpcId: tiers.vpcId,
            subnetIds: network.storeSubnetIds,
            permissions: [tables.products.read, tables.products.write],
            // What the other region, or anybody else, writes past the cluster shows after a minute.
            itemTtlSeconds: 60,
            queryTtlSeconds: 60,
            alarmTopicArns,
        },
        opts,
    );
    const cache: Needs = {
        permissions: [dax.connectPermissions],
        environment: { DAX_ENDPOINT: dax.endpoint, EDITOR_GROUP: EDITORS },
    };
    const functions = eachFunction((name) => {
        const [variable, table] = TABLE_OF[name];
        const own = tableNeeds(variable, tables[table]);
        const { environment, permissions } = name === "catalogue" ? together(own, cache) : own;
        return new ServerlessFunction(
            `commerce-${name}`,
            {
                region,
                accountId,
                description: PURPOSES[name],
                code: lambdaCode(name),
                memorySize: 1024,
                environment: {
                    ...environment,
                    POWERTOOLS_SERVICE_NAME: name,
                    ALLOWED_ORIGINS: `https://${settings.domainName}`,
                    BASE_PATH: "/api",
                },
                permissions,
                ...(name === "catalogue"
                    ? { network: { vpcId: tiers.vpcId, subnetIds: tiers.apiSubnetIds } }
                    : {}),
                deployment: {},
                ...(tracingLayerArn === undefined
                    ? {}
                    : { tracing: { layerArn: tracingLayerArn, serviceName: name } }),
                reservedConcurrency: 100,
                kmsKeyArn: foundation.kmsKeyArn,
                logRetentionDays: settings.logRetentionDays,
                alarmTopicArns,
                tags: { "data-classification": "confidential" },
            },
            opts,
        );
    });
    const { securityGroupId } = functions.catalogue;
    if (securityGroupId !== undefined) {
        const link = linksIn(region, opts);
        link(
            "commerce-to-dax",
            { catalogue: securityGroupId },
            dax.securityGroupId,
            DAX_PORT,
            "Catalogue by way of DAX",
        );
    }
    return { functions, dax };
}

/** Where DAX listens with TLS. */
const DAX_PORT = 9111;

function eachFunction<T>(make: (name: FunctionName) => T): Record<FunctionName, T> {
    return Object.fromEntries(FUNCTION_NAMES.map((name) => [name, make(name)])) as Record<FunctionName, T>;
}
