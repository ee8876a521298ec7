import { object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { companionTypes } from "../shared/buckets";
import { judge } from "../shared/values";

const FILTERS = ["and", "objectSizeGreaterThan", "objectSizeLessThan", "prefix", "tag"];
const ACTIONS = [
    "abortIncompleteMultipartUpload",
    "expiration",
    "noncurrentVersionExpiration",
    "noncurrentVersionTransitions",
    "transitions",
];
const LONGEST_ID = 255;
const STATES = ["Enabled", "Disabled"];

export const rule = resourceRule({
    id: "s3-lifecycle-filters",
    severity: "high",
    description: "Lifecycle rules have an id of their own, one filter, a state and something to do.",
    fix: "Give each rule an id, a status and an action, and join conditions by and.",
    frameworks: { controls: ["F9.9"] },
    types: companionTypes("BucketLifecycleConfiguration"),
    check: ({ props }, report) => {
        const owners = new Map<string, number>();
        eachObject(props.rules, (each, index) => {
            judge(
                () => {
                    const id = text(each.id) ?? "";
                    const owner = owners.get(id);
                    if (id === "") {
                        report(`has rules[${index}] without an id.`);
                    } else if (id.length > LONGEST_ID) {
                        report(
                            `has rules[${index}] with an id of ${id.length} characters; allowed: ${LONGEST_ID}.`,
                        );
                    } else if (owner !== undefined) {
                        report(`has rules[${index}] with the id "${id}", which rules[${owner}] has too.`);
                    }
                    owners.set(id, owner ?? index);
                },
                () => {
                    const filter = object(each.filter);
                    const given = FILTERS.filter((property) => isGiven(filter, property));
                    if (given.length > 1) {
                        report(`has rules[${index}] with a filter of ${given.join(" and ")}; allowed: one.`);
                    }
                },
                () => {
                    if (!ACTIONS.some((action) => isGiven(each, action))) {
                        report(`has rules[${index}], which does nothing.`);
                    }
                },
                () => {
                    const status = text(each.status) ?? "";
                    if (!STATES.includes(status)) {
                        report(`has rules[${index}] with status "${status}"; allowed: ${STATES.join(", ")}.`);
                    }
                },
            );
        });
    },
});
