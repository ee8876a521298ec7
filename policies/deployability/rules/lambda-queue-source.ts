import { flag, ifKnown, number, stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { FUNCTION, QUEUE } from "../shared/types";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
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
            const [taker] = stack.referencesOf(mapping, "functionName", FUNCTION);
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
