import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { alarm, type AlarmArgs } from "./alarms";

/** Makes the alarm that rings when a function fails which is called now and then. */
export function functionErrorAlarm(
    name: string,
    functionName: pulumi.Input<string>,
    args: Pick<AlarmArgs, "region" | "description" | "topicArns" | "tags">,
    opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
    return alarm(
        name,
        {
            ...args,
            metric: {
                namespace: "AWS/Lambda",
                metricName: "Errors",
                dimensions: { FunctionName: functionName },
                statistic: "Sum",
            },
            comparison: "GreaterThanThreshold",
            threshold: 0,
            period: 300,
            // Without calls there are none that fail.
            missingData: "notBreaching",
        },
        opts,
    );
}
