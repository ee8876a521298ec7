import * as pulumi from "@pulumi/pulumi";

import { alarm } from "../../operations";
import { ThreatProtection } from "./args";
import { type Maker, type PoolPlace } from "./place";
import { threatProtection } from "./pool";

const NAMESPACE = '"AWS/Cognito"';

/** How many sign-ins in five minutes are enough to judge by. */
const ENOUGH = 20;
const FAILED_PERCENT = 50;

/** Makes the alarms of a pool, or of its replica. */
export function watchPool(
    { parent, args, pool, tags }: Maker,
    { prefix, region }: PoolPlace,
    topicArns: pulumi.Input<pulumi.Input<string>[]>,
): void {
    const common = { region, topicArns, tags, period: 300, missingData: "notBreaching" } as const;
    // By a query: a metric is by application, and by "Admin" for what servers ask.
    const query = (statistic: string, metric: string) =>
        pulumi.interpolate`SELECT ${statistic}(${metric}) FROM SCHEMA(${NAMESPACE}, "UserPool", "UserPoolClient") WHERE UserPool = '${pool.id}'`;
    alarm(
        `${prefix}-throttled`,
        {
            ...common,
            description: pulumi.interpolate`Cognito turns users of ${pool.id} away because too many come at once. Look for one client that repeats, then at the quotas of Amazon Cognito.`,
            queries: [
                { id: "signins", insights: query("SUM", "SignInThrottles") },
                { id: "signups", insights: query("SUM", "SignUpThrottles") },
                { id: "refreshes", insights: query("SUM", "TokenRefreshThrottles") },
                {
                    id: "throttled",
                    label: "Requests turned away",
                    expression: "FILL(signins, 0) + FILL(signups, 0) + FILL(refreshes, 0)",
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: 0,
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
        },
        { parent },
    );
    alarm(
        `${prefix}-sign-in-failures`,
        {
            ...common,
            description: pulumi.interpolate`Most sign-ins to ${pool.id} fail. Somebody tries passwords, a function that Cognito calls fails, or an application is wrong.`,
            queries: [
                { id: "attempts", insights: query("COUNT", "SignInSuccesses") },
                { id: "successes", insights: query("SUM", "SignInSuccesses") },
                {
                    id: "failed",
                    label: "Sign-ins that fail, in percent",
                    expression: `IF(FILL(attempts, 0) < ${ENOUGH}, 0, 100 * (attempts - successes) / attempts)`,
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: FAILED_PERCENT,
            evaluationPeriods: 3,
        },
        { parent },
    );
    if (threatProtection(args) !== ThreatProtection.Off) {
        watchRisks(prefix, common, pool.id, parent);
    }
}

function watchRisks(
    prefix: string,
    common: Pick<Parameters<typeof alarm>[1], "region" | "topicArns" | "tags" | "period" | "missingData">,
    poolId: pulumi.Output<string>,
    parent: pulumi.Resource,
): void {
    const risks = ["AccountTakeoverRisk", "CompromisedCredentialRisk"].map((metric, index) => ({
        id: `risk${index}`,
        insights: pulumi.interpolate`SELECT SUM(${metric}) FROM SCHEMA(${NAMESPACE}, "Operation", "RiskLevel", "UserPoolId") WHERE UserPoolId = '${poolId}'`,
    }));
    alarm(
        `${prefix}-risks`,
        {
            ...common,
            description: pulumi.interpolate`Threat protection finds sign-ins to ${poolId} that look like an attack, or passwords that are known to be stolen. The log of users' activity names them.`,
            queries: [
                ...risks,
                {
                    id: "risks",
                    label: "Sign-ins at risk",
                    expression: risks.map(({ id }) => `FILL(${id}, 0)`).join(" + "),
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            // One is a traveller.
            threshold: 10,
        },
        { parent },
    );
}
