import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type AlarmTopic, edgeAlarmTopic, monthlyBudget } from "../components/operations";
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
