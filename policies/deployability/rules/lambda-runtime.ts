import { resourceRule, text } from "../../framework";
import { today } from "../../framework/waivers";
import { RUNTIMES } from "../shared/runtimes";

interface Config {
    readonly alsoKnown: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "lambda-runtime",
    severity: "high",
    description: "Functions have a runtime that AWS still maintains.",
    fix: "Move to the newest version of the language, or add a newer runtime to the rule's alsoKnown.",
    frameworks: { controls: ["C14", "F13.11"] },
    types: ["aws:lambda/function:Function"],
    config: {
        alsoKnown: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Runtimes that came out since the rule's list was made.",
        },
    },
    check: ({ props }, report, { alsoKnown }) => {
        // Images have none.
        const runtime = text(props.runtime);
        if (runtime === undefined || runtime === "" || alsoKnown.includes(runtime)) {
            return;
        }
        const life = RUNTIMES[runtime];
        if (life === undefined) {
            report(`has runtime "${runtime}", with which AWS makes no functions.`);
        } else if (life.blocked <= today()) {
            report(`has runtime "${runtime}", with which AWS makes no functions since ${life.blocked}.`);
        } else if (life.deprecated <= today()) {
            report(
                `has runtime "${runtime}", which is deprecated since ${life.deprecated}; from ${life.blocked} on AWS makes no functions with it.`,
            );
        }
    },
});
