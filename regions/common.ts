import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { AlarmTopic, monthlyBudget } from "../components/operations";
import { type BucketLifecycle } from "../components/security/bucketLifecycle";
import { type EdgeDistributionArgs } from "../components/edge";
import { EncryptionKey, KeyUser } from "../components/security/encryptionKey";
import { type CommonConfig } from "./configTypes";

// CloudFront, its web ACLs, health checks and the metrics of all three are in us-east-1 alone, wherever the
// stack's region is, and an alarm can only tell a topic of its own region.
const EDGE_REGION = "us-east-1";

/** The topic for what happens at the edge, with a key of its own because a key is regional too. */
export function createEdgeAlarmTopic(
    config: CommonConfig,
    opts: pulumi.ComponentResourceOptions,
): AlarmTopic {
    const home = { region: EDGE_REGION, accountId: config.accountId };
    const key = new EncryptionKey(
        "shop-edge-key",
        {
            ...home,
            description: `Alarms of ${config.stack} at the edge`,
            services: [KeyUser.SnsPublishers],
            deletionProtection: config.deletionProtection,
        },
        opts,
    );
    return new AlarmTopic(
        "shop-edge-alarms",
        {
            ...home,
            kmsKeyArn: key.keyArn,
            ...(config.alarmEmail === undefined ? {} : { email: config.alarmEmail }),
        },
        opts,
    );
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

/** How long archived logs stay and where they move. */
export function archiveLifecycle(config: CommonConfig): BucketLifecycle {
    return {
        transitionToInfrequentAccessAfterDays: 30,
        transitionToGlacierAfterDays: 90,
        expireAfterDays: config.logArchiveRetentionDays,
        // Nothing replaces a log; an older version is one that somebody deleted and may want back.
        noncurrentExpireAfterDays: 30,
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
