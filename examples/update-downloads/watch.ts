import * as aws from "@pulumi/aws";

import { alarm, type RegionalFoundation } from "../../components/operations";
import { type UpdatesSettings } from "./settings";

/**
 * Watches the balancer that is there, as far as its metrics tell: the group behind it stays small because CloudFront
 * answers, and this rings where CloudFront does not. Of a balancer that is given by its name nothing is known here.
 */
export function watchBalancer(
    { balancerArn, capacityRequestsPerMinute, region }: UpdatesSettings,
    { alarmTopicArn }: RegionalFoundation,
    provider: aws.Provider,
): void {
    if (balancerArn?.includes(":loadbalancer/app/") !== true) {
        return;
    }
    const { arnSuffix } = aws.lb.getLoadBalancerOutput({ arn: balancerArn, region }, { provider });
    const common = { region, topicArns: [alarmTopicArn], missingData: "notBreaching" as const };
    const of = (metricName: string) => ({
        namespace: "AWS/ApplicationELB",
        metricName,
        dimensions: { LoadBalancer: arnSuffix },
        statistic: "Sum",
    });
    alarm(
        "updates-balancer-requests",
        {
            ...common,
            description: `The balancer gets more than the ${capacityRequestsPerMinute} requests a minute that the group behind it is sized for. Look at CloudFront's cache hits first, then for who asks the balancer directly.`,
            metric: of("RequestCount"),
            comparison: "GreaterThanThreshold",
            threshold: capacityRequestsPerMinute,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
        },
        { provider },
    );
    alarm(
        "updates-balancer-errors",
        {
            ...common,
            description:
                "The balancer answers with 5xx. CloudFront goes on with what it has kept; what is new fails, or comes from the second balancer.",
            queries: [
                { id: "balancer", metric: of("HTTPCode_ELB_5XX_Count") },
                { id: "group", metric: of("HTTPCode_Target_5XX_Count") },
                {
                    id: "errors",
                    label: "Answers with 5xx",
                    expression: "FILL(balancer, 0) + FILL(group, 0)",
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: 10,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
        },
        { provider },
    );
}
