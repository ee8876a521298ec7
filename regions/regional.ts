import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import {
    AccountBaseline,
    AlarmTopic,
    BACKUP_TAG,
    BackupClass,
    LogArchive,
    LogGroupArchive,
    RECOVERY_TIER_TAG,
    RecoveryTier,
    RegionalDashboard,
    SpotInterruptionAlarm,
} from "../components/operations";
import { ApiTier, type FleetCapacity, ImageRepositories, WebTier } from "../components/compute";
import { type AuroraCapacity, AuroraGlobal, AuroraRole, PersonalDataStore } from "../components/data";
import { EdgeDistribution } from "../components/edge";
import { EncryptionKey, KeyUser } from "../components/security/encryptionKey";
import { Exposure } from "../components/shared/exposure";
import { Vpc3Tier } from "../components/network";
import { sharedSettings } from "./agreement";
import { createBackup } from "./backup";
import { archiveLifecycle, createBudget, createEdgeAlarmTopic, edgeSettings } from "./common";
import { type RegionalConfig, type TierConfig } from "./configTypes";
import { originHeaderName, type RegionOutputs } from "./regionOutputs";
import { stackProvider } from "./stackProvider";

// Not 5432, which is what whoever scans a network tries first (Security Hub RDS.23).
const DATABASE_PORT = 5433;

/** Composes one region's stack: the five classes once each, and what a region needs around them. */
export function composeRegionStack(config: RegionalConfig): RegionOutputs {
    const { accountId, deletionProtection, entry, hosts, hostedZoneId, logRetentionDays, names } = config;
    const region = entry.region;
    const home = { region, accountId };
    const provider = stackProvider(config);
    const opts = { providers: [provider] };

    const key = new EncryptionKey(
        "shop-key",
        {
            ...home,
            description: `Logs, images and alarms of ${config.stack}`,
            services: [KeyUser.CloudWatchLogs, KeyUser.SnsPublishers],
            deletionProtection,
        },
        opts,
    );
    const email = config.alarmEmail === undefined ? {} : { email: config.alarmEmail };
    const alarms = new AlarmTopic("shop-alarms", { ...home, kmsKeyArn: key.keyArn, ...email }, opts);
    const alarmTopicArns = alarms.topicArn.apply((arn) => [arn]);
    const edgeAlarms = createEdgeAlarmTopic(config, opts);
    const logs = new LogArchive(
        "shop-logs",
        {
            ...home,
            lifecycle: archiveLifecycle(config),
            deletionProtection,
        },
        opts,
    );

    const network = new Vpc3Tier(
        "shop-vpc",
        {
            ...home,
            cidrBlock: config.network.cidrBlock,
            availabilityZones: [...config.network.availabilityZones],
            natGateways: config.network.natGateways,
            egressOnlyIpv6: config.network.egressOnlyIpv6,
            interfaceEndpoints: [...config.network.interfaceEndpoints],
            internetEgressCidrBlocks: [...config.network.internetEgressCidrBlocks],
            exposure: Exposure.CloudFront,
            databasePort: DATABASE_PORT,
            flowLogRetentionDays: logRetentionDays,
            kmsKeyArn: key.keyArn,
        },
        opts,
    );
    const database = new AuroraGlobal(
        "shop-db",
        {
            ...home,
            role: config.isFounding ? AuroraRole.Primary : AuroraRole.Secondary,
            globalClusterIdentifier: names.globalClusterIdentifier,
            parameterPrefix: names.parameterPrefix,
            clusterIdentifier: config.clusterIdentifier,
            databaseName: config.database.name,
            engineVersion: config.database.engineVersion,
            subnetIds: network.dataSubnetIds,
            securityGroupId: network.dataSecurityGroupId,
            port: DATABASE_PORT,
            capacity: capacityOf(config),
            backupRetentionDays: config.database.backupRetentionDays,
            logRetentionDays,
            alarmTopicArns,
            backup: BackupClass.Standard,
            deletionProtection,
            ...(config.peer === undefined ? { standalone: true } : {}),
            // The other region's member takes over; without one it comes back from a backup.
            tags: {
                [RECOVERY_TIER_TAG]: config.peer === undefined ? RecoveryTier.Second : RecoveryTier.First,
            },
            ...(config.isFounding
                ? {
                      availabilityZones: [...config.network.availabilityZones],
                      instanceCount: config.database.instanceCount,
                      isWriter: config.isPrimary,
                      replicaRegions: config.catalogue
                          .filter((other) => other.key !== entry.key)
                          .map((other) => other.region),
                  }
                : {}),
        },
        opts,
    );
    const images = new ImageRepositories(
        "shop-images",
        {
            ...home,
            namespace: `${config.project}-${config.environment}`,
            images: ["web", "api"],
            kmsKeyArn: key.keyArn,
            deletionProtection,
        },
        opts,
    );
    const personalData = new PersonalDataStore(
        "shop-pii",
        {
            ...home,
            jurisdiction: entry.jurisdiction,
            accessLogBucket: logs.bucketName,
            deletionProtection,
            // It may not leave its jurisdiction, so no other region has it: it comes back from a backup.
            tags: { [BACKUP_TAG]: BackupClass.PersonalData, [RECOVERY_TIER_TAG]: RecoveryTier.Second },
        },
        opts,
    );
    const subnetGroupName = database.subnetGroupName;
    const backup = createBackup(config, { alarms, key, logs, network, subnetGroupName }, opts);

    const tier = {
        ...home,
        vpcId: network.vpcId,
        hostedZoneId,
        healthCheckPath: config.healthCheckPath,
        kmsKeyArn: key.keyArn,
        logRetentionDays,
        alarmTopicArns,
        accessLogBucket: logs.bucketName,
        deletionProtection,
        tags: { ...config.tags },
    };
    const api = new ApiTier(
        "shop-api",
        {
            ...tier,
            balancerSubnetIds: network.apiSubnetIds,
            balancerSecurityGroupIds: network.apiBalancerSecurityGroupId.apply((id) => [id]),
            instanceSubnetIds: network.apiSubnetIds,
            instanceSecurityGroupId: network.apiSecurityGroupId,
            instancePort: 8443,
            image: config.api.image,
            containerPort: config.api.containerPort,
            capacity: fleetOf(config.api),
            privateDnsName: hosts.api,
            privateZoneName: hosts.privateZone,
            tableArns: personalData.tableArn.apply((arn) => [arn]),
            bucketArns: personalData.bucketArn.apply((arn) => [arn]),
            kmsKeyArns: personalData.keyArn.apply((arn) => [arn]),
            databaseConnectResourceArns: database.connectResourceArn.apply((arn) => [arn]),
            parameterArns: database.parameterArns,
            environment: {
                DATABASE_PARAMETER_PREFIX: names.parameterPrefix,
                PERSONAL_DATA_TABLE: personalData.tableName,
                PERSONAL_DATA_BUCKET: personalData.bucketName,
            },
        },
        opts,
    );
    const { originHeader, alsoAccepted } = originHeaders(config);
    const headerName = originHeaderName(entry.key);
    const web = new WebTier(
        "shop-web",
        {
            ...tier,
            balancerSubnetIds: network.edgeSubnetIds,
            balancerSecurityGroupIds: network.edgeSecurityGroupIds,
            instanceSubnetIds: network.webSubnetIds,
            instanceSecurityGroupId: network.webSecurityGroupId,
            instancePort: 8443,
            image: config.web.image,
            containerPort: config.web.containerPort,
            capacity: {
                ...fleetOf(config.web),
                targetRequestsPerInstance: config.web.targetRequestsPerInstance,
            },
            domainNames: [...config.balancerHosts],
            ...(config.webCertificateArn === undefined ? {} : { certificateArn: config.webCertificateArn }),
            exposure: Exposure.CloudFront,
            originHeaderName: headerName,
            originHeaderValue: originHeader.result,
            ...(alsoAccepted === undefined ? {} : { additionalOriginHeaderValues: [alsoAccepted.result] }),
            environment: { API_URL: api.url },
        },
        opts,
    );
    new aws.route53.Record(
        "shop-origin",
        {
            zoneId: hostedZoneId,
            name: hosts.origin,
            type: "A",
            aliases: [
                {
                    name: web.loadBalancerDnsName,
                    zoneId: web.loadBalancerZoneId,
                    evaluateTargetHealth: false,
                },
            ],
        },
        { provider },
    );
    const edge = new EdgeDistribution(
        "shop-edge",
        {
            ...home,
            ...(config.peer === undefined ? {} : { replicaRegion: config.peer.region }),
            domainNames: [hosts.viewer],
            hostedZoneId,
            dynamicOrigin: {
                domainName: hosts.origin,
                headers: [{ name: headerName, value: originHeader.result }],
            },
            ...edgeSettings(config),
            accessLogBucket: logs.bucketName,
            alarmTopicArns: edgeAlarms.topicArn.apply((arn) => [arn]),
        },
        opts,
    );

    const spot = new SpotInterruptionAlarm("shop-spot", { region, topicArn: alarms.topicArn }, opts);
    const dashboard = new RegionalDashboard(
        "shop",
        {
            region,
            environment: config.environment,
            regionKey: entry.key,
            web,
            webAclMetricName: web.webAclMetricName,
            api,
            database: { clusterIdentifier: config.clusterIdentifier },
            edge,
            spotInterruptionRuleName: spot.interruptionRuleName,
        },
        opts,
    );
    if (config.peer === undefined) {
        // Else the global stack's, for all regions together.
        createBudget(config, edgeAlarms.topicArn, provider);
    }
    const baseline = config.accountBaseline ? createBaseline(config, { alarms, logs }, opts) : undefined;
    new LogGroupArchive(
        "shop-log-groups",
        {
            ...home,
            kmsKeyArn: key.keyArn,
            // One stack of an account and region may archive all groups; another archives its own.
            ...(baseline === undefined
                ? {
                      logGroups: {
                          web: web.logGroupName,
                          api: api.logGroupName,
                          network: network.flowLogGroupName,
                      },
                  }
                : {
                      allLogGroups: true,
                      // The trail is in S3 already.
                      excludedLogGroups:
                          baseline.trailLogGroupName === undefined ? [] : [baseline.trailLogGroupName],
                  }),
            lifecycle: archiveLifecycle(config),
            logRetentionDays,
            accessLogBucket: logs.bucketName,
            alarmTopicArns,
            deletionProtection,
        },
        opts,
    );

    return {
        region,
        settings: sharedSettings(config),
        roles: { foundingRegion: config.foundingRegion.key, primaryRegion: config.primaryRegion.key },
        url: edge.url,
        apiUrl: api.url,
        network: {
            vpcId: network.vpcId,
            cidrBlock: network.cidrBlock,
            availabilityZones: [...config.network.availabilityZones],
        },
        origin: {
            hostName: hosts.origin,
            dnsName: web.loadBalancerDnsName,
            zoneId: web.loadBalancerZoneId,
            headerName,
            headerValue: originHeader.result,
        },
        database: {
            parameterPrefix: names.parameterPrefix,
            clusterIdentifier: config.clusterIdentifier,
            ...(database.source === undefined ? {} : { source: database.source }),
            ...(database.member === undefined ? {} : { member: database.member }),
        },
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
    };
}

/** What is made once per account and region: for the one stack that answers for the account there. */
function createBaseline(
    config: RegionalConfig,
    made: { readonly alarms: AlarmTopic; readonly logs: LogArchive },
    opts: pulumi.ComponentResourceOptions,
): AccountBaseline {
    return new AccountBaseline(
        "shop-baseline",
        {
            region: config.entry.region,
            accountId: config.accountId,
            // The founding region never changes, so what an account has once never moves.
            homeRegion: config.isFounding,
            alarmTopicArn: made.alarms.topicArn,
            accessLogBucket: made.logs.bucketName,
            logRetentionDays: config.logRetentionDays,
            deletionProtection: config.deletionProtection,
        },
        opts,
    );
}

function capacityOf({ database }: RegionalConfig): AuroraCapacity {
    return {
        minCapacity: database.minCapacity,
        standbyMinCapacity: database.standbyMinCapacity,
        maxCapacity: database.maxCapacity,
    };
}

function fleetOf(tier: TierConfig): FleetCapacity {
    return {
        minSize: tier.minSize,
        maxSize: tier.maxSize,
        onDemandBaseCapacity: tier.onDemandBaseCapacity,
        instanceTypes: [...tier.instanceTypes],
        targetCpuPercent: tier.targetCpuPercent,
    };
}

/**
 * The values of the secret header: the one that the distributions send, and where the header is being rotated another
 * one that the balancer lets in. Each number has a value of its own, so that a value stays the same when it goes from
 * being the next to being sent, and then to being the last.
 */
function originHeaders(config: RegionalConfig): {
    originHeader: random.RandomPassword;
    alsoAccepted: random.RandomPassword | undefined;
} {
    const { version, alsoAccepted } = config.originHeader;
    const value = (number: number): random.RandomPassword =>
        new random.RandomPassword(number === 1 ? "shop-origin-header" : `shop-origin-header-${number}`, {
            length: 48,
            // The listener rule reads * and ? as wildcards.
            special: false,
        });
    return {
        originHeader: value(version),
        alsoAccepted: alsoAccepted === undefined ? undefined : value(alsoAccepted),
    };
}
