import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { alarm } from "../alarms";

/** The balancer that viewers reach. */
interface WatchedBalancer {
    readonly region: string;
    readonly loadBalancerArnSuffix: pulumi.Input<string>;
    readonly topicArn: pulumi.Input<string>;
}

/**
 * Makes an alarm that ends experiments: a region bears each of their faults without its viewers seeing much, and when they do, the
 * experiment is over.
 */
export function unbearableAlarm(
    name: string,
    { loadBalancerArnSuffix, region, topicArn }: WatchedBalancer,
    opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
    const dimensions = { LoadBalancer: loadBalancerArnSuffix };
    const count = (metricName: string) => ({
        namespace: "AWS/ApplicationELB",
        metricName,
        dimensions,
        statistic: "Sum",
    });
    return alarm(
        name,
        {
            region,
            description:
                "More than a quarter of the viewers' requests fail. An experiment that is running is stopped; without one, " +
                "look at the web tier.",
            queries: [
                { id: "targets", metric: count("HTTPCode_Target_5XX_Count") },
                { id: "balancer", metric: count("HTTPCode_ELB_5XX_Count") },
                { id: "requests", metric: count("RequestCount") },
                {
                    id: "failed",
                    label: "Failed requests, in percent",
                    expression:
                        "100 * (FILL(targets, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0) + 1)",
                    returnData: true,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: 25,
            evaluationPeriods: 2,
            // Without requests nobody suffers.
            missingData: "notBreaching",
            topicArns: [topicArn],
        },
        opts,
    );
}
