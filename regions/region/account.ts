import type * as pulumi from "@pulumi/pulumi";
import { type ApiTier, type WebTier } from "../../components/compute";
import { type Vpc3Tier } from "../../components/network";
import { AccountBaseline, LogGroupArchive } from "../../components/operations";
import { logLifecycle } from "../../components/security/bucketLifecycle";
import { type RegionalConfig } from "../configTypes";
import { type RegionEvents } from "./events";
import { type Surroundings } from "./surroundings";

/** What is made once per account and region: for the one stack that answers for the account there. */
export function createBaseline(
    config: RegionalConfig,
    { alarms, logs }: Surroundings,
    opts: pulumi.ComponentResourceOptions,
): AccountBaseline {
    return new AccountBaseline(
        "shop-baseline",
        {
            region: config.entry.region,
            accountId: config.accountId,
            // The founding region never changes, so what an account has once never moves.
            homeRegion: config.isFounding,
            ...(config.eventsApi ? { apiGatewayLogs: true } : {}),
            alarmTopicArn: alarms.topicArn,
            accessLogBucket: logs.bucketName,
            logRetentionDays: config.logRetentionDays,
            deletionProtection: config.deletionProtection,
        },
        opts,
    );
}

/** What writes log groups. */
export interface LogWriters {
    readonly web: WebTier;
    readonly api: ApiTier;
    readonly network: Vpc3Tier;
    readonly events: RegionEvents | undefined;
    /** Where this stack answers for the account. */
    readonly baseline: AccountBaseline | undefined;
}

/** Makes what keeps log groups for longer than CloudWatch does: all of the account and region, or this stack's. */
export function createLogGroupArchive(
    config: RegionalConfig,
    { alarms, key, logs }: Surroundings,
    { web, api, network, events, baseline }: LogWriters,
    opts: pulumi.ComponentResourceOptions,
): void {
    new LogGroupArchive(
        "shop-log-groups",
        {
            region: config.entry.region,
            accountId: config.accountId,
            kmsKeyArn: key.keyArn,
            // One stack of an account and region may archive all groups; another archives its own.
            ...(baseline === undefined
                ? {
                      logGroups: {
                          web: web.logGroupName,
                          api: api.logGroupName,
                          network: network.flowLogGroupName,
                          ...(events === undefined
                              ? {}
                              : {
                                    events: events.api.accessLogGroupName,
                                    collector: events.collector.logGroupName,
                                }),
                      },
                  }
                : {
                      allLogGroups: true,
                      // The trail is in S3 already.
                      excludedLogGroups:
                          baseline.trailLogGroupName === undefined ? [] : [baseline.trailLogGroupName],
                  }),
            lifecycle: logLifecycle(config.logArchiveRetentionDays),
            logRetentionDays: config.logRetentionDays,
            accessLogBucket: logs.bucketName,
            alarmTopicArns: alarms.topicArn.apply((arn) => [arn]),
            deletionProtection: config.deletionProtection,
        },
        opts,
    );
}
