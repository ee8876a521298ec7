import { primaryStack, stackFoundation } from "../shared/foundation";
import { stackProvider } from "../shared/provider";
import { tryFaults, watchHosts } from "../shared/recovery";
import { stackTables } from "../shared/tables";
import { createApis } from "./api";
import { createEvents } from "./events";
import { createFunctions } from "./functions";
import { hostsOf } from "./hosts";
import { createImages } from "./images";
import { createKeys } from "./keys";
import { createLinks } from "./links";
import { apiTarget, createNames } from "./names";
import { createNetworks } from "./network";
import { createSecrets } from "./secrets";
import { createServices } from "./services";
import { readMixedSettings } from "./settings";
import { createStores } from "./stores";
import { TABLES } from "./tables";
import { createTools } from "./tools";
import { createUsers } from "./users";

/** Composes the system in one region. */
export function composeSystem(): Record<string, unknown> {
    const settings = readMixedSettings();
    const provider = stackProvider(settings);
    const opts = { providers: [provider] };
    const primary = primaryStack(settings);
    const hosts = hostsOf(settings);

    const foundation = stackFoundation("mixed-base", settings, opts);
    const keys = createKeys(settings, opts);
    const networks = createNetworks(settings, foundation, opts);
    const { tables, replicas } = stackTables("mixed", TABLES, settings, foundation, primary, opts);
    const stores = createStores(settings, foundation, networks, keys, opts);
    const events = createEvents(settings, foundation, keys, tables, provider);
    const images = createImages(settings, foundation, keys, provider);
    const secrets = createSecrets(settings, keys, provider);
    const users = createUsers(settings, foundation, primary, opts);
    const services = createServices(settings, { foundation, networks, tables, stores, events, hosts }, opts);
    const functions = createFunctions(
        settings,
        { foundation, networks, keys, tables, stores, events, images, secrets },
        opts,
    );
    const apis = createApis(settings, { foundation, functions, hosts, users }, opts);
    createLinks(settings, networks, stores, services, functions, opts);
    createTools(settings, { foundation, hosts, networks, services }, provider);
    createNames(settings, { foundation, hosts, services, api: apis.current, primary }, provider);
    watchHosts(
        "mixed",
        settings,
        foundation,
        { world: hosts.world.baskets, own: hosts.region.baskets },
        provider,
    );
    tryFaults(
        "mixed",
        settings,
        foundation,
        { subnetIds: networks.main.tiers.apiSubnetIds, balancers: services.entries },
        provider,
    );
    return {
        urls: [...Object.values(hosts.world), hosts.api].map((host) => `https://${host}`),
        clusterName: services.cluster.clusterName,
        workflowArn: functions.workflow.aliasArn,
        eventBusName: events.bus.busName,
        imageBucketName: images.bucketName,
        ...(users.clientIds === undefined ? {} : { clientIds: users.clientIds }),
        // What the other region's stack follows.
        ...(replicas === undefined
            ? {}
            : { replicas, userPoolArn: users.userPoolArn, apiTarget: apiTarget(apis.current) }),
        alarmTopicArn: foundation.alarmTopicArn,
    };
}
