import { ifKnown, stackRule, text } from "../../framework";
import { FUNCTION } from "../shared/types";
import { waitsFor } from "../shared/waiting";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const rule = stackRule({
    id: "lambda-log-group-order",
    severity: "medium",
    // Whichever of the two is made first decides whether anything fails.
    level: "advisory",
    description:
        "A function's log group is there before the function, which else makes an unmanaged one on its first call.",
    fix: "Let the function depend on its log group, as by loggingConfig.logGroup.",
    frameworks: { controls: ["F13.14"] },
    types: [FUNCTION],
    checkStack: (stack, report) => {
        for (const called of stack.ofType(FUNCTION)) {
            const name = ifKnown(() => text(called.props.name));
            const groups = stack.ofType(LOG_GROUP).filter((group) => {
                const given = ifKnown(() => text(group.props.name));
                const isByName = name !== undefined && given === `/aws/lambda/${name}`;
                // A group whose name is made from the function's waits for the function.
                const isMade = (group.propertyDependencies.name ?? []).some(({ urn }) => urn === called.urn);
                return isByName || isMade;
            });
            const [group] = groups;
            if (group !== undefined && !waitsFor(called, groups)) {
                report(`does not wait for its log group ${group.name}.`, called);
            }
        }
    },
});
