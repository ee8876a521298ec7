import { Provider, type ProviderArgs } from "@pulumi/aws-native/provider";
import * as pulumi from "@pulumi/pulumi";

import { Personalization, RecommendationUse } from "../../components/data";
import { CustomerMessaging, Queue } from "../../components/messaging";
import { type RegionalFoundation } from "../../components/operations";
import { type StoreSettings } from "./settings";

/** What the store recommends, and what it writes to people. */
export interface Engagement {
    readonly personalization: Personalization;
    readonly messaging: CustomerMessaging;
    /** Tells once a week that the people of the region's contact list are to be written what is recommended to them. */
    readonly mailings: Queue;
}

/**
 * Makes recommendations of three kinds and messages of three kinds.
 *
 * @param provider The stack's provider of aws; Personalize's resources take one of aws-native as well.
 */
export function createEngagement(
    settings: StoreSettings,
    { alarmTopicArn, kmsKeyArn, logBucketName }: RegionalFoundation,
    provider: pulumi.ProviderResource,
): Engagement {
    const opts = { providers: [provider] };
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
        { providers: [provider, nativeProvider(settings)] },
    );
    const mailings = new Queue(
        "store-mailings",
        {
            region,
            accountId,
            kmsKeyArn,
            // A mailing takes its time.
            visibilityTimeoutSeconds: 3600,
            oldestMessageAlarmSeconds: 4 * 3600,
            alarmTopicArns: [alarmTopicArn],
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
            recommendations: { targetArn: mailings.queueArn, targetKmsKeyArn: kmsKeyArn },
            alarmTopicArns: [alarmTopicArn],
        },
        opts,
    );
    return { mailings, messaging, personalization };
}

/** The provider of aws-native, held to the same account, region and role as the stack's own. */
function nativeProvider({ accountId, deployRoleArn, region }: StoreSettings): Provider {
    return new Provider("aws-native", {
        region: region as ProviderArgs["region"],
        allowedAccountIds: [accountId],
        ...(deployRoleArn === undefined
            ? {}
            : { assumeRole: { roleArn: deployRoleArn, sessionName: `pulumi-${pulumi.getStack()}` } }),
    });
}
