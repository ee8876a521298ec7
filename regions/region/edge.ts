import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type WebTier } from "../../components/compute";
import { EdgeDistribution } from "../../components/edge";
import { edgeSettings } from "../common";
import { type RegionalConfig } from "../configTypes";
import { eventsOrigin, type RegionEvents } from "./events";
import { type OriginHeader } from "./originHeader";
import { type Surroundings } from "./surroundings";

/** Makes the name of the region's balancer, by which distributions and health checks reach it. */
export function createOriginName(
    { hostedZoneId, hosts }: RegionalConfig,
    web: WebTier,
    provider: aws.Provider,
): void {
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
}

/** Makes the region's own distribution, for people whose data must stay in the region. */
export function createEdge(
    config: RegionalConfig,
    { edgeAlarms, logs }: Surroundings,
    { header, events }: { readonly header: OriginHeader; readonly events: RegionEvents | undefined },
    opts: pulumi.ComponentResourceOptions,
): EdgeDistribution {
    const { hostedZoneId, hosts } = config;
    const headers = [{ name: header.name, value: header.value }];
    return new EdgeDistribution(
        "shop-edge",
        {
            region: config.entry.region,
            accountId: config.accountId,
            ...(config.peer === undefined ? {} : { replicaRegion: config.peer.region }),
            domainNames: [hosts.viewer],
            hostedZoneId,
            dynamicOrigin: { domainName: hosts.origin, headers },
            ...(events === undefined ? {} : { pathOrigins: eventsOrigin(hosts.events, headers) }),
            ...edgeSettings(config),
            accessLogBucket: logs.bucketName,
            alarmTopicArns: edgeAlarms.topicArn.apply((arn) => [arn]),
        },
        opts,
    );
}
