import { resourceRule } from "../../framework";
import { isAttachment } from "../shared/pending";
import { leavesOf } from "../shared/walk";

/** What programs make of values that they turn into text too early, and whether it may stand in prose. */
const TRACES: readonly (readonly [what: string, pattern: RegExp, isWord: boolean])[] = [
    ["an output that was turned into text", /Calling \[(?:toString|toJSON)\] on an \[Output<T>\]/g, false],
    ["an object that was turned into text", /\[object (?:Object|Promise|Undefined)\]/g, false],
    ["a value that was missing", /(?<![^:/=. _-])undefined(?![^:/=. _-])/g, true],
    ["a number that is none", /(?<![^:/=. _-])NaN(?![^:/=. _-])/g, true],
    ["the name of an output's type", /\bOutput<[A-Za-z[\]]+>/g, false],
    ["a template that was not filled in", /^\$\{[A-Za-z.]+\}$/g, false],
];
const LONGEST = 120;

/** Texts for people, in which the words may stand. */
const PROSE = /(?:^|\.)(?:description|comment|alarmDescription|userData|messageBody|content|source)$/;

export const rule = resourceRule({
    id: "pulumi-stringified-output",
    severity: "critical",
    description: "No property has the text that a value leaves which was read before it was there.",
    fix: "Build the text in pulumi.interpolate, pulumi.jsonStringify or apply, and give the value that is missing.",
    frameworks: { controls: ["C17", "F21.5"] },
    check: ({ type, props }, report) => {
        if (type.startsWith("pulumi:")) {
            return;
        }
        const { texts, isKnown, unknown } = leavesOf(props);
        for (const { value, at, keys } of texts) {
            const path = keys.join(".");
            const found = TRACES.find(
                ([, pattern, isWord]) => value.search(pattern) >= 0 && !(isWord && PROSE.test(path)),
            );
            if (found !== undefined) {
                const [what, pattern] = found;
                const rest = value.replace(pattern, "…").slice(0, LONGEST);
                report(`has ${at} with ${what} in it: ${JSON.stringify(rest)}.`);
            }
        }
        // Identifiers of other resources come as they are; of any other text, nothing is known yet.
        const composed = unknown.find(
            ({ at }) => !/(?:Ids?|Arns?|Fqdns?|Identifiers?|DestinationConfigs)(?:\[\d+\])?$/.test(at),
        );
        if (!isKnown && composed !== undefined && !isAttachment(props)) {
            // Reading it throws, so that the resource counts as undecided.
            readAt(props, composed.at);
        }
    },
});

function readAt(props: Readonly<Record<string, unknown>>, path: string): unknown {
    return [...path.matchAll(/[^.[\]]+/g)].reduce<unknown>(
        (value, [key]) => (value as Record<string, unknown>)[key],
        props,
    );
}
