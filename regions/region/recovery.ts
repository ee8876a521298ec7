import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ApiTier, type WebTier } from "../../components/compute";
import { type Vpc3Tier } from "../../components/network";
import {
    FaultExperiments,
    HealthEvents,
    SyntheticCanary,
    unbearableAlarm,
} from "../../components/operations";
import { logLifecycle } from "../../components/security/bucketLifecycle";
import { classified, DataClassification } from "../../components/security/dataClassification";
import { SecureBucket } from "../../components/security/secureBucket";
import { createHealthBackup } from "../common";
import { type RegionalConfig } from "../configTypes";
import { type RegionOutputs } from "../regionOutputs";
import { type Surroundings } from "./surroundings";

/** What experiments and plans are about. */
interface RecoveryParts {
    readonly network: Vpc3Tier;
    readonly web: WebTier;
    readonly api: ApiTier;
}

/** Makes what watches the region from where its viewers are, and what tries out its faults. */
export function createRecovery(
    config: RegionalConfig,
    surroundings: Surroundings,
    parts: RecoveryParts,
    provider: aws.Provider,
): Pick<
    RegionOutputs,
    "autoScalingGroupArns" | "canaryAlarmArn" | "faultExperiments" | "regionSwitchReports"
> {
    const { entry } = config;
    const opts = { providers: [provider] };
    const { alarms, key } = surroundings;
    if (config.healthEvents) {
        new HealthEvents("shop-aws-health", { region: entry.region, topicArn: alarms.topicArn }, opts);
        if (config.peer === undefined) {
            // Else the global stack's, for all regions together.
            createHealthBackup(config, opts);
        }
    }
    const worldCanary = createCanaries(config, surroundings, opts);
    const reports = createReports(config, surroundings, opts);
    const arns =
        config.regionSwitchPlan || config.faultExperiments ? groupArns(config, parts, provider) : undefined;
    return {
        ...(worldCanary === undefined ? {} : { canaryAlarmArn: worldCanary.alarmArn }),
        ...(reports === undefined
            ? {}
            : { regionSwitchReports: { bucketName: reports.policyReady, kmsKeyArn: key.keyArn } }),
        ...(config.regionSwitchPlan && arns !== undefined ? { autoScalingGroupArns: arns } : {}),
        ...(config.faultExperiments && arns !== undefined
            ? { faultExperiments: createExperiments(config, surroundings, parts, arns, provider).templateIds }
            : {}),
    };
}

/**
 * The region's own host, and the world-wide one as viewers of this region see it: every region asks for that, so that no
 * region's loss leaves it unwatched.
 *
 * @returns The canary of the world-wide host.
 */
function createCanaries(
    config: RegionalConfig,
    { alarms, key, logs }: Surroundings,
    opts: pulumi.ComponentResourceOptions,
): SyntheticCanary | undefined {
    const { canaryIntervalMinutes: intervalMinutes } = config;
    if (intervalMinutes === undefined) {
        return undefined;
    }
    const canary = (name: string, host: string): SyntheticCanary =>
        new SyntheticCanary(
            name,
            {
                region: config.entry.region,
                accountId: config.accountId,
                host,
                // Health checks may ask for the front page, too.
                paths: [...new Set(["/", config.healthCheckPath])],
                intervalMinutes,
                alarmTopicArn: alarms.topicArn,
                kmsKeyArn: key.keyArn,
                accessLogBucket: logs.bucketName,
                deletionProtection: config.deletionProtection,
            },
            opts,
        );
    const own = canary("shop-canary", config.hosts.viewer);
    return config.peer === undefined ? own : canary("shop-world", config.worldHosts.shop);
}

/** Any region may keep the plan's reports; which one does is the global stack's to say. */
function createReports(
    config: RegionalConfig,
    { key, logs }: Surroundings,
    opts: pulumi.ComponentResourceOptions,
): SecureBucket | undefined {
    const { accountId, entry } = config;
    return config.regionSwitchPlan
        ? new SecureBucket(
              "shop-switch-reports",
              {
                  region: entry.region,
                  accountId,
                  kmsKeyArn: key.keyArn,
                  accessLogBucket: logs.bucketName,
                  lifecycle: logLifecycle(config.logArchiveRetentionDays),
                  deletionProtection: config.deletionProtection,
                  tags: classified(DataClassification.Internal),
              },
              opts,
          )
        : undefined;
}

/** The groups' ARNs, which have an id in them that only AWS knows. */
function groupArns({ entry }: RegionalConfig, { api, web }: RecoveryParts, provider: aws.Provider) {
    const arnOf = (name: pulumi.Output<string>) =>
        aws.autoscaling.getGroupOutput({ region: entry.region, name }, { provider }).arn;
    return { web: arnOf(web.autoScalingGroupName), api: arnOf(api.autoScalingGroupName) };
}

function createExperiments(
    config: RegionalConfig,
    { alarms, key }: Surroundings,
    { network, web }: RecoveryParts,
    arns: { readonly web: pulumi.Output<string>; readonly api: pulumi.Output<string> },
    provider: aws.Provider,
): FaultExperiments {
    const { accountId, entry, peer } = config;
    const [zone = ""] = config.network.availabilityZones;
    const subnetArns = (...lists: pulumi.Output<string[]>[]) =>
        pulumi
            .all(lists)
            .apply((ids) => ids.flat().map((id) => `arn:aws:ec2:${entry.region}:${accountId}:subnet/${id}`));
    const firstOf = (ids: pulumi.Output<string[]>) => ids.apply((all) => all.slice(0, 1));
    // What the launch templates give every instance.
    const instanceTags = { stack: config.stack };
    return new FaultExperiments(
        "shop-faults",
        {
            region: entry.region,
            accountId,
            kmsKeyArn: key.keyArn,
            logRetentionDays: config.logRetentionDays,
            stopAlarmArns: [
                unbearableAlarm(
                    "shop-faults-unbearable",
                    {
                        region: entry.region,
                        loadBalancerArnSuffix: web.loadBalancerArnSuffix,
                        topicArn: alarms.topicArn,
                    },
                    { provider },
                ).arn,
            ],
            ...(peer === undefined
                ? {}
                : {
                      crossRegion: {
                          peerRegion: peer.region,
                          // What the API asks abroad goes through these.
                          subnetArns: subnetArns(network.apiSubnetIds),
                      },
                  }),
            spotInterruption: { instanceTags },
            zonePower: {
                availabilityZone: zone,
                instanceTags,
                autoScalingGroupArns: [arns.web, arns.api],
                subnetArns: subnetArns(
                    firstOf(network.webSubnetIds),
                    firstOf(network.apiSubnetIds),
                    firstOf(network.dataSubnetIds),
                ),
                databaseClusterArn: `arn:aws:rds:${entry.region}:${accountId}:cluster:${config.clusterIdentifier}`,
            },
        },
        { providers: [provider] },
    );
}
