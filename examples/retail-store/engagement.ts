import type * as pulumi from "@pulumi/pulumi";

import { Personalization, RecommendationUse } from "../../components/data";
import { CustomerMessaging } from "../../components/messaging";
import { type RegionalFoundation } from "../../components/operations";
import { type StoreSettings } from "./settings";

/** What the store recommends, and what it writes to people. */
export interface Engagement {
    readonly personalization: Personalization;
    readonly messaging: CustomerMessaging;
}

/** Makes recommendations of three kinds and messages of three kinds. */
export function createEngagement(
    settings: StoreSettings,
    { alarmTopicArn, kmsKeyArn, logBucketName }: RegionalFoundation,
    opts: pulumi.ComponentResourceOptions,
): Engagement {
    const { accountId, hostedZoneId, mailDomain, region } = settings;
    const personalization = new Personalization(
        "store-personal",
        {
            region,
            accountId,
            servedUses: settings.servedRecommendations ? Object.values(RecommendationUse) : [],
            parameterPrefix: `/${settings.namePrefix}/recommendations`,
            // Before the week begins, when mail goes out.
            trainingSchedule: "cron(0 3 ? * SUN *)",
            accessLogBucket: logBucketName,
            alarmTopicArns: [alarmTopicArn],
            logRetentionDays: settings.logRetentionDays,
            deletionProtection: settings.deletionProtection,
        },
        opts,
    );
    const messaging = new CustomerMessaging(
        "store-mail",
        {
            region,
            accountId,
            domain: mailDomain,
            hostedZoneId,
            senderAddress: `hello@${mailDomain}`,
            kmsKeyArn,
            alarmTopicArns: [alarmTopicArn],
        },
        opts,
    );
    return { personalization, messaging };
}
