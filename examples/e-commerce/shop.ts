import * as pulumi from "@pulumi/pulumi";

import { primaryStack, stackFoundation } from "../shared/foundation";
import { deploymentOf } from "../shared/functions";
import { originHeader } from "../shared/originHeader";
import { stackProvider } from "../shared/provider";
import { tryFaults, watchHosts } from "../shared/recovery";
import { stackTables } from "../shared/tables";
import { createApi } from "./api";
import { createDatabase } from "./database";
import { createEdge } from "./edge";
import { createEvents } from "./events";
import { createFunctions } from "./functions";
import { createLinks } from "./links";
import { createNames, hostsOf } from "./names";
import { createNetwork } from "./network";
import { createQueues } from "./queues";
import { createServices } from "./services";
import { readShopSettings } from "./settings";
import { TABLES } from "./tables";
import { createTokens } from "./tokens";
import { createUsers } from "./users";

/** Composes the shop in one region. */
export function composeShop(): Record<string, unknown> {
    const settings = readShopSettings();
    const provider = stackProvider(settings);
    const opts = { providers: [provider] };
    const primary = primaryStack(settings);
    const hosts = hostsOf(settings);

    const foundation = stackFoundation("commerce-base", settings, opts, { apiGatewayLogs: true });
    const network = createNetwork(settings, foundation, opts);
    const { tables, replicas } = stackTables("commerce", TABLES, settings, foundation, primary, opts);
    const database = createDatabase(settings, network, foundation, primary, opts);
    const queues = createQueues(settings, foundation, opts);
    const tokens = createTokens(settings, primary, provider);
    const users = createUsers(settings, foundation, hosts, primary, opts);
    const header = originHeader("commerce-origin-header", "X-Shop-Origin", primary);
    const functions = createFunctions(settings, foundation, network, tables, opts);
    const services = createServices(
        settings,
        { foundation, network, database, queues, tokens, hosts, header },
        opts,
    );
    const api = createApi(settings, { foundation, network, functions, services, users, hosts, header }, opts);
    createLinks(settings, network, services, functions.functions.catalogue.securityGroupId, opts);
    createNames(settings, hosts, { front: services.frontBalancer, api }, foundation, provider);
    createEvents(settings, foundation, services.cluster);
    // The regions' own names are CloudFront's alone.
    watchHosts("shop", settings, foundation, { world: hosts.shop }, provider);
    tryFaults(
        "commerce",
        settings,
        foundation,
        { subnetIds: network.tiers.apiSubnetIds, balancers: { front: services.frontBalancer } },
        provider,
    );
    const edge = settings.isPrimary ? createEdge(settings, foundation, hosts, header, opts) : undefined;

    return {
        url: `https://${hosts.shop}`,
        apiUrl: `https://${hosts.shop}/api`,
        clusterName: services.cluster.clusterName,
        // Of each function, what a deployment of a new version is started with.
        functions: Object.fromEntries(
            Object.entries(functions.functions).map(([name, made]) => [name, deploymentOf(made)]),
        ),
        ...(users.directory === undefined
            ? {}
            : { signInUrl: users.directory.signInUrl, clientIds: users.directory.clientIds }),
        ...(edge === undefined
            ? {}
            : { staticBucketName: edge.staticBucketName, distributionId: edge.distributionId }),
        tokenSecretArns: tokens.arns,
        // What the other region's stack follows.
        ...(replicas === undefined
            ? {}
            : {
                  replicas,
                  tokens: tokens.replicas,
                  database: database.source,
                  userPoolArn: users.userPoolArn,
                  originHeader: pulumi.secret(header.value),
              }),
        alarmTopicArn: foundation.alarmTopicArn,
    };
}
