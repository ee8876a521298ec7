import { list, number, object, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { idsOf } from "../shared/distribution";
import { choices, judge, visit } from "../shared/values";
import { DISTRIBUTION } from "../shared/types";

const MEMBERS = 2;
const CODES = [400, 403, 404, 416, 429, 500, 502, 503, 504];

export const rule = resourceRule({
    id: "cloudfront-origin-group-members",
    severity: "high",
    description:
        "Origin groups have two different origins of the distribution, and fail over on codes that CloudFront takes.",
    fix: "Name two of the distribution's origins, the first one first, and status codes that are allowed.",
    frameworks: { controls: ["F5.3"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        eachObject(props.originGroups, (group, index) => {
            const at = `originGroups[${index}]`;
            judge(
                () => {
                    const members = list(group.members).map((member) => text(object(member).originId) ?? "");
                    if (new Set(members).size !== MEMBERS || members.length !== MEMBERS) {
                        report(
                            `has ${at} with the members ${members.join(", ")}; allowed: two different ones.`,
                        );
                    }
                    const origins = idsOf(props, "origins");
                    const strange = members.filter((member) => !origins.includes(member));
                    if (strange.length > 0) {
                        report(`has ${at} with ${strange.join(", ")}, which is no origin of it.`);
                    }
                },
                () => {
                    visit(group, "failoverCriteria.statusCodes[]", (value) => {
                        const code = number(value) ?? 0;
                        if (!CODES.includes(code)) {
                            report(`has ${at} with the status code ${code}; allowed: ${choices(CODES)}.`);
                        }
                    });
                },
            );
        });
    },
});
