import { ifKnown, type Member, stackRule, type StackView, text } from "../../framework";
import { isInput } from "../../framework/items";

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
    return (
        // Says which queues may put messages into it.
        isInput(queue, "redriveAllowPolicy") ||
        stack.referrersOf(queue, "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "queueUrl").length > 0 ||
        stack.resources.some(
            (other) =>
                other.urn !== queue.urn &&
                (Object.entries(other.propertyDependencies).some(
                    ([property, sources]) =>
                        LEADING.test(property) && sources.some(({ urn }) => urn === queue.urn),
                ) ||
                    (name !== undefined && namesInPolicy(other, name))),
        )
    );
}

/** Whether a redrive policy that is known names the queue. */
function namesInPolicy(other: Member, name: string): boolean {
    const policy = ifKnown(() => text(other.props.redrivePolicy)) ?? "";
    return policy.includes(`:${name}"`);
}
