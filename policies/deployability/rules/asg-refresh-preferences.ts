import { list, number, object, type Props, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { GROUP } from "../shared/types";
import { judge } from "../shared/values";

export const rule = resourceRule({
    id: "asg-refresh-preferences",
    severity: "high",
    description: "Instance refreshes and maintenance keep percentages that EC2 Auto Scaling takes.",
    fix: "Keep minHealthyPercentage at 0 to 100, maxHealthyPercentage at 100 to 200 and within 100 of it, and checkpoints ascending.",
    frameworks: { controls: ["C19", "F7.10"] },
    types: [GROUP],
    check: ({ props }, report) => {
        judge(
            () => {
                if (!isGiven(props, "instanceRefresh")) {
                    return;
                }
                const refresh = object(props.instanceRefresh);
                const strategy = text(refresh.strategy) ?? "";
                if (strategy !== "Rolling") {
                    report(`has the refresh strategy "${strategy}"; allowed: Rolling.`);
                }
            },
            () => {
                judgePercentages(
                    "instanceRefresh",
                    object(object(props.instanceRefresh).preferences),
                    report,
                );
            },
            () => {
                judgePercentages(
                    "instanceMaintenancePolicy",
                    object(props.instanceMaintenancePolicy),
                    report,
                );
            },
            () => {
                const preferences = object(object(props.instanceRefresh).preferences);
                const checkpoints = list(preferences.checkpointPercentages).map((item) => number(item) ?? 0);
                const isAscending = checkpoints.every(
                    (item, index) => item > (checkpoints[index - 1] ?? 0) && item <= 100,
                );
                if (!isAscending) {
                    report(`has checkpointPercentages ${checkpoints.join(", ")}.`);
                }
                if (checkpoints.length === 0 && isGiven(preferences, "checkpointDelay")) {
                    report("has checkpointDelay without checkpointPercentages.");
                }
            },
        );
    },
});

function judgePercentages(at: string, preferences: Props, report: (reason: string) => void): void {
    const min = number(preferences.minHealthyPercentage);
    const max = number(preferences.maxHealthyPercentage);
    if (min !== undefined && (min < 0 || min > 100)) {
        report(`has ${at} minHealthyPercentage ${min}; allowed: 0 to 100.`);
    }
    if (max === undefined) {
        return;
    }
    if (max < 100 || max > 200) {
        report(`has ${at} maxHealthyPercentage ${max}; allowed: 100 to 200.`);
    } else if (min === undefined) {
        report(`has ${at} maxHealthyPercentage ${max} without minHealthyPercentage.`);
    } else if (max - min > 100) {
        report(`has ${at} maxHealthyPercentage ${max}, more than 100 above minHealthyPercentage ${min}.`);
    }
}
