import { type Member, stackRule } from "../../framework";
import { eachKnown, inputOf, isGiven } from "../../framework/items";
import { readsStream } from "../../framework/streams";
import { number, object } from "../../framework/subject";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

export const rule = stackRule({
    id: "stream-readers-give-up",
    severity: "medium",
    description: "Functions that read a stream give a record up at some time, and keep where it was.",
    fix: "Set maximumRetryAttempts, and destinationConfig.onFailure.destinationArn to a queue or a topic.",
    frameworks: { controls: ["F37.6"] },
    types: [MAPPING],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(MAPPING), (mapping) => {
            if (!readsStream(mapping)) {
                return;
            }
            eachKnown(CHECKS, (check) => {
                const reason = check(mapping);
                if (reason !== undefined) {
                    report(reason, mapping);
                }
            });
        });
    },
});

/** What may be wrong with a reader, each looked at whether or not the others' values are known. */
const CHECKS: readonly ((mapping: Member) => string | undefined)[] = [
    (mapping) =>
        // -1, the default, is for ever: as long as the stream keeps the record, which holds up all behind it. What the
        // provider fills in is no choice of the program's.
        (number(inputOf(mapping, "maximumRetryAttempts")) ?? -1) < 0
            ? "tries a record for ever: maximumRetryAttempts is not given."
            : undefined,
    (mapping) =>
        isGiven(object(object(inputOf(mapping, "destinationConfig")).onFailure), "destinationArn")
            ? undefined
            : "keeps nothing of what it gives up: destinationConfig.onFailure is not given.",
];
