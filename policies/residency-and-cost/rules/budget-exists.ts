import { stackRule } from "../../framework";
import { inputOf, isGiven } from "../../framework/items";
import { matchesAny, stackNameOf } from "../../framework/patterns";
import { list, number, objects } from "../../framework/subject";

interface Config {
    readonly stacks: readonly string[];
}

const BUDGET = "aws:budgets/budget:Budget";
const SUBSCRIBERS = ["subscriberEmailAddresses", "subscriberSnsTopicArns"];

export const rule = stackRule<Config>({
    id: "budget-exists",
    severity: "medium",
    description: "AWS Budgets tells somebody when the bill outgrows what was agreed.",
    fix: "Add an aws.budgets.Budget with a limit, and with notifications to a topic or to addresses.",
    frameworks: { controls: ["P30"] },
    level: "advisory",
    config: {
        stacks: {
            type: "array",
            items: { type: "string" },
            // Budgets belong to the account, not to a region.
            default: ["*-global"],
            description: "Names of stacks, as patterns, that must have a budget.",
        },
    },
    checkStack: (stack, report, { stacks }) => {
        const budgets = stack.ofType(BUDGET);
        if (budgets.length === 0 && matchesAny(stacks, stackNameOf(stack.urn))) {
            report("has no budget.");
        }
        stack.each(budgets, (budget) => {
            const { props } = budget;
            const limited = ["plannedLimits", "autoAdjustData"].some((property) => isGiven(props, property));
            if (!limited && !((number(inputOf(budget, "limitAmount")) ?? 0) > 0)) {
                report("has no limitAmount above 0.", budget);
            }
            const tells = objects(props.notifications).some((notification) =>
                SUBSCRIBERS.some(
                    (property) => isGiven(notification, property) && list(notification[property]).length > 0,
                ),
            );
            if (!tells) {
                report("has no notification that reaches anybody.", budget);
            }
        });
    },
});
