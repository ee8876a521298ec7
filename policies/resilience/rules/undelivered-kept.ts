import { ifKnown, type Member, object, stackRule, text } from "../../framework";
import { inputOf, isGiven, isInput } from "../../framework/items";

const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

/** Subscribers that are programs of the account's own. Mail and web hooks have no use for what comes days later. */
const PROGRAMS: readonly string[] = ["sqs", "lambda", "firehose"];

export const rule = stackRule({
    id: "undelivered-kept",
    severity: "medium",
    description:
        "Events of a bus of one's own, and messages to queues and functions, are kept where they cannot be delivered.",
    fix: "Set deadLetterConfig.arn of the target, or redrivePolicy of the subscription, to a queue whose policy lets the service in.",
    frameworks: { controls: ["F47.2", "F47.3"] },
    types: [TARGET, SUBSCRIPTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(TARGET, SUBSCRIPTION), (member) => {
            if (member.type === TARGET ? losesEvents(member) : losesMessages(member)) {
                report(
                    member.type === TARGET
                        ? "loses events that cannot be delivered: deadLetterConfig is not given."
                        : "loses messages that cannot be delivered: redrivePolicy is not given.",
                    member,
                );
            }
        });
    },
});

/** On the default bus are AWS's own events, which nobody repeats; a bus of one's own carries what the system lives by. */
function losesEvents(target: Member): boolean {
    return (
        isInput(target, "eventBusName") &&
        !isGiven(object(inputOf(target, "deadLetterConfig")), "arn") &&
        ifKnown(() => text(target.props.eventBusName)) !== "default"
    );
}

function losesMessages(subscription: Member): boolean {
    const protocol = ifKnown(() => text(subscription.props.protocol));
    return !isInput(subscription, "redrivePolicy") && (protocol === undefined || PROGRAMS.includes(protocol));
}
