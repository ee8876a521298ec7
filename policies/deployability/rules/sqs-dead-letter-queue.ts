import { flag, ifKnown, number, object, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { arnOf } from "../shared/arn";
import { QUEUE } from "../shared/types";

const POLICY = "aws:sqs/redrivePolicy:RedrivePolicy";

export const rule = stackRule({
    id: "sqs-dead-letter-queue",
    severity: "high",
    description: "A dead-letter queue is of the kind and in the region of the queue that it is for.",
    fix: "Make both queues FIFO, or neither, in one region and account.",
    frameworks: { controls: ["F16.6"] },
    types: [QUEUE],
    checkStack: (stack, report) => {
        const users = stack.ofType(QUEUE, POLICY).filter((user) => isInput(user, "redrivePolicy"));
        stack.each(users, (user) => {
            const own = user.type === QUEUE ? user : stack.referencesOf(user, "queueUrl", QUEUE)[0];
            const related = (user.propertyDependencies.redrivePolicy ?? []).find(
                (other) => other.type === QUEUE && other !== own,
            );
            if (own === undefined) {
                return;
            }
            const isFifo = flag(own.props.fifoQueue) === true;
            const place = placeOf(own);
            if (related !== undefined) {
                if ((flag(related.props.fifoQueue) === true) !== isFifo) {
                    report(
                        `has the dead-letter queue ${related.name}, and only one of the two is FIFO.`,
                        user,
                    );
                }
                if (placeOf(related) !== place) {
                    report(`has the dead-letter queue ${related.name} of ${placeOf(related) ?? ""}.`, user);
                }
            }
            const policy = parsed(
                related === undefined
                    ? text(user.props.redrivePolicy)
                    : ifKnown(() => text(user.props.redrivePolicy)),
            );
            if (policy === undefined) {
                return;
            }
            const arn = arnOf(text(policy.deadLetterTargetArn));
            if (arn !== undefined && related === undefined && place !== undefined && arn.region !== place) {
                report(`has a dead-letter queue of ${arn.region}.`, user);
            }
            if (arn !== undefined && related === undefined && arn.resource.endsWith(".fifo") !== isFifo) {
                report(`has the dead-letter queue ${arn.resource}, and only one of the two is FIFO.`, user);
            }
            const count = number(policy.maxReceiveCount);
            if (count === undefined || count < 1 || count > 1000) {
                report(`has maxReceiveCount ${count ?? "left out"}; allowed: 1 to 1000.`, user);
            }
        });
    },
});

function parsed(document: string | undefined): Readonly<Record<string, unknown>> | undefined {
    try {
        return document === undefined ? undefined : object(JSON.parse(document));
    } catch {
        return undefined;
    }
}
