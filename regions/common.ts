import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
    type AlarmTopic,
    edgeAlarmTopic,
    GLOBAL_EVENTS,
    healthBackupRegion,
    monthlyBudget,
    remoteHealthEvents,
} from "../components/operations";
import { type EdgeDistributionArgs } from "../components/edge";
import { type CommonConfig } from "./configTypes";

/** The topic for what happens at the edge. */
export function createEdgeAlarmTopic(
    { accountId, stack, alarmEmail, deletionProtection }: CommonConfig,
    opts: pulumi.ComponentResourceOptions,
): AlarmTopic {
    return edgeAlarmTopic("shop", { accountId, subject: stack, email: alarmEmail, deletionProtection }, opts);
}

/** What the configuration says of every distribution. */
export function edgeSettings(config: CommonConfig): Partial<EdgeDistributionArgs> {
    const { edge } = config;
    return {
        priceClass: edge.priceClass,
        geoRestriction: { type: edge.geoRestriction.type, countries: [...edge.geoRestriction.countries] },
        blockedCountries: [...edge.blockedCountries],
        rateLimitPerFiveMinutes: edge.rateLimitPerFiveMinutes,
        ...(edge.contentSecurityPolicy === undefined
            ? {}
            : { contentSecurityPolicy: edge.contentSecurityPolicy }),
        shieldAdvanced: edge.shieldAdvanced,
        ...(edge.certificateArn === undefined ? {} : { certificateArn: edge.certificateArn }),
        logRetentionDays: config.logRetentionDays,
        deletionProtection: config.deletionProtection,
    };
}

/** Tells the alarm topic when the environment costs more than was agreed. Its resources are known by their tag. */
export function createBudget(
    { environment, monthlyBudgetUsd }: CommonConfig,
    topicArn: pulumi.Output<string>,
    provider: aws.Provider,
): void {
    monthlyBudget("shop-budget", { limitUsd: monthlyBudgetUsd, environment, topicArn }, { provider });
}

/**
 * Has somebody told what AWS Health says of any of the regions, outside of them: AWS sends every event to a backup region as
 * well, and a region that is lost tells nobody.
 */
export function createHealthBackup(
    { accountId, alarmEmail, catalogue, deletionProtection, stack }: CommonConfig,
    opts: pulumi.ComponentResourceOptions,
): void {
    const regions = catalogue.map(({ region }) => region);
    for (const backup of new Set(regions.map(healthBackupRegion))) {
        const told = regions.filter((region) => healthBackupRegion(region) === backup);
        remoteHealthEvents(
            `shop-health-backup-${backup}`,
            {
                region: backup,
                accountId,
                subject: `${stack}, as AWS Health knows them outside of their regions`,
                email: alarmEmail,
                deletionProtection,
                // What is in no region comes to us-east-1, where no stack may listen, and to its backup.
                eventRegions: backup === healthBackupRegion("us-east-1") ? [...told, GLOBAL_EVENTS] : told,
            },
            opts,
        );
    }
}
