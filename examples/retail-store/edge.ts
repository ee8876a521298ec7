import * as pulumi from "@pulumi/pulumi";

import { Clickstream, ClickstreamSource } from "../../components/data";
import { EdgeDistribution } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { EncryptionKey, KeyUser } from "../../components/security/encryptionKey";
import { type Permission, permissionsOf } from "../../components/security/permissions";
import { type OriginHeader } from "../shared/originHeader";
import { type Hosts } from "./names";
import { type StoreSettings } from "./settings";

/** Where CloudFront hands over its logs. */
const EDGE_REGION = "us-east-1";

/** What the back office brings into the static bucket. */
const MEDIA = ["images", "manuals", "videos"] as const;

/** What faces the world, made once. */
export interface StoreEdge {
    readonly distribution: EdgeDistribution;
    readonly clicks: Clickstream;
    /** What it takes to bring in images, manuals and videos. */
    readonly mediaPermissions: pulumi.Output<Permission[]>;
}

/**
 * Makes the distribution: pages and everything else that is dynamic from the front end; what is static, product images,
 * manuals and videos from S3, the videos in the segments that players ask for.
 */
export function createEdge(
    settings: StoreSettings,
    { edgeAlarmTopicArn, logBucketName }: RegionalFoundation,
    hosts: Hosts,
    header: OriginHeader,
    opts: pulumi.ComponentResourceOptions,
): StoreEdge {
    const { accountId, deletionProtection, logRetentionDays, region } = settings;
    const replicaRegion = settings.staticReplicaRegion ?? settings.peerRegion;
    const told = edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] };
    const distribution = new EdgeDistribution(
        "store-edge",
        {
            region,
            accountId,
            ...(replicaRegion === undefined ? {} : { replicaRegion }),
            domainNames: [hosts.store],
            hostedZoneId: settings.hostedZoneId,
            dynamicOrigin: { domainName: hosts.origin, headers: [header] },
            staticPaths: ["static", ...MEDIA].map((folder) => `/${folder}/*`),
            logRetentionDays,
            accessLogBucket: logBucketName,
            deletionProtection,
            ...told,
        },
        opts,
    );
    const key = new EncryptionKey(
        "store-clicks",
        {
            description: "What visitors of the store ask for",
            region: EDGE_REGION,
            accountId,
            services: [KeyUser.CloudWatchLogs],
            deletionProtection,
        },
        opts,
    );
    const clicks = new Clickstream(
        "store-clicks",
        {
            region: EDGE_REGION,
            accountId,
            source: ClickstreamSource.CloudFrontLogs,
            logDeliverySourceName: distribution.logDeliverySourceName,
            kmsKeyArn: key.keyArn,
            ...(region === EDGE_REGION ? { accessLogBucket: logBucketName } : {}),
            logRetentionDays,
            deletionProtection,
            ...told,
        },
        opts,
    );
    const { staticBucketArn, staticKeyArn } = distribution;
    const mediaPermissions = permissionsOf([
        {
            sid: "BringMedia",
            actions: ["s3:PutObject", "s3:DeleteObject"],
            resources: MEDIA.map((folder) => pulumi.interpolate`${staticBucketArn}/${folder}/*`),
        },
        {
            sid: "EncryptMedia",
            actions: ["kms:GenerateDataKey", "kms:Decrypt"],
            resources: [staticKeyArn],
            conditions: [
                {
                    operator: "StringEquals",
                    key: "kms:ViaService",
                    values: [`s3.${region}.amazonaws.com`],
                },
            ],
        },
    ]);
    return { distribution, clicks, mediaPermissions };
}
