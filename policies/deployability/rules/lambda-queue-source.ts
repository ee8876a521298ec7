import { flag, ifKnown, type Member, number, stackRule, type StackView } from "../../framework";
import { isInput } from "../../framework/items";
import { FUNCTION, QUEUE } from "../shared/types";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const ALIAS = "aws:lambda/alias:Alias";
const DEFAULT_TIMEOUT = 3;
const DEFAULT_VISIBILITY = 30;
const BATCH_OF_FIFO = 10;

export const rule = stackRule({
    id: "lambda-queue-source",
    severity: "high",
    description:
        "Messages of a queue stay hidden as long as the function that takes them may run, in batches that queues give.",
    fix: "Set visibilityTimeoutSeconds to six times the function's timeout, and maximumBatchingWindowInSeconds with batches above ten.",
    frameworks: { controls: ["F13.13"] },
    types: [MAPPING],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(MAPPING), (mapping) => {
            const [queue] = stack.referencesOf(mapping, "eventSourceArn", QUEUE);
            if (queue === undefined) {
                return;
            }
            const taker = takerOf(stack, mapping);
            const hidden = isInput(queue, "visibilityTimeoutSeconds")
                ? (number(queue.props.visibilityTimeoutSeconds) ?? DEFAULT_VISIBILITY)
                : DEFAULT_VISIBILITY;
            const running =
                taker === undefined ? 0 : (ifKnown(() => number(taker.props.timeout)) ?? DEFAULT_TIMEOUT);
            if (hidden < running) {
                report(
                    `takes messages of ${queue.name}, hidden for ${hidden} seconds, for up to ${running}.`,
                    mapping,
                );
            }
            const batch = isInput(mapping, "batchSize") ? (number(mapping.props.batchSize) ?? 0) : 0;
            const window = isInput(mapping, "maximumBatchingWindowInSeconds")
                ? (number(mapping.props.maximumBatchingWindowInSeconds) ?? 0)
                : 0;
            if (
                flag(queue.props.fifoQueue) === true
                    ? batch > BATCH_OF_FIFO
                    : batch > BATCH_OF_FIFO && window < 1
            ) {
                report(`has batchSize ${batch} with a batching window of ${window} seconds.`, mapping);
            }
        });
    },
});

/** The function that a mapping hands messages to, by itself or by way of an alias. */
function takerOf(stack: StackView, mapping: Member): Member | undefined {
    const [found] = stack.referencesOf(mapping, "functionName", FUNCTION, ALIAS);
    return found?.type === ALIAS ? stack.referencesOf(found, "functionName", FUNCTION)[0] : found;
}
