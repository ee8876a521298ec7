import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { asSetting } from "../../shared/replacement";
import { UserPoolPlan } from "./args";
import { type Maker, type PoolPlace } from "./place";

/**
 * Has Cognito log messages that it could not send, and in the greatest plan what users do: `<prefix>-logs` and
 * `<prefix>-log-delivery`.
 */
export function logActivity(
    { parent, args, pool, tags }: Maker,
    { prefix, region }: PoolPlace,
    kmsKeyId: pulumi.Input<string>,
): void {
    const group = new aws.cloudwatch.LogGroup(
        `${prefix}-logs`,
        {
            region,
            // The prefix of logs that services deliver: for others each group adds to a policy that is soon full.
            namePrefix: `/aws/vendedlogs/cognito/${prefix}-`,
            retentionInDays: args.logRetentionDays ?? 365,
            kmsKeyId,
            tags,
        },
        { parent },
    );
    const to = { cloudWatchLogsConfiguration: { logGroupArn: group.arn } };
    new aws.cognito.LogDeliveryConfiguration(
        `${prefix}-log-delivery`,
        {
            region,
            userPoolId: pool.id,
            logConfigurations: [
                { eventSource: "userNotification", logLevel: "ERROR", ...to },
                ...(args.plan === UserPoolPlan.Plus
                    ? [{ eventSource: "userAuthEvents", logLevel: "INFO", ...to }]
                    : []),
            ],
        },
        asSetting({ parent }),
    );
}
