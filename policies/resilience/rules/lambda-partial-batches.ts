import { type Member, stackRule, text, texts } from "../../framework";
import { inputOf } from "../../framework/items";
import { readsStream } from "../../framework/streams";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const QUEUE = "aws:sqs/queue:Queue";

export const rule = stackRule({
    id: "lambda-partial-batches",
    severity: "medium",
    description:
        "Functions that take batches say which of a batch failed, so that one bad message brings no others back.",
    fix: 'Set functionResponseTypes to ["ReportBatchItemFailures"], and let the handler answer with batchItemFailures.',
    frameworks: { controls: ["F46.8"] },
    types: [MAPPING],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(MAPPING), (mapping) => {
            const answers = texts(inputOf(mapping, "functionResponseTypes"));
            if (takesBatches(mapping) && !answers.includes("ReportBatchItemFailures")) {
                report(
                    "handles again what it has handled: functionResponseTypes has no ReportBatchItemFailures.",
                    mapping,
                );
            }
        });
    },
});

/** Of queues and streams; brokers such as Kafka have other ways. */
function takesBatches(mapping: Member): boolean {
    const made = (mapping.propertyDependencies.eventSourceArn ?? []).some(({ type }) => type === QUEUE);
    return made || readsStream(mapping) || /^arn:[^:]*:sqs:/.test(text(mapping.props.eventSourceArn) ?? "");
}
