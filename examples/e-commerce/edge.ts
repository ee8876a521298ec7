import type * as pulumi from "@pulumi/pulumi";

import { EdgeDistribution } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { type OriginHeader } from "../shared/originHeader";
import { type Hosts } from "./names";
import { type ShopSettings } from "./settings";

/** What S3 answers: pages that nobody renders, and what they show. */
const STATIC = ["images", "fonts", "pages"];

/**
 * Makes the distribution and its firewall, once: images, fonts and pages from S3, the API's paths from the API, and everything
 * else from the front end.
 */
export function createEdge(
    settings: ShopSettings,
    { edgeAlarmTopicArn, logBucketName }: RegionalFoundation,
    hosts: Hosts,
    header: OriginHeader,
    opts: pulumi.ComponentResourceOptions,
): EdgeDistribution {
    const replicaRegion = settings.staticReplicaRegion ?? settings.peerRegion;
    return new EdgeDistribution(
        "commerce-edge",
        {
            region: settings.region,
            accountId: settings.accountId,
            ...(replicaRegion === undefined ? {} : { replicaRegion }),
            domainNames: [hosts.shop],
            hostedZoneId: settings.hostedZoneId,
            dynamicOrigin: { domainName: hosts.origin, headers: [header] },
            pathOrigins: {
                api: { paths: ["/api/*"], domainName: hosts.api, headers: [header] },
            },
            staticPaths: STATIC.map((folder) => `/${folder}/*`),
            sensitivePaths: ["/api/sessions", "/api/orders", "/api/payments"],
            logRetentionDays: settings.logRetentionDays,
            accessLogBucket: logBucketName,
            deletionProtection: settings.deletionProtection,
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
        },
        opts,
    );
}
