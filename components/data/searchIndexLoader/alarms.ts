import type * as pulumi from "@pulumi/pulumi";

import { alarm, deadLetterAlarm } from "../../operations";
import { type TagsInput } from "../../shared/tags";

/** What a loader's alarms watch and whom they tell. */
export interface LoaderAlarmArgs {
    region: string;
    indexName: string;
    functionName: pulumi.Input<string>;
    queueName: pulumi.Input<string>;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
    tags: TagsInput;
}

const LATE_MILLISECONDS = 5 * 60 * 1000;

/** Makes the alarms of a loader. */
export function createAlarms(name: string, args: LoaderAlarmArgs, parent: pulumi.Resource): void {
    const { region, topicArns, tags, indexName } = args;
    const dimensions = { FunctionName: args.functionName };
    // Without changes and calls there are no metrics, and nothing wrong.
    const place = { region, topicArns, tags };
    const common = { ...place, missingData: "notBreaching" as const };
    alarm(
        `${name}-late`,
        {
            ...common,
            description: `The search index ${indexName} is more than five minutes behind its table. Look at the loader's errors, and at the domain's health.`,
            metric: { namespace: "AWS/Lambda", metricName: "IteratorAge", dimensions, statistic: "Maximum" },
            comparison: "GreaterThanThreshold",
            threshold: LATE_MILLISECONDS,
            evaluationPeriods: 3,
        },
        { parent },
    );
    alarm(
        `${name}-errors`,
        {
            ...common,
            description: `Changes could not be written into the search index ${indexName} and are tried again. The loader's log says why.`,
            metric: { namespace: "AWS/Lambda", metricName: "Errors", dimensions, statistic: "Sum" },
            comparison: "GreaterThanThreshold",
            threshold: 0,
            period: 300,
            evaluationPeriods: 3,
        },
        { parent },
    );
    deadLetterAlarm(
        `${name}-given-up`,
        args.queueName,
        {
            ...place,
            description: `Changes were given up that are now missing from the search index ${indexName}. Put right what the loader's log names, then fill the index again.`,
        },
        { parent },
    );
}
