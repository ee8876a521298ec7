import { type Member } from "./stackView";
import { text } from "./subject";

const STREAMS = [
    "aws:dynamodb/table:Table",
    "aws:kinesis/stream:Stream",
    "aws:kinesis/streamConsumer:StreamConsumer",
];

/** Whether an event source mapping reads a stream, and not a queue. */
export function readsStream(mapping: Member): boolean {
    // What the source is made from tells its kind while its ARN is not known.
    const sources = (mapping.propertyDependencies.eventSourceArn ?? []).filter(({ type }) =>
        type.startsWith("aws:"),
    );
    return sources.length > 0
        ? sources.some(({ type }) => STREAMS.includes(type))
        : /^arn:[^:]*:(?:dynamodb|kinesis):/.test(text(mapping.props.eventSourceArn) ?? "");
}
