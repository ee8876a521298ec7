import { number, resourceRule } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "lambda-reserved-concurrency",
    severity: "low",
    level: "advisory",
    description: "Functions have a concurrency of their own, which they share with none and cannot exceed.",
    fix: "Set reservedConcurrentExecutions.",
    frameworks: { controls: ["102"], checkov: ["CKV_AWS_115"] },
    types: ["aws:lambda/function:Function"],
    check: ({ props }, report) => {
        // -1, the default, is none.
        if ((number(props.reservedConcurrentExecutions) ?? -1) < 0) {
            report(
                `takes from the account's concurrency: reservedConcurrentExecutions is ${shown(props.reservedConcurrentExecutions)}.`,
            );
        }
    },
});
