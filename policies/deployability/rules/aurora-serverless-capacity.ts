import { number, object, type Props, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { RDS_CLUSTER } from "../shared/types";
import { judge, judgeRanges } from "../shared/values";

const BLOCK = "serverlessv2ScalingConfiguration";

export const rule = resourceRule({
    id: "aurora-serverless-capacity",
    severity: "high",
    description: "Serverless v2 capacity is in half units from 0 to 256, the minimum not above the maximum.",
    fix: "Give minCapacity and maxCapacity multiples of 0.5 in order, and secondsUntilAutoPause only with minCapacity 0.",
    frameworks: { controls: ["C5"] },
    types: [RDS_CLUSTER],
    check: ({ props }, report) => {
        if (!isGiven(props, BLOCK)) {
            return;
        }
        judge(
            () => {
                judgeRanges(
                    object(props[BLOCK]),
                    {
                        minCapacity: { min: 0, max: 256, step: 0.5 },
                        maxCapacity: { min: 1, max: 256, step: 0.5 },
                        secondsUntilAutoPause: { min: 300, max: 86400 },
                    },
                    report,
                );
            },
            () => {
                judgeOrder(object(props[BLOCK]), report);
            },
        );
    },
});

function judgeOrder(scaling: Props, report: (reason: string) => void): void {
    const min = number(scaling.minCapacity);
    const max = number(scaling.maxCapacity);
    if (min === undefined || max === undefined) {
        report(`has ${BLOCK} without ${min === undefined ? "minCapacity" : "maxCapacity"}.`);
    } else if (min > max) {
        report(`has minCapacity ${min} above maxCapacity ${max}.`);
    }
    if (min !== 0 && isGiven(scaling, "secondsUntilAutoPause")) {
        report(`has secondsUntilAutoPause with minCapacity ${min ?? "left out"}; only minCapacity 0 pauses.`);
    }
}
