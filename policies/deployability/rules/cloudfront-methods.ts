import { list, resourceRule, text } from "../../framework";
import { eachBehavior } from "../shared/distribution";
import { judge } from "../shared/values";
import { DISTRIBUTION } from "../shared/types";

const READ = ["GET", "HEAD"];
const ASK = [...READ, "OPTIONS"];
const ALL = [...ASK, "PUT", "POST", "PATCH", "DELETE"];

export const rule = resourceRule({
    id: "cloudfront-methods",
    severity: "high",
    description: "Cache behaviours allow and cache one of the sets of methods that CloudFront knows.",
    fix: "Allow GET and HEAD, or OPTIONS with them, or all seven; cache GET and HEAD, with or without OPTIONS.",
    frameworks: { controls: ["F5.4"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        eachBehavior(props, (behavior, at) => {
            const judgeSet = (property: string, sets: readonly (readonly string[])[]): readonly string[] => {
                const methods = list(behavior[property]).map((method) => text(method) ?? "");
                if (!sets.some((set) => isSame(set, methods))) {
                    report(`has ${at}.${property} ${methods.join(", ")}.`);
                }
                return methods;
            };
            let allowed: readonly string[] | undefined;
            judge(
                () => {
                    allowed = judgeSet("allowedMethods", [READ, ASK, ALL]);
                },
                () => {
                    const cached = judgeSet("cachedMethods", [READ, ASK]);
                    const strange = cached.filter((method) => allowed?.includes(method) === false);
                    if (strange.length > 0) {
                        report(`has ${at} that caches ${strange.join(", ")} and does not allow it.`);
                    }
                },
            );
        });
    },
});

function isSame(set: readonly string[], methods: readonly string[]): boolean {
    return set.length === methods.length && set.every((method) => methods.includes(method));
}
