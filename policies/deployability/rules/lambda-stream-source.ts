import { type Member, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { arnOf } from "../shared/arn";
import { TABLE } from "../shared/types";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const STREAMS = ["aws:kinesis/stream:Stream", "aws:kinesis/streamConsumer:StreamConsumer", TABLE];
const SERVICES = ["kinesis", "dynamodb"];

export const rule = stackRule({
    id: "lambda-stream-source",
    severity: "high",
    description: "Functions that read a stream say where in it they begin.",
    fix: 'Set startingPosition to "TRIM_HORIZON", or to "LATEST" to pass over what is in the stream already.',
    frameworks: { controls: ["F13.13"] },
    types: [MAPPING],
    checkStack: (stack, report) => {
        const open = stack.ofType(MAPPING).filter((mapping) => !isInput(mapping, "startingPosition"));
        stack.each(open, (mapping) => {
            if (readsStream(mapping)) {
                report("reads a stream and has no startingPosition.", mapping);
            }
        });
    },
});

function readsStream(mapping: Member): boolean {
    // What the source is made from tells its kind while its ARN is not known.
    const sources = (mapping.propertyDependencies.eventSourceArn ?? []).filter(({ type }) =>
        type.startsWith("aws:"),
    );
    return sources.length > 0
        ? sources.some(({ type }) => STREAMS.includes(type))
        : SERVICES.includes(arnOf(text(mapping.props.eventSourceArn))?.service ?? "");
}
