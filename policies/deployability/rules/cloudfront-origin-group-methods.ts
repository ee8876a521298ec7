import { resourceRule, text } from "../../framework";
import { eachBehavior, idsOf } from "../shared/distribution";
import { visit } from "../shared/values";
import { DISTRIBUTION } from "../shared/types";

const ALLOWED = ["GET", "HEAD", "OPTIONS"];

export const rule = resourceRule({
    id: "cloudfront-origin-group-methods",
    severity: "high",
    description: "Cache behaviours whose target is an origin group allow GET, HEAD and OPTIONS alone.",
    fix: "Take the other methods out of allowedMethods, or send the behaviour to a single origin.",
    frameworks: { controls: ["C8"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        const groups = idsOf(props, "originGroups");
        eachBehavior(props, (behavior, at) => {
            const target = text(behavior.targetOriginId) ?? "";
            const bad: string[] = [];
            if (groups.includes(target)) {
                visit(behavior, "allowedMethods[]", (method) => {
                    if (!ALLOWED.includes(text(method) ?? "")) {
                        bad.push(text(method) ?? "");
                    }
                });
            }
            if (bad.length > 0) {
                report(`has ${at} to the origin group "${target}" with ${bad.join(", ")} in allowedMethods.`);
            }
        });
    },
});
