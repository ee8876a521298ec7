import { ifKnown, type Member, object, stackRule, type StackView, text } from "../../framework";
import { isInput } from "../../framework/items";
import { anyOf } from "../shared/judging";

const QUEUE = "aws:sqs/queue:Queue";

/** Properties of whatever resource that lead to the queue for what fails. */
const LEADING = /redrive|dead_?letter|destinationConfig|onFailure/i;

export const rule = stackRule({
    id: "sqs-dead-letters",
    severity: "low",
    level: "advisory",
    description: "Messages that nobody can handle end in a queue for them.",
    fix: "Set redrivePolicy to another queue, or add an aws.sqs.RedrivePolicy.",
    frameworks: { controls: ["162"] },
    types: [QUEUE],
    checkStack: (stack, report) => {
        const queues = stack.ofType(QUEUE);
        stack.each(queues, (queue) => {
            const hasOne =
                isInput(queue, "redrivePolicy") ||
                stack.referrersOf(queue, "aws:sqs/redrivePolicy:RedrivePolicy", "queueUrl").length > 0;
            if (!hasOne && !isOne(stack, queue)) {
                report("loses messages that nobody can handle: redrivePolicy is not given.", queue);
            }
        });
    },
});

/** Whether the queue is where others put what fails. */
function isOne(stack: StackView, queue: Member): boolean {
    const name = ifKnown(() => text(queue.props.name));
    const isLedTo = stack.resources.some(
        (other) =>
            other.urn !== queue.urn &&
            (Object.entries(other.propertyDependencies).some(
                ([property, sources]) =>
                    sources.some(({ urn }) => urn === queue.urn) &&
                    (LEADING.test(property) || leadsWithin(ifKnown(() => other.props[property]))),
            ) ||
                (name !== undefined && namesInPolicy(other, name))),
    );
    const policies = stack.referrersOf(queue, "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "queueUrl");
    return isLedTo || anyOf([queue, ...policies].map((member) => () => letsIn(member)));
}

/** Whether a policy says which queues may put messages into it. */
function letsIn(member: Member): boolean {
    return (
        isInput(member, "redriveAllowPolicy") &&
        !/"denyAll"/.test(text(member.props.redriveAllowPolicy) ?? "")
    );
}

/** Whether a nested property leads to a queue for what fails, as those of schedules and pipes do. */
function leadsWithin(value: unknown): boolean {
    const inner = object(value);
    return Object.keys(inner).some((key) => LEADING.test(key) || leadsWithin(ifKnown(() => inner[key])));
}

/** Whether a redrive policy that is known names the queue. */
function namesInPolicy(other: Member, name: string): boolean {
    const policy = ifKnown(() => text(other.props.redrivePolicy)) ?? "";
    return policy.includes(`:${name}"`);
}
