import { type Member, stackRule, type StackView, statementsOf, text } from "../../framework";
import { anyOf, isInput } from "../../framework/items";
import { QUEUE } from "../shared/types";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";

/** Which property names the queue, and which service sends, by type. */
const SENDERS: Readonly<Record<string, readonly [property: string, service: string]>> = {
    [SUBSCRIPTION]: ["endpoint", "sns.amazonaws.com"],
    [TARGET]: ["arn", "events.amazonaws.com"],
};

export const rule = stackRule({
    id: "sqs-senders-allowed",
    severity: "high",
    description: "Queues that topics and event rules send to let SNS and EventBridge in.",
    fix: "Allow sqs:SendMessage to the service in the queue's policy, for the topic or the rule as aws:SourceArn.",
    frameworks: { controls: ["F47.2", "F47.3"] },
    types: [SUBSCRIPTION, TARGET],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(SUBSCRIPTION, TARGET), (sender) => {
            const [property, service] = SENDERS[sender.type] ?? ["", ""];
            const [queue] = stack.referencesOf(sender, property, QUEUE);
            // With a role it is the role that sends.
            if (queue === undefined || isInput(sender, "roleArn")) {
                return;
            }
            if (!letsIn(stack, queue, service)) {
                report(`sends to the queue ${queue.name}, whose policy does not let ${service} in.`, sender);
            }
        });
    },
});

function letsIn(stack: StackView, queue: Member, service: string): boolean {
    const policies = [
        ...stack.referrersOf(queue, POLICY, "queueUrl").map((policy) => () => policy.props.policy),
        ...(isInput(queue, "policy") ? [() => queue.props.policy] : []),
    ];
    return anyOf(
        policies.map(
            (policy) => () =>
                (statementsOf(text(policy())) ?? []).some(
                    ({ effect, principals, actions }) =>
                        effect === "Allow" &&
                        (principals.Service ?? []).includes(service) &&
                        actions.some((action) => /^(?:sqs:(?:SendMessage|\*)|\*)$/i.test(action)),
                ),
        ),
    );
}
