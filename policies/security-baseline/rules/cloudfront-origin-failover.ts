import { list, object, resourceRule, text } from "../../framework";
import { eachKnown, eachObject } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { DISTRIBUTION } from "../shared/distributions";

export const rule = resourceRule({
    id: "cloudfront-origin-failover",
    severity: "low",
    description: "Distributions have an origin group, whose second origin answers when the first does not.",
    fix: "Add an originGroup of two origins, and let a behaviour target it.",
    frameworks: { controls: ["69"], securityHub: ["CloudFront.4"], checkov: ["CKV_AWS_310"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        const groups = list(props.originGroups);
        if (groups.length === 0) {
            report("has no origin group.");
        }
        eachKnown(groups, (group, index) => {
            const members = new Set<string>();
            eachObject(object(group).members, (member) => members.add(text(member.originId) ?? ""));
            if (members.size < 2) {
                report(`has ${counted(members.size, "origin")} in originGroups[${index}].`);
            }
        });
    },
});
