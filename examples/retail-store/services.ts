import type * as pulumi from "@pulumi/pulumi";

import { ContainerCluster, FargateService, ServiceBalancer } from "../../components/compute";
import { SearchAccess, SearchAccessLevel } from "../../components/data";
import { type RegionalFoundation } from "../../components/operations";
import { Exposure } from "../../components/shared/exposure";
import { attachment } from "../shared/attachment";
import { databaseNeeds, type Needs, tableNeeds, together } from "../shared/needs";
import { imageOf } from "../shared/serviceImages";
import { type Engagement } from "./engagement";
import { type Hosts } from "./names";
import { type StoreNetwork } from "./network";
import { SERVICE_NAMES, type ServiceName, SERVICES } from "./serviceTable";
import { type StoreSettings } from "./settings";
import { PRODUCT_INDEX, type Stores } from "./stores";
import { type StoreTables } from "./tables";

/** What the services are made of. */
export interface ServiceSurroundings {
    readonly foundation: RegionalFoundation;
    readonly network: StoreNetwork;
    readonly tables: StoreTables;
    readonly stores: Stores;
    readonly engagement: Engagement;
    readonly hosts: Hosts;
}

/** The services of a region. */
export interface StoreServices {
    readonly cluster: ContainerCluster;
    readonly balancer: ServiceBalancer;
    /** Those that run here. */
    readonly services: Partial<Record<ServiceName, FargateService>>;
}

/** Makes the services that can run in this region, behind one balancer that tells them apart by the path's first part. */
export function createServices(
    settings: StoreSettings,
    surroundings: ServiceSurroundings,
    opts: pulumi.ComponentResourceOptions,
): StoreServices {
    const { region, accountId, logRetentionDays } = settings;
    const { foundation, hosts, network, stores } = surroundings;
    const place = {
        region,
        accountId,
        kmsKeyArn: foundation.kmsKeyArn,
        logRetentionDays,
        alarmTopicArns: [foundation.alarmTopicArn],
    };
    const subnetIds = network.tiers.apiSubnetIds;
    const cluster = new ContainerCluster("store", place, opts);
    const balancer = new ServiceBalancer(
        "store-services-lb",
        {
            ...place,
            vpcId: network.tiers.vpcId,
            subnetIds,
            exposure: Exposure.Internal,
            domainName: hosts.services,
            hostedZoneId: settings.hostedZoneId,
            accessLogBucket: foundation.logBucketName,
            deletionProtection: settings.deletionProtection,
        },
        opts,
    );
    const needs = needsOf(surroundings);
    const services: Partial<Record<ServiceName, FargateService>> = {};
    for (const name of SERVICE_NAMES) {
        const { healthPath, port, priority, relational } = SERVICES[name];
        if (relational && stores.database === undefined) {
            continue;
        }
        const { permissions, environment } = needs[name];
        services[name] = new FargateService(
            `store-${name}`,
            {
                ...place,
                clusterArn: cluster.clusterArn,
                clusterName: cluster.clusterName,
                vpcId: network.tiers.vpcId,
                subnetIds,
                image: imageOf(settings, name),
                containerPort: port,
                tlsProxy: { image: settings.proxyImage },
                tracing: { collectorImage: settings.collectorImage },
                // The sample image knows nothing of PORT; images of one's own need not know of the other.
                environment: { PODINFO_PORT: String(port), ...environment },
                permissions,
                balancers: {
                    services: attachment(
                        balancer,
                        [
                            {
                                priority,
                                pathPatterns: [`/${name}`, `/${name}/*`],
                                // A service knows nothing of its place.
                                rewrite: { regex: `^/${name}/?(.*)$`, replace: "/$1" },
                            },
                        ],
                        healthPath,
                    ),
                },
            },
            opts,
        );
    }
    if (services.search !== undefined) {
        new SearchAccess(
            "store-search-readers",
            {
                region,
                accessFunctionName: stores.search.accessFunctionName,
                domainEndpoint: stores.search.endpoint,
                indexPatterns: [PRODUCT_INDEX],
                level: SearchAccessLevel.Read,
                roleArns: [services.search.taskRoleArn],
            },
            opts,
        );
    }
    return { cluster, balancer, services };
}

function needsOf({
    engagement: { mailings, messaging, personalization },
    stores,
    tables,
}: ServiceSurroundings): Record<ServiceName, Needs> {
    const { catalogue, database, search, sessions } = stores;
    const cache = (of: typeof sessions, user: string): Needs => ({
        permissions: [of.userPermissions.apply((users) => users[user] ?? [])],
        environment: {
            CACHE_HOST: of.endpoint,
            CACHE_NAME: of.cacheName,
            CACHE_USER: of.userNames.apply((users) => users[user] ?? ""),
        },
    });
    const relational = (user: string) => databaseNeeds(database, user);
    const mail = (message: string): Needs["environment"] => ({
        MESSAGE: messaging.sendRequests.apply((requests) => requests[message] ?? ""),
    });
    const recommendations: Needs = {
        permissions: [personalization.recommendPermissions],
        environment: {
            RECOMMENDATION_PARAMETERS: personalization.parameterNames.apply((names) => JSON.stringify(names)),
        },
    };

    return {
        products: together(
            tableNeeds("PRODUCTS_TABLE", tables.products),
            tableNeeds("REVIEWS_TABLE", tables.reviews),
            cache(catalogue, "products"),
        ),
        carts: together(tableNeeds("CARTS_TABLE", tables.carts), cache(sessions, "carts"), {
            permissions: [messaging.schedulePermissions],
            environment: {
                ...mail("abandonedCart"),
                SCHEDULE_GROUP: messaging.scheduleGroupName,
                SCHEDULE_ROLE: messaging.scheduleRoleArn,
                SCHEDULE_TARGET: messaging.scheduleTargetArn,
                SCHEDULE_FAILURES: messaging.scheduleFailureQueueArn,
            },
        }),
        orders: relational("orders"),
        users: together(relational("users"), cache(sessions, "users"), {
            // Who opens an account says what mail they want.
            permissions: [messaging.sendPermissions, messaging.contactPermissions],
            environment: { ...mail("welcome"), CONTACT_LIST: messaging.contactListName },
        }),
        search: together(recommendations, {
            permissions: [search.readPermissions],
            environment: { SEARCH_HOST: search.endpoint, SEARCH_INDEX: PRODUCT_INDEX },
        }),
        recommendations: together(recommendations, {
            permissions: [
                personalization.eventPermissions,
                messaging.sendPermissions,
                mailings.receivePermissions,
            ],
            environment: {
                ...mail("recommendation"),
                EVENT_TRACKER: personalization.eventTrackerId,
                MAILINGS_QUEUE: mailings.queueUrl,
            },
        }),
    };
}
