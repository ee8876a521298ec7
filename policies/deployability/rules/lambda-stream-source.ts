import { stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { readsStream } from "../../framework/streams";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

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
