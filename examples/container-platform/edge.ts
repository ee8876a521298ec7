import type * as pulumi from "@pulumi/pulumi";

import { type ServiceBalancer } from "../../components/compute";
import { EdgeDistribution } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { type Hosts } from "./hosts";
import { FrontExposure, type PlatformSettings } from "./settings";

/**
 * Where the front end's balancer is private: the distribution that people reach in its place, with CloudFront's way into
 * the network. It keeps nothing but the page for when the platform is down.
 */
export function createEdge(
    settings: PlatformSettings,
    hosts: Hosts,
    balancer: ServiceBalancer,
    { edgeAlarmTopicArn, logBucketName }: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): void {
    if (settings.frontExposure !== FrontExposure.CloudFront) {
        return;
    }
    const { region, replicaRegion, accountId, hostedZoneId, logRetentionDays, deletionProtection } = settings;
    new EdgeDistribution(
        "platform-edge",
        {
            region,
            ...(replicaRegion === undefined ? {} : { replicaRegion }),
            accountId,
            hostedZoneId,
            domainNames: [hosts.world],
            dynamicOrigin: { domainName: hosts.frontBalancer, loadBalancerArn: balancer.loadBalancerArn },
            staticPaths: [],
            accessLogBucket: logBucketName,
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
            logRetentionDays,
            deletionProtection,
        },
        opts,
    );
}
