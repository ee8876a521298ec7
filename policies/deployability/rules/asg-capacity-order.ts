import { number, resourceRule } from "../../framework";
import { GROUP } from "../shared/types";

export const rule = resourceRule({
    id: "asg-capacity-order",
    severity: "high",
    description:
        "An Auto Scaling group's minimum is not above its maximum, and the desired capacity is between them.",
    fix: "Put minSize, desiredCapacity and maxSize in order.",
    frameworks: { controls: ["C19"] },
    types: [GROUP],
    check: ({ props }, report) => {
        const min = number(props.minSize) ?? 0;
        const max = number(props.maxSize) ?? 0;
        if (min > max) {
            report(`has minSize ${min} above maxSize ${max}.`);
        }
        const desired = number(props.desiredCapacity);
        if (desired !== undefined && (desired < min || desired > max)) {
            report(`has desiredCapacity ${desired}; allowed: ${min} to ${max}.`);
        }
    },
});
