import type * as pulumi from "@pulumi/pulumi";
import { type HealthEndpoint, SWITCH_DIMENSION, SWITCH_METRIC } from "../components/edge";
import { RegionSwitchPlan } from "../components/operations";
import { peerOf, type RegionEntry } from "./catalogue";
import { type GlobalConfig } from "./configTypes";
import { type GlobalOutputs } from "./globalOutputs";
import { type RegionReference } from "./regionOutputs";
import { clusterIdentifier, metricNamespace } from "./stackNames";

/** From where a region's traffic is turned off: its peer, which takes its viewers over. */
export function switchOf(
    { catalogue, trafficSwitch }: GlobalConfig,
    regions: readonly RegionReference[],
    entry: RegionEntry,
): Pick<HealthEndpoint, "switchRegion" | "switchTopicArn"> {
    if (!trafficSwitch) {
        return {};
    }
    const peer = peerOf(catalogue, entry);
    const reference = regions.find((region) => region.entry.key === peer.key);
    return {
        switchRegion: peer.region,
        ...(reference === undefined ? {} : { switchTopicArn: reference.alarmTopicArn() }),
    };
}

/** How people and the drill turn each region's traffic off. */
export function trafficSwitches({
    catalogue,
    environment,
    project,
    trafficSwitch,
}: GlobalConfig): Pick<GlobalOutputs, "trafficSwitches"> {
    return trafficSwitch
        ? {
              trafficSwitches: Object.fromEntries(
                  catalogue.map((entry) => [
                      entry.key,
                      {
                          region: peerOf(catalogue, entry).region,
                          namespace: metricNamespace(project, environment),
                          metricName: SWITCH_METRIC,
                          dimensions: { [SWITCH_DIMENSION]: entry.key },
                      },
                  ]),
              ),
          }
        : {};
}

/**
 * Makes the plan by which AWS activates a region. Who founded the database is the primary region for good: which region is
 * active now is Region switch's to know.
 */
export function createPlan(
    config: GlobalConfig,
    regions: readonly RegionReference[],
    opts: pulumi.ComponentResourceOptions,
): RegionSwitchPlan {
    const { accountId, environment, foundingRegion, project, worldHosts } = config;
    const ordered = [...regions].sort(
        (one, other) =>
            Number(other.entry.key === foundingRegion.key) - Number(one.entry.key === foundingRegion.key),
    );
    const byRegion = <T>(pick: (region: RegionReference) => T): Record<string, T> =>
        Object.fromEntries(ordered.map((region) => [region.entry.region, pick(region)]));
    return new RegionSwitchPlan(
        "shop-switch",
        {
            accountId,
            regions: ordered.map(({ entry }) => entry.region),
            description: `Activates a region of ${project} ${environment}`,
            database: {
                globalClusterIdentifier: config.names.globalClusterIdentifier,
                clusterArns: byRegion(
                    ({ entry }) =>
                        `arn:aws:rds:${entry.region}:${accountId}:cluster:${clusterIdentifier(project, environment, entry.key)}`,
                ),
            },
            autoScalingGroups: (["web", "api"] as const).map((key) => ({
                key,
                arns: byRegion((region) => region.autoScalingGroupArn(key)),
            })),
            ...(config.regionSwitchTraffic
                ? {
                      trafficRecord: {
                          hostedZoneId: config.hostedZoneId,
                          recordName: worldHosts.latencyOrigin,
                          // As the record tree names them.
                          setIdentifiers: byRegion(({ entry }) => entry.key),
                      },
                  }
                : {}),
            // What viewers get, as canaries in both regions see it, tells when a recovery is over.
            ...(config.canaryIntervalMinutes === undefined
                ? {}
                : {
                      alarms: ordered.map(({ canaryAlarmArn, entry }) => ({
                          key: `world-${entry.key}`,
                          arn: canaryAlarmArn(),
                      })),
                  }),
            // In the region that takes over, since the founding one is the likeliest to be lost on a bad night.
            ...reportsOf(config, regions),
        },
        opts,
    );
}

function reportsOf(
    { replicaRegion }: GlobalConfig,
    regions: readonly RegionReference[],
): { reportBucketName?: pulumi.Output<string>; reportKmsKeyArn?: pulumi.Output<string> } {
    const keeper = regions.find(({ entry }) => entry.key === replicaRegion.key);
    return keeper === undefined
        ? {}
        : {
              reportBucketName: keeper.regionSwitchReports("bucketName"),
              reportKmsKeyArn: keeper.regionSwitchReports("kmsKeyArn"),
          };
}
