import { RegionalDashboard, SpotInterruptionAlarm } from "../components/operations";
import { outputSettings } from "./agreement";
import { createBudget } from "./common";
import { type RegionalConfig } from "./configTypes";
import { createBaseline, createLogGroupArchive } from "./region/account";
import { createBackup } from "./region/backup";
import { createDatabase, type RegionDatabase } from "./region/database";
import { createEdge, createOriginName } from "./region/edge";
import { createEvents, createUsers, eventsOutputs } from "./region/events";
import { createNetwork } from "./region/network";
import { createOriginHeader } from "./region/originHeader";
import { createPersonalData } from "./region/personalData";
import { createRecovery } from "./region/recovery";
import { createSurroundings } from "./region/surroundings";
import { createApi, createImages, createWeb } from "./region/tiers";
import { type RegionOutputs } from "./regionOutputs";
import { stackProvider } from "./stackProvider";

/** Composes one region's stack: the five classes once each, and what a region needs around them. */
export function composeRegionStack(config: RegionalConfig): RegionOutputs {
    const provider = stackProvider(config);
    const opts = { providers: [provider] };

    // What everything else needs, and the network that it is in.
    const surroundings = createSurroundings(config, opts);
    const { key, alarms, edgeAlarms, logs } = surroundings;
    const network = createNetwork(config, surroundings, opts);

    // Data, and what brings it back.
    const database = createDatabase(config, surroundings, network, provider);
    const personalData = createPersonalData(config, surroundings, opts);
    const { subnetGroupName } = database;
    const backup = createBackup(config, { alarms, key, logs, network, subnetGroupName }, opts);

    // Who answers: images, the API, the web tier in front of it, what takes events, and the edge in front of all.
    const images = createImages(config, surroundings, opts);
    const api = createApi(config, surroundings, network, { database, personalData }, opts);
    const header = createOriginHeader(config);
    const web = createWeb(config, surroundings, network, { header, api }, opts);
    createOriginName(config, web, provider);
    const users = createUsers(config, surroundings, opts);
    const events = createEvents(config, surroundings, { header, users }, opts);
    const edge = createEdge(config, surroundings, { header, events }, opts);

    // Who watches, and what outlives it all.
    const spot = new SpotInterruptionAlarm(
        "shop-spot",
        { region: config.entry.region, topicArn: alarms.topicArn },
        opts,
    );
    const dashboard = new RegionalDashboard(
        "shop",
        {
            region: config.entry.region,
            environment: config.environment,
            regionKey: config.entry.key,
            web,
            webAclMetricName: web.webAclMetricName,
            api,
            ...(database.member === undefined
                ? {}
                : { database: { clusterIdentifier: config.clusterIdentifier } }),
            edge,
            ...(events === undefined
                ? {}
                : {
                      eventsApi: {
                          apiName: events.api.apiName,
                          stageName: events.api.stageName,
                          functionName: events.collector.functionName,
                      },
                  }),
            spotInterruptionRuleName: spot.interruptionRuleName,
        },
        opts,
    );
    if (config.peer === undefined) {
        // Else the global stack's, for all regions together.
        createBudget(config, edgeAlarms.topicArn, provider);
    }
    const baseline = config.accountBaseline ? createBaseline(config, surroundings, opts) : undefined;
    createLogGroupArchive(config, surroundings, { web, api, network, events, baseline }, opts);
    const recovery = createRecovery(config, surroundings, { network, web, api }, provider);

    return {
        region: config.entry.region,
        settings: outputSettings(config),
        roles: { foundingRegion: config.foundingRegion.key, primaryRegion: config.primaryRegion.key },
        url: edge.url,
        apiUrl: api.url,
        network: {
            vpcId: network.vpcId,
            cidrBlock: network.cidrBlock,
            availabilityZones: [...config.network.availabilityZones],
            routeTableIds: { api: network.apiRouteTableIds, data: network.dataRouteTableIds },
        },
        origin: {
            hostName: config.hosts.origin,
            dnsName: web.loadBalancerDnsName,
            zoneId: web.loadBalancerZoneId,
            headerName: header.name,
            headerValue: header.value,
        },
        database: databaseOutputs(config, database),
        autoScalingGroups: { web: web.autoScalingGroupName, api: api.autoScalingGroupName },
        imageRepositories: images.repositoryUrls,
        personalData: { tableName: personalData.tableName, bucketName: personalData.bucketName },
        backup: {
            vaultName: backup.vaultName,
            vaultArn: backup.vaultArn,
            ...(backup.peerVaultArn === undefined ? {} : { peerVaultArn: backup.peerVaultArn }),
            personalVaultName: backup.personalVaultName,
            exportBucket: backup.exportBucketName,
            ...(backup.restoreRoleArn === undefined ? {} : { restoreRoleArn: backup.restoreRoleArn }),
        },
        staticBucket: edge.staticBucketName,
        distributionId: edge.distributionId,
        alarmTopicArn: alarms.topicArn,
        dashboardName: dashboard.dashboardName,
        ...eventsOutputs(events, users),
        ...recovery,
    };
}

function databaseOutputs(
    { clusterIdentifier, names: { parameterPrefix } }: RegionalConfig,
    { member }: RegionDatabase,
): RegionOutputs["database"] {
    if (member === undefined) {
        return { parameterPrefix };
    }
    return {
        parameterPrefix,
        clusterIdentifier,
        ...(member.source === undefined ? {} : { source: member.source }),
        ...(member.member === undefined ? {} : { member: member.member }),
    };
}
