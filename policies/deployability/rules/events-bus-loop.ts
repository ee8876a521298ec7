import { flag, object, stackRule, text } from "../../framework";
import { arnOf } from "../shared/arn";

const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const BUS = "aws:cloudwatch/eventBus:EventBus";

/** Fields of an event by which a rule may tell its own bus's events from those that another one handed on. */
const ORIGINS = ["region", "account", "source"];

export const rule = stackRule({
    id: "events-bus-loop",
    severity: "high",
    description: "Rules that hand events on to another bus say where these come from.",
    fix: 'Give the pattern "region" or "account" with the bus\'s own, or "source"; two buses that hand each other everything do so for ever.',
    frameworks: { controls: ["F47.3"] },
    types: [TARGET],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(TARGET), (target) => {
            const [rule] = stack.referencesOf(target, "rule", RULE);
            if (rule === undefined) {
                return;
            }
            const toBus =
                stack.referencesOf(target, "arn", BUS).length > 0 ||
                arnOf(text(target.props.arn))?.resource.startsWith("event-bus/") === true;
            const state = text(rule.props.state) ?? "ENABLED";
            const isEnabled = state !== "DISABLED" && flag(rule.props.isEnabled) !== false;
            if (toBus && isEnabled && !namesOrigin(text(rule.props.eventPattern))) {
                report(
                    `hands events of the rule ${rule.name} on to another bus, and the pattern names no ${ORIGINS.join(", ")}.`,
                    target,
                );
            }
        });
    },
});

function namesOrigin(pattern: string | undefined): boolean {
    try {
        const fields = object(JSON.parse(pattern ?? "{}"));
        return ORIGINS.some((field) => fields[field] !== undefined);
    } catch {
        // What is no JSON is aws-json-arguments' to say.
        return true;
    }
}
