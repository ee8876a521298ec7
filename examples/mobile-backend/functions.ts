import type * as pulumi from "@pulumi/pulumi";

import { ServerlessFunction } from "../../components/compute";
import { type DaxCluster } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { DAX_PORT, daxNeeds, stackDax } from "../shared/dax";
import { functionShape } from "../shared/functions";
import { linksIn } from "../shared/links";
import { tableNeeds, together } from "../shared/needs";
import { type NetworkWithStores } from "../shared/network";
import { type StackTable } from "../shared/tables";
import { type Hosts } from "./hosts";
import { type BackendSettings } from "./settings";

/** What answers the API, and the cache before its table where there is one. */
export interface BackendFunctions {
    readonly todos: ServerlessFunction;
    readonly dax?: DaxCluster;
}

/** Makes the function, in the network where DAX is. */
export function createFunctions(
    settings: BackendSettings,
    foundation: RegionalFoundation,
    network: NetworkWithStores | undefined,
    table: StackTable,
    { client }: Hosts,
    opts: pulumi.ComponentResourceOptions,
): BackendFunctions {
    const dax =
        network === undefined
            ? undefined
            : stackDax(
                  "mobile-dax",
                  settings,
                  foundation,
                  network,
                  table,
                  { nodeType: settings.daxNodeType, replicationFactor: settings.daxNodes },
                  opts,
              );
    const own = tableNeeds("TODOS_TABLE", table);
    const needs = dax === undefined ? own : together(own, daxNeeds(dax));
    const shape = functionShape(settings, foundation, "todos", needs);
    const todos = new ServerlessFunction(
        "mobile-todos",
        {
            ...shape,
            description: "To-dos of the user who has signed in",
            environment: { ...shape.environment, ALLOWED_ORIGINS: `https://${client}` },
            ...(network === undefined
                ? {}
                : { network: { vpcId: network.tiers.vpcId, subnetIds: network.tiers.apiSubnetIds } }),
            deployment: {},
            reservedConcurrency: 100,
        },
        opts,
    );
    if (dax !== undefined && todos.securityGroupId !== undefined) {
        linksIn(settings.region, opts)(
            "mobile-to-dax",
            { todos: todos.securityGroupId },
            dax.securityGroupId,
            DAX_PORT,
            "To-dos by way of DAX",
        );
    }
    return { todos, ...(dax === undefined ? {} : { dax }) };
}
