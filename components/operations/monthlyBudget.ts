import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What a budget counts and whom it tells. */
export interface MonthlyBudgetArgs {
    /** USD by the month. */
    limitUsd: number;
    /** Value of the tag `environment` of what it counts. */
    environment: string;
    /** Topic in us-east-1 that is told; AWS Budgets must be allowed to publish. */
    topicArn: pulumi.Input<string>;
}

/** Tells a topic when what has the tag costs more than was agreed, or is about to. */
export function monthlyBudget(
    name: string,
    { limitUsd, environment, topicArn }: MonthlyBudgetArgs,
    opts: pulumi.CustomResourceOptions,
): aws.budgets.Budget {
    const notify = {
        comparisonOperator: "GREATER_THAN",
        thresholdType: "PERCENTAGE",
        subscriberSnsTopicArns: [topicArn],
    };
    return new aws.budgets.Budget(
        name,
        {
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: String(limitUsd),
            limitUnit: "USD",
            // Counts from when the tag is switched on as a cost allocation tag in the billing account.
            costFilters: [{ name: "TagKeyValue", values: [`user:environment$${environment}`] }],
            notifications: [
                { ...notify, notificationType: "ACTUAL", threshold: 80 },
                { ...notify, notificationType: "FORECASTED", threshold: 100 },
            ],
        },
        opts,
    );
}
