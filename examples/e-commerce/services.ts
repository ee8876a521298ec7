import type * as pulumi from "@pulumi/pulumi";

import {
    ContainerCluster,
    FargateService,
    type FargateServiceArgs,
    ServiceBalancer,
} from "../../components/compute";
import { type RegionalFoundation } from "../../components/operations";
import { Exposure } from "../../components/shared/exposure";
import { attachment } from "../shared/attachment";
import { each } from "../shared/each";
import { balancerNames } from "../shared/failover";
import { type Needs, receives, sends, together } from "../shared/needs";
import { type OriginHeader } from "../shared/originHeader";
import { imageOf } from "../shared/serviceImages";
import { type ShopDatabase } from "./database";
import { type Hosts } from "./names";
import { type ShopNetwork } from "./network";
import { type ShopQueues } from "./queues";
import { SERVICE_NAMES, type ServiceName, THIRD_PARTIES } from "./serviceTable";
import { type ShopSettings } from "./settings";
import { type ShopTokens } from "./tokens";

/** What runs in containers, and what stands before it. */
export interface ShopServices {
    readonly cluster: ContainerCluster;
    readonly frontBalancer: ServiceBalancer;
    readonly front: FargateService;
    readonly balancer: ServiceBalancer;
    readonly services: Readonly<Record<ServiceName, FargateService>>;
}

/** What the services are made of. */
export interface ServiceSurroundings {
    readonly foundation: RegionalFoundation;
    readonly network: ShopNetwork;
    readonly database: ShopDatabase;
    readonly queues: ShopQueues;
    readonly tokens: ShopTokens;
    readonly hosts: Hosts;
    readonly header: OriginHeader;
}

/** Makes the front end behind the balancer that CloudFront reaches, and the services behind one that the API reaches. */
export function createServices(
    settings: ShopSettings,
    surroundings: ServiceSurroundings,
    opts: pulumi.ComponentResourceOptions,
): ShopServices {
    const { region, accountId, logRetentionDays, minTasks, maxTasks, deletionProtection } = settings;
    const { foundation, header, hosts, network, queues } = surroundings;
    const { tiers } = network;
    const place = {
        region,
        accountId,
        kmsKeyArn: foundation.kmsKeyArn,
        logRetentionDays,
        alarmTopicArns: [foundation.alarmTopicArn],
    };
    const balancerPlace = {
        ...place,
        vpcId: tiers.vpcId,
        hostedZoneId: settings.hostedZoneId,
        accessLogBucket: foundation.logBucketName,
        deletionProtection,
    };
    const [first = hosts.origin, ...others] = balancerNames(hosts);
    const cluster = new ContainerCluster("commerce", place, opts);
    const frontBalancer = new ServiceBalancer(
        "commerce-front-lb",
        {
            ...balancerPlace,
            subnetIds: tiers.edgeSubnetIds,
            exposure: Exposure.CloudFront,
            domainName: first,
            additionalDomainNames: others,
            // Which region's balancer the names lead to, names.ts decides.
            createDnsRecords: false,
            originHeaderName: header.name,
            originHeaderValue: header.value,
        },
        opts,
    );
    const balancer = new ServiceBalancer(
        "commerce-services-lb",
        {
            ...balancerPlace,
            subnetIds: tiers.apiSubnetIds,
            exposure: Exposure.Internal,
            domainName: hosts.services,
        },
        opts,
    );
    const container: Omit<FargateServiceArgs, "image" | "subnetIds"> = {
        ...place,
        clusterArn: cluster.clusterArn,
        clusterName: cluster.clusterName,
        vpcId: tiers.vpcId,
        tlsProxy: { image: settings.proxyImage },
        tracing: { collectorImage: settings.collectorImage },
        scaling: { minTasks, maxTasks },
    };
    const front = new FargateService(
        "commerce-front",
        {
            ...container,
            image: settings.frontImage,
            subnetIds: tiers.webSubnetIds,
            // The sample image knows nothing of PORT; images of one's own need not know of this.
            environment: { PODINFO_PORT: "8080", API_URL: `https://${hosts.shop}/api` },
            balancers: { public: attachment(frontBalancer, [{ priority: 10 }]) },
        },
        opts,
    );
    const needs = needsOf(settings, surroundings);
    const services = each(SERVICE_NAMES, (name, index) => {
        const port = 8081 + index;
        const { environment, permissions, secrets } = needs[name];
        return new FargateService(
            `commerce-${name}`,
            {
                ...container,
                image: imageOf(settings, name),
                subnetIds: tiers.apiSubnetIds,
                // A port of its own each, so that a rule that leads to the wrong one shows.
                containerPort: port,
                environment: { PODINFO_PORT: String(port), ...environment },
                secrets,
                secretKmsKeyArns: [surroundings.tokens.kmsKeyArn],
                permissions,
                ...(name === "payments"
                    ? {
                          scaling: {
                              minTasks,
                              maxTasks,
                              // What a task works off in the minute that a payment may wait.
                              backlog: { queueName: queues.paymentRequests.queueName, messagesPerTask: 60 },
                          },
                      }
                    : {}),
                balancers: {
                    services: attachment(
                        balancer,
                        [{ priority: 10 * (index + 1), pathPatterns: [`/${name}`, `/${name}/*`] }],
                        "/healthz",
                    ),
                },
            },
            { ...opts, dependsOn: [surroundings.database.ready] },
        );
    });
    return { cluster, frontBalancer, front, balancer, services };
}

/** What a service has of its own: what it may do, where it finds it, and what it is told when it starts. */
interface ServiceNeeds extends Needs {
    readonly secrets: Record<string, pulumi.Input<string>>;
}

function needsOf(
    { paymentProviderUrl }: ShopSettings,
    { database, queues: { paymentRequests, paymentResults }, tokens }: ServiceSurroundings,
): Readonly<Record<ServiceName, ServiceNeeds>> {
    const secrets = { DATABASE_CONNECTION: database.connectionParameterArn };
    return {
        orders: {
            ...together(
                database.needs,
                sends("PAYMENT_REQUESTS_QUEUE", paymentRequests),
                receives("PAYMENT_RESULTS_QUEUE", paymentResults),
            ),
            secrets,
        },
        payments: {
            ...together(
                database.needs,
                receives("PAYMENT_REQUESTS_QUEUE", paymentRequests),
                sends("PAYMENT_RESULTS_QUEUE", paymentResults),
                { permissions: [], environment: { PAYMENT_PROVIDER_URL: paymentProviderUrl } },
            ),
            secrets: { ...secrets, PAYMENT_PROVIDER_TOKEN: tokens.arns[THIRD_PARTIES.payments] },
        },
        operations: {
            ...database.needs,
            secrets: { ...secrets, CARRIER_TOKEN: tokens.arns[THIRD_PARTIES.operations] },
        },
    };
}
