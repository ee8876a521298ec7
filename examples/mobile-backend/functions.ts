import type * as pulumi from "@pulumi/pulumi";

import { ServerlessFunction } from "../../components/compute";
import { DaxCluster } from "../../components/data";
import { lambdaCode, type RegionalFoundation } from "../../components/operations";
import { linksIn } from "../shared/links";
import { type Needs, tableNeeds, together } from "../shared/needs";
import { type StackTable } from "../shared/tables";
import { type Hosts } from "./hosts";
import { type BackendNetwork } from "./network";
import { type BackendSettings } from "./settings";

/** Where DAX listens with TLS. */
const DAX_PORT = 9111;

/** What answers the API, and the cache before its table where there is one. */
export interface BackendFunctions {
    readonly todos: ServerlessFunction;
    readonly dax?: DaxCluster;
}

/** Makes the function, in the network where DAX is. */
export function createFunctions(
    settings: BackendSettings,
    foundation: RegionalFoundation,
    network: BackendNetwork | undefined,
    table: StackTable,
    { client }: Hosts,
    opts: pulumi.ComponentResourceOptions,
): BackendFunctions {
    const { region, accountId } = settings;
    const alarmTopicArns = [foundation.alarmTopicArn];
    const dax = network === undefined ? undefined : createDax(settings, network, table, alarmTopicArns, opts);
    const own = tableNeeds("TODOS_TABLE", table);
    const needs: Needs =
        dax === undefined
            ? own
            : together(own, {
                  permissions: [dax.connectPermissions],
                  environment: { DAX_ENDPOINT: dax.endpoint },
              });
    const todos = new ServerlessFunction(
        "mobile-todos",
        {
            region,
            accountId,
            description: "To-dos of the user who has signed in",
            code: lambdaCode("todos"),
            memorySize: 1024,
            environment: {
                ...needs.environment,
                POWERTOOLS_SERVICE_NAME: "todos",
                ALLOWED_ORIGINS: `https://${client}`,
            },
            permissions: needs.permissions,
            ...(network === undefined
                ? {}
                : { network: { vpcId: network.tiers.vpcId, subnetIds: network.tiers.apiSubnetIds } }),
            deployment: {},
            reservedConcurrency: 100,
            kmsKeyArn: foundation.kmsKeyArn,
            logRetentionDays: settings.logRetentionDays,
            alarmTopicArns,
            tags: { "data-classification": "confidential" },
        },
        opts,
    );
    if (dax !== undefined && todos.securityGroupId !== undefined) {
        linksIn(region, opts)(
            "mobile-to-dax",
            { todos: todos.securityGroupId },
            dax.securityGroupId,
            DAX_PORT,
            "To-dos by way of DAX",
        );
    }
    return { todos, ...(dax === undefined ? {} : { dax }) };
}

function createDax(
    settings: BackendSettings,
    { tiers, storeSubnetIds }: BackendNetwork,
    table: StackTable,
    alarmTopicArns: pulumi.Input<string>[],
    opts: pulumi.ComponentResourceOptions,
): DaxCluster {
    return new DaxCluster(
        "mobile-dax",
        {
            region: settings.region,
            accountId: settings.accountId,
            vpcId: tiers.vpcId,
            subnetIds: storeSubnetIds,
            nodeType: settings.daxNodeType,
            replicationFactor: settings.daxNodes,
            permissions: [table.read, table.write],
            // What the other region writes past the cluster shows after a minute.
            itemTtlSeconds: 60,
            queryTtlSeconds: 60,
            alarmTopicArns,
        },
        opts,
    );
}
