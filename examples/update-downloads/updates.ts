import * as aws from "@pulumi/aws";

import { DownloadsDistribution, VersionPlace } from "../../components/edge";
import { type RegionalFoundation } from "../../components/operations";
import { rolePolicy } from "../../components/security/permissions";
import { stackFoundation } from "../shared/foundation";
import { stackProvider } from "../shared/provider";
import { contentsOf } from "./contents";
import { readUpdatesSettings, type UpdatesSettings } from "./settings";
import { watchBalancer } from "./watch";

/**
 * Composes what stands before the balancers. The distribution exists once for the world, in the primary region's stack;
 * the other region's watches its own balancer.
 */
export function composeUpdates(): Record<string, unknown> {
    const settings = readUpdatesSettings();
    const provider = stackProvider(settings);

    const foundation = stackFoundation("updates-base", settings, { providers: [provider] });
    watchBalancer(settings, foundation, provider);
    if (!settings.isPrimary) {
        return { alarmTopicArn: foundation.alarmTopicArn };
    }
    const downloads = createDistribution(settings, foundation, provider);
    return {
        url: downloads.url,
        distributionId: downloads.distributionId,
        // The distribution's own name, by which it is tried before the records lead to it.
        distributionDomainName: downloads.distributionDomainName,
        ...(settings.objectStore
            ? {
                  objectBucketName: downloads.objectBucketName,
                  keyValueStoreArn: downloads.keyValueStoreArn,
                  ...createPolicies(downloads, provider),
              }
            : {}),
        alarmTopicArn: foundation.alarmTopicArn,
    };
}

function createDistribution(
    settings: UpdatesSettings,
    { edgeAlarmTopicArn, logBucketName }: RegionalFoundation,
    provider: aws.Provider,
): DownloadsDistribution {
    const { region, accountId, domainName, hostedZoneId, versionPlace, versionName } = settings;
    const failoverBalancer = balancerOf(settings.peerBalancerArn, settings.peerBalancerDomainName);
    return new DownloadsDistribution(
        "updates-edge",
        {
            region,
            accountId,
            hostedZoneId,
            domainNames: [domainName],
            createDnsRecords: settings.createDnsRecords,
            balancer: balancerOf(settings.balancerArn, settings.balancerDomainName) ?? {},
            ...(failoverBalancer === undefined ? {} : { failoverBalancer }),
            ...(versionPlace === VersionPlace.Path
                ? {}
                : {
                      versionKey: {
                          place: versionPlace,
                          ...(versionName === undefined ? {} : { name: versionName }),
                      },
                  }),
            contents: contentsOf(settings),
            objectStore: settings.objectStore,
            accessLogBucket: logBucketName,
            ...(edgeAlarmTopicArn === undefined ? {} : { alarmTopicArns: [edgeAlarmTopicArn] }),
            logRetentionDays: settings.logRetentionDays,
            deletionProtection: settings.deletionProtection,
        },
        { providers: [provider] },
    );
}

function balancerOf(
    loadBalancerArn: string | undefined,
    domainName: string | undefined,
): { loadBalancerArn: string } | { domainName: string } | undefined {
    if (loadBalancerArn !== undefined) {
        return { loadBalancerArn };
    }
    return domainName === undefined ? undefined : { domainName };
}

/** For the roles of those who publish packages, and of those who move the traffic: two duties, two policies. */
function createPolicies(
    { publishPermissions, weightPermissions }: DownloadsDistribution,
    provider: aws.Provider,
): Record<string, unknown> {
    const policy = (role: string, description: string, permissions: typeof publishPermissions) =>
        new aws.iam.Policy(
            `updates-edge-${role}`,
            { description, policy: rolePolicy([], [permissions]) },
            { provider },
        ).arn;
    return {
        publisherPolicyArn: policy("publishers", "Puts packages into the bucket", publishPermissions),
        moverPolicyArn: policy("movers", "Moves downloads between balancer and bucket", weightPermissions),
    };
}
