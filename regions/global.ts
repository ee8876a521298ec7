import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AuroraReplication } from "../components/data";
import { assertDomainInZone, EdgeDistribution, EndpointHealth, GlobalDns } from "../components/edge";
import { BackupClass, RECOVERY_TIER_TAG, RecoveryTier } from "../components/operations";
import { NetworkPeering, type PeeredNetwork, TIER_SLOT, tierCidrBlock } from "../components/network";
import { differences, saidSettings, sharedSettings } from "./agreement";
import { databaseRegionOf, peerOf } from "./catalogue";
import { createBudget, createEdgeAlarmTopic, createHealthBackup, edgeSettings } from "./common";
import { type GlobalConfig } from "./configTypes";
import { type GlobalOutputs } from "./globalOutputs";
import { regionHosts } from "./hosts";
import { createPlan, switchOf, trafficSwitches } from "./globalRecovery";
import { eventsOrigin } from "./region/events";
import { readRegion, type RegionReference } from "./regionOutputs";
import { clusterIdentifier, metricNamespace, stackName } from "./stackNames";
import { stackProvider } from "./stackProvider";

/** Composes the global stack: what exists once, over all regions. */
export function composeGlobalStack(config: GlobalConfig): GlobalOutputs {
    const provider = stackProvider(config);
    const opts = { providers: [provider] };
    const regions = config.catalogue.map((entry) => readRegion(config.environment, entry));
    checkAgreement(config, regions);
    const members = regions.filter(({ entry }) => entry.databaseIn === undefined);
    for (const region of members.filter(({ entry }) => entry.key !== config.foundingRegion.key)) {
        checkZones(config, region);
    }
    const zone = aws.route53.getZoneOutput({ zoneId: config.hostedZoneId }, { provider });
    // Everything in the zone waits for this check.
    const hostedZoneId = zone.name.apply((name) => {
        assertDomainInZone(config.domainName, name);
        return config.hostedZoneId;
    });
    const edgeAlarms = createEdgeAlarmTopic(config, opts);
    const alarmTopicArns = edgeAlarms.topicArn.apply((arn) => [arn]);

    const health = new EndpointHealth(
        "shop-health",
        {
            endpoints: config.catalogue.map((entry) => ({
                key: entry.key,
                host: regionHosts(config.domainName, entry.key).origin,
                ...switchOf(config, regions, entry),
            })),
            ...(config.trafficSwitch
                ? { switchNamespace: metricNamespace(config.project, config.environment) }
                : {}),
            path: config.healthCheckPath,
            intervalSeconds: config.healthCheckIntervalSeconds,
            failureThreshold: config.healthCheckFailureThreshold,
            alarmTopicArns,
        },
        opts,
    );
    const healthCheckId = (key: string): pulumi.Output<string> =>
        (health.trafficHealthCheckIds ?? health.healthCheckIds).apply((ids) => ids[key] ?? "");
    const plan = config.regionSwitchPlan ? createPlan(config, regions, opts) : undefined;
    const dns = new GlobalDns(
        "shop-dns",
        {
            hostedZoneId,
            latencyName: config.worldHosts.latencyOrigin,
            ...(config.geolocationRouting ? { geolocationName: config.worldHosts.geolocationOrigin } : {}),
            regions: regions.map(({ balancerDnsName, balancerZoneId, entry }) => ({
                key: entry.key,
                region: entry.region,
                failoverTo: peerOf(config.catalogue, entry).key,
                continents: [...entry.continents],
                balancerDnsName,
                balancerZoneId,
                healthCheckId: healthCheckId(entry.key),
                ...(plan?.trafficHealthCheckIds === undefined
                    ? {}
                    : {
                          planHealthCheckId: plan.trafficHealthCheckIds.apply(
                              (ids) => ids[entry.region] ?? "",
                          ),
                      }),
            })),
        },
        opts,
    );
    const database = createReplication(config, members, opts);
    joinDatabaseClients(config, regions, opts);
    // Whichever region answers finds its own header among them.
    const headers = regions.map(({ headerName: name, headerValue: value }) => ({ name, value }));
    if (config.eventsApi) {
        createEventsName(config, regions, hostedZoneId, healthCheckId, provider);
    }
    const edge = new EdgeDistribution(
        "shop-edge",
        {
            region: config.region,
            replicaRegion: config.replicaRegion.region,
            accountId: config.accountId,
            domainNames: [config.worldHosts.shop],
            hostedZoneId,
            dynamicOrigin: { domainName: config.dynamicOriginHost, headers },
            ...(config.eventsApi
                ? { pathOrigins: eventsOrigin(config.worldHosts.eventsOrigin, headers) }
                : {}),
            ...edgeSettings(config),
            alarmTopicArns,
        },
        opts,
    );

    createBudget(config, edgeAlarms.topicArn, provider);
    if (config.healthEvents) {
        createHealthBackup(config, opts);
    }

    return {
        url: edge.url,
        distributionId: edge.distributionId,
        distributionDomainName: edge.distributionDomainName,
        staticBucket: edge.staticBucketName,
        originName: dns.originName,
        failoverNames: dns.failoverNames,
        healthCheckIds: health.healthCheckIds,
        anyHealthCheckId: health.anyHealthCheckId,
        ...trafficSwitches(config),
        ...(plan === undefined ? {} : { regionSwitchPlanArn: plan.planArn }),
        globalClusterIdentifier: config.names.globalClusterIdentifier,
        databaseMembers: database.members,
        alarmTopicArn: edgeAlarms.topicArn,
    };
}

/** Compares what this stack and the regions' were told, in files that people edit one by one. */
function checkAgreement(config: GlobalConfig, regions: readonly RegionReference[]): void {
    const said = regions.map(({ entry, roles, settings }) =>
        pulumi.all([roles, settings]).apply(([given, all]) => ({
            key: entry.key,
            settings: saidSettings({ settings: all, roles: given }),
        })),
    );
    pulumi.all(said).apply((all) => {
        const { problems, warnings } = differences(config.environment, sharedSettings(config), all);
        if (problems.length > 0) {
            throw new pulumi.RunError(
                `The stacks of ${config.environment} do not agree:\n` +
                    problems.map((problem) => `  - ${problem}\n`).join("") +
                    "Give all their files one value, and update the regions before this stack, as npm run up does.",
            );
        }
        for (const warning of warnings) {
            void pulumi.log.warn(warning);
        }
    });
}

/**
 * Members of the database are spread over the catalogue's zones, in the subnets that the region's stack made. The
 * founding region's stack spreads its own.
 */
function checkZones(config: GlobalConfig, { availabilityZones, entry }: RegionReference): void {
    availabilityZones.apply((zones) => {
        if (!entry.availabilityZones.every((zone) => zones.includes(zone))) {
            throw new pulumi.RunError(
                `${stackName(config.environment, entry.key)} is in ${zones.join(", ")}, and regions/catalogue.ts has ` +
                    `${entry.availabilityZones.join(", ")}: the database's instances would have no subnet; ` +
                    "give the catalogue zones that the stack is in",
            );
        }
    });
}

/**
 * Makes the name under which the world-wide distribution finds the nearest region's API for events. It goes by the health
 * checks of the balancers: a region that is given up for pages is given up for events.
 */
function createEventsName(
    { worldHosts: { eventsOrigin: name } }: GlobalConfig,
    regions: readonly RegionReference[],
    zoneId: pulumi.Output<string>,
    healthCheckId: (key: string) => pulumi.Output<string>,
    provider: aws.Provider,
): void {
    for (const { entry, eventsTarget } of regions) {
        const target = eventsTarget(name);
        for (const type of ["A", "AAAA"]) {
            new aws.route53.Record(
                `shop-events-${entry.key}-${type.toLowerCase()}`,
                {
                    zoneId,
                    name,
                    type,
                    setIdentifier: entry.key,
                    latencyRoutingPolicies: [{ region: entry.region }],
                    healthCheckId: healthCheckId(entry.key),
                    aliases: [
                        {
                            name: target.domainName,
                            zoneId: target.zoneId,
                            evaluateTargetHealth: false,
                        },
                    ],
                },
                { provider },
            );
        }
    }
}

/** Joins the founding region's cluster to a global database, with a cluster in every other region. */
function createReplication(
    config: GlobalConfig,
    members: readonly RegionReference[],
    opts: pulumi.ComponentResourceOptions,
): AuroraReplication {
    const founding = members.find(({ entry }) => entry.key === config.foundingRegion.key);
    if (founding === undefined) {
        throw new Error(`the founding region ${config.foundingRegion.key} is not in the catalogue`);
    }
    const clients = config.catalogue.filter(({ databaseIn }) => databaseIn !== undefined);
    return new AuroraReplication(
        "shop-db",
        {
            region: founding.entry.region,
            globalClusterIdentifier: config.names.globalClusterIdentifier,
            parameterPrefix: config.names.parameterPrefix,
            databaseName: config.database.name,
            instanceCount: config.database.instanceCount,
            writerRegion: config.primaryRegion.region,
            source: founding.databaseSource(),
            secondaries: members
                .filter((region) => region !== founding)
                .map(({ databaseMember, entry }) => ({
                    region: entry.region,
                    clusterIdentifier: clusterIdentifier(config.project, config.environment, entry.key),
                    availabilityZones: [...entry.availabilityZones],
                    member: databaseMember(),
                })),
            ...(clients.length === 0
                ? {}
                : {
                      clientRegions: clients.map((entry) => ({
                          region: entry.region,
                          memberRegion: databaseRegionOf(config.catalogue, entry).region,
                      })),
                  }),
            // By this tag the plan of each member's own region selects it.
            backup: BackupClass.Standard,
            deletionProtection: config.deletionProtection,
            tags: { [RECOVERY_TIER_TAG]: RecoveryTier.First },
        },
        opts,
    );
}

/** Joins the api subnets of each region without a database to the data subnets of the one whose database it uses. */
function joinDatabaseClients(
    { catalogue }: GlobalConfig,
    regions: readonly RegionReference[],
    opts: pulumi.ComponentResourceOptions,
): void {
    for (const client of regions.filter(({ entry }) => entry.databaseIn !== undefined)) {
        const host = regions.find(({ entry }) => entry === databaseRegionOf(catalogue, client.entry));
        if (host === undefined) {
            throw new Error(`${client.entry.key} uses the database of a region that has no stack`);
        }
        new NetworkPeering(
            `shop-peering-${client.entry.key}`,
            { requester: peered(client, "api"), accepter: peered(host, "data") },
            opts,
        );
    }
}

/** A tier of a region as the other side of a peering connection sees it. */
function peered(region: RegionReference, tier: "api" | "data"): PeeredNetwork {
    const { availabilityZones, cidrBlock, region: code } = region.entry;
    return {
        region: code,
        vpcId: region.vpcId(),
        cidrBlock: tierCidrBlock(cidrBlock, TIER_SLOT[tier]),
        routeTableIds: Object.fromEntries(
            availabilityZones.map((_, zone) => [`${tier}-${zone + 1}`, region.routeTableId(tier, zone)]),
        ),
    };
}
