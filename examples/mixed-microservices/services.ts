import type * as pulumi from "@pulumi/pulumi";

import {
    ContainerCluster,
    Ec2ContainerService,
    type Ec2ContainerServiceArgs,
    FargateService,
    ServiceBalancer,
} from "../../components/compute";
import { type RegionalFoundation } from "../../components/operations";
import { Exposure } from "../../components/shared/exposure";
import { attachment } from "../shared/attachment";
import { databaseNeeds, type Needs, receives, tableNeeds, together } from "../shared/needs";
import { stackTags } from "../shared/provider";
import { imageOf } from "../shared/serviceImages";
import { type MixedEvents } from "./events";
import { type Hosts } from "./hosts";
import { type MixedNetworks } from "./network";
import { type EntryName, PORTS, type ServiceName } from "./serviceTable";
import { type MixedSettings } from "./settings";
import { cacheNeeds, type MixedStores } from "./stores";
import { type MixedTables } from "./tables";

/** What services in containers are made of. */
export interface ServiceSurroundings {
    readonly foundation: RegionalFoundation;
    readonly networks: MixedNetworks;
    readonly tables: MixedTables;
    readonly stores: MixedStores;
    readonly events: MixedEvents;
    readonly hosts: Hosts;
}

/** A service, on Fargate or on instances. */
export type MixedService = FargateService | Ec2ContainerService;

/** What runs in containers, and what stands before it. */
export interface MixedServices {
    readonly cluster: ContainerCluster;
    /** The balancers that everybody reaches: those of the entries that are in this region. */
    readonly entries: Partial<Record<EntryName, ServiceBalancer>>;
    /** The balancer by which services call each other. */
    readonly inside: ServiceBalancer;
    readonly services: Partial<Record<ServiceName, MixedService>>;
}

/** What all services have in common. */
export type ContainerShape = Omit<
    Ec2ContainerServiceArgs,
    "capacityProviderName" | "image" | "subnetIds" | "taskCeiling"
>;

/** What all services of a region have in common: their cluster, their sidecars, and where they tell of themselves. */
export function containerShape(
    settings: MixedSettings,
    { alarmTopicArn, kmsKeyArn }: RegionalFoundation,
    cluster: ContainerCluster,
    vpcId: pulumi.Input<string>,
): ContainerShape {
    return {
        region: settings.region,
        accountId: settings.accountId,
        kmsKeyArn,
        logRetentionDays: settings.logRetentionDays,
        alarmTopicArns: [alarmTopicArn],
        clusterArn: cluster.clusterArn,
        clusterName: cluster.clusterName,
        vpcId,
        tlsProxy: { image: settings.proxyImage },
        tracing: { collectorImage: settings.collectorImage },
        scaling: { minTasks: settings.minTasks, maxTasks: settings.maxTasks },
    };
}

/** Image, port and environment of a service; the sample image knows its port by a name of its own. */
export function programOf(settings: MixedSettings, name: ServiceName, { environment, permissions }: Needs) {
    return {
        image: imageOf(settings, name),
        containerPort: PORTS[name],
        environment: { ...environment, PODINFO_PORT: String(PORTS[name]) },
        permissions,
    };
}

/**
 * Makes the entries of balancers with what is behind them. Baskets and offers run on Fargate; the desk's services, which need the
 * relational database, on instances, and only where that is.
 */
export function createServices(
    settings: MixedSettings,
    surroundings: ServiceSurroundings,
    opts: pulumi.ComponentResourceOptions,
): MixedServices {
    const { events, foundation, hosts, networks, stores, tables } = surroundings;
    const { tiers } = networks.main;
    const withDesk = stores.database !== undefined;
    const balancer = balancerMaker(settings, surroundings, opts);
    const cluster = new ContainerCluster(
        "mixed",
        {
            region: settings.region,
            accountId: settings.accountId,
            kmsKeyArn: foundation.kmsKeyArn,
            logRetentionDays: settings.logRetentionDays,
            alarmTopicArns: [foundation.alarmTopicArn],
            // What Auto Scaling launches has no tags of the provider's.
            tags: stackTags(settings),
            ...(withDesk
                ? {
                      instanceCapacity: {
                          instanceTypes: ["m7g.large", "m8g.large"],
                          maxInstances: 12,
                          vpcId: tiers.vpcId,
                          subnetIds: tiers.apiSubnetIds,
                      },
                  }
                : {}),
        },
        opts,
    );
    const inside = balancer("inside");
    const shape = containerShape(settings, foundation, cluster, tiers.vpcId);
    const insideUrl: Needs = { permissions: [], environment: { INSIDE_URL: `https://${hosts.inside}` } };
    // Inside all services have one balancer, which tells them apart by the path.
    const within = (name: ServiceName, priority: number) =>
        attachment(inside, [{ priority, pathPatterns: [`/${name}`, `/${name}/*`] }], "/healthz");

    const onFargate = (name: "baskets" | "offers", priority: number, ...needs: readonly Needs[]) => {
        const entry = balancer(name);
        const service = new FargateService(
            `mixed-${name}`,
            {
                ...shape,
                ...programOf(settings, name, together(insideUrl, ...needs)),
                subnetIds: tiers.webSubnetIds,
                balancers: {
                    entry: attachment(entry, [{ priority: 10 }], "/healthz"),
                    inside: within(name, priority),
                },
            },
            opts,
        );
        return { entry, service };
    };
    const baskets = onFargate("baskets", 10, tableNeeds("BASKETS_TABLE", tables.baskets));
    const offers = onFargate("offers", 20, cacheNeeds(stores, "offers"));
    if (!withDesk) {
        return {
            cluster,
            inside,
            entries: { baskets: baskets.entry, offers: offers.entry },
            services: { baskets: baskets.service, offers: offers.service },
        };
    }

    const desk = balancer("desk");
    const onInstances = (name: "customers" | "invoices", priority: number, ...needs: readonly Needs[]) =>
        new Ec2ContainerService(
            `mixed-${name}`,
            {
                ...shape,
                ...programOf(
                    settings,
                    name,
                    together(insideUrl, databaseNeeds(stores.database, name), ...needs),
                ),
                capacityProviderName: cluster.instanceCapacityProviderName,
                taskCeiling: cluster.taskCeiling,
                subnetIds: tiers.apiSubnetIds,
                balancers: {
                    entry: attachment(
                        desk,
                        [{ priority, pathPatterns: [`/${name}`, `/${name}/*`] }],
                        "/healthz",
                    ),
                    inside: within(name, priority),
                },
            },
            opts,
        );
    const customers = onInstances("customers", 30);
    const invoices = onInstances("invoices", 40, receives("BILLING_QUEUE", events.billing));
    return {
        cluster,
        inside,
        entries: { baskets: baskets.entry, offers: offers.entry, desk },
        services: { baskets: baskets.service, offers: offers.service, customers, invoices },
    };
}

/** Makes the balancer of an entry, or the one inside. */
function balancerMaker(
    settings: MixedSettings,
    { foundation, hosts, networks }: ServiceSurroundings,
    opts: pulumi.ComponentResourceOptions,
) {
    const { tiers } = networks.main;
    return (name: EntryName | "inside") => {
        const world = name === "inside" ? hosts.inside : hosts.world[name];
        const own = name === "inside" ? hosts.inside : hosts.region[name];
        return new ServiceBalancer(
            `mixed-${name}-lb`,
            {
                region: settings.region,
                accountId: settings.accountId,
                vpcId: tiers.vpcId,
                subnetIds: name === "inside" ? tiers.apiSubnetIds : tiers.edgeSubnetIds,
                exposure: name === "inside" ? Exposure.Internal : Exposure.Internet,
                domainName: own,
                additionalDomainNames: own === world ? [] : [world],
                // In two regions the world's name leads to one of them, which names.ts decides.
                createDnsRecords: own === world,
                hostedZoneId: settings.hostedZoneId,
                accessLogBucket: foundation.logBucketName,
                kmsKeyArn: foundation.kmsKeyArn,
                logRetentionDays: settings.logRetentionDays,
                alarmTopicArns: [foundation.alarmTopicArn],
                deletionProtection: settings.deletionProtection,
            },
            opts,
        );
    };
}
