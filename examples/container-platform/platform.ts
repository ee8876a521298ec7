import { primaryStack, stackFoundation } from "../shared/foundation";
import { stackProvider } from "../shared/provider";
import { tryFaults, watchHosts } from "../shared/recovery";
import { createDatabase } from "./database";
import { createDelivery } from "./delivery";
import { createEdge } from "./edge";
import { hostsOf } from "./hosts";
import { createNames } from "./names";
import { createNetwork } from "./network";
import { createServices } from "./services";
import { readPlatformSettings } from "./settings";

/** Composes the platform in one region. */
export function composePlatform(): Record<string, unknown> {
    const settings = readPlatformSettings();
    const provider = stackProvider(settings);
    const opts = { providers: [provider] };

    const foundation = stackFoundation("platform-base", settings, opts);
    const network = createNetwork(settings, foundation, opts);
    const { database, toFollow } = createDatabase(
        settings,
        network,
        foundation,
        primaryStack(settings),
        opts,
    );
    const hosts = hostsOf(settings);
    const services = createServices(settings, { foundation, network, database, hosts }, opts);
    createEdge(settings, hosts, services.frontBalancer, foundation, opts);
    createNames(settings, hosts, services.frontBalancer, foundation, provider);
    watchHosts("app", settings, foundation, { world: hosts.world, own: hosts.region }, provider);
    tryFaults(
        "platform",
        settings,
        foundation,
        { subnetIds: network.backSubnetIds, balancers: { front: services.frontBalancer } },
        provider,
    );
    const delivery = createDelivery(settings, foundation, services, opts);

    return {
        url: `https://${hosts.world}`,
        regionUrl: `https://${hosts.region}`,
        clusterName: services.cluster.clusterName,
        serviceNames: { front: services.front.serviceName, back: services.back.serviceName },
        repositoryUrls: delivery.repositoryUrls,
        ...(delivery.pipelineName === undefined ? {} : { pipelineName: delivery.pipelineName }),
        ...(delivery.roleArn === undefined ? {} : { deliveryRoleArn: delivery.roleArn }),
        databaseSecretArn: database.secretArn,
        // What the other region's stack follows.
        ...(toFollow === undefined ? {} : { database: toFollow }),
        alarmTopicArn: foundation.alarmTopicArn,
    };
}
