import { number, resourceRule, text } from "../../framework";
import { arnOf } from "../shared/arn";
import { judge } from "../shared/values";

/** Services whose resources are named by ARN. */
const BY_ARN = ["comprehend", "kafka"];

export const rule = resourceRule({
    id: "appautoscaling-target",
    severity: "high",
    description:
        "Targets of Application Auto Scaling have room to scale in, and name the resource by its path.",
    fix: "Set minCapacity to maxCapacity at most, and resourceId to a path such as service/<cluster>/<service>.",
    frameworks: { controls: ["F14.10"] },
    types: ["aws:appautoscaling/target:Target"],
    check: ({ props }, report) => {
        judge(
            () => {
                const least = number(props.minCapacity) ?? 0;
                const most = number(props.maxCapacity) ?? Infinity;
                if (least > most) {
                    report(`has minCapacity ${least} and maxCapacity ${most}.`);
                }
            },
            () => {
                const id = text(props.resourceId);
                if (arnOf(id) !== undefined && !BY_ARN.includes(text(props.serviceNamespace) ?? "")) {
                    report(`has the resourceId "${id ?? ""}", which is an ARN.`);
                }
            },
        );
    },
});
