import { resourceRule, text } from "../../framework";
import { eachBehavior, idsOf } from "../shared/distribution";
import { choices, judge } from "../shared/values";
import { DISTRIBUTION } from "../shared/types";

export const rule = resourceRule({
    id: "cloudfront-known-origins",
    severity: "high",
    description:
        "Cache behaviours lead to origins or origin groups that the distribution has, each with an id of its own.",
    fix: "Set targetOriginId to the originId of one of the distribution's origins or origin groups.",
    frameworks: { controls: ["C8"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        const known = [...idsOf(props, "origins"), ...idsOf(props, "originGroups")];
        const twice = known.filter((id, index) => known.indexOf(id) !== index);
        judge(
            () => {
                if (twice.length > 0) {
                    report(`has ${choices(twice)} as the originId of several origins.`);
                }
            },
            () => {
                eachBehavior(props, (behavior, at) => {
                    const target = text(behavior.targetOriginId) ?? "";
                    if (!known.includes(target)) {
                        report(`has ${at} to "${target}", which is none of ${choices(known)}.`);
                    }
                });
            },
        );
    },
});
