import { ifKnown, type Member, object, stackRule, type StackView, text } from "../../framework";
import { anyOf, isInput } from "../../framework/items";
import { put } from "../../framework/relations";

const QUEUE = "aws:sqs/queue:Queue";

/** Properties of whatever resource that lead to the queue for what fails. */
const LEADING = /redrive|dead_?letter|destinationConfig|onFailure/i;

/** The name at the end of an ARN in JSON. */
const NAMED = /:([^":]+)"/g;

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
    const { queues, names } = stack.once(ledTo);
    const name = ifKnown(() => text(queue.props.name));
    if (isLed(queues.get(queue), queue) || (name !== undefined && isLed(names.get(name), queue))) {
        return true;
    }
    const policies = stack.referrersOf(queue, "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "queueUrl");
    return anyOf([queue, ...policies].map((member) => () => letsIn(member)));
}

/** Whether anything but the queue itself leads there. */
function isLed(leaders: readonly Member[] | undefined, queue: Member): boolean {
    return (leaders ?? []).some((leader) => leader !== queue);
}

interface Led {
    readonly queues: ReadonlyMap<Member, readonly Member[]>;
    /** The same by names of queues, from redrive policies that are known. */
    readonly names: ReadonlyMap<string, readonly Member[]>;
}

/** Where what fails is put, with who puts it there. */
function ledTo(stack: StackView): Led {
    const queues = new Map<Member, Member[]>();
    const names = new Map<string, Member[]>();
    for (const member of stack.resources) {
        for (const [property, sources] of Object.entries(member.propertyDependencies)) {
            const targets = sources.filter(({ type }) => type === QUEUE);
            // Asked of the few properties that a queue is in, and not of all of a stack.
            if (
                targets.length > 0 &&
                (LEADING.test(property) || leadsWithin(ifKnown(() => member.props[property])))
            ) {
                targets.forEach((target) => {
                    put(queues, target, member);
                });
            }
        }
        for (const [, name = ""] of (ifKnown(() => text(member.props.redrivePolicy)) ?? "").matchAll(NAMED)) {
            put(names, name, member);
        }
    }
    return { queues, names };
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
