import { object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { DEPRECATED_ARGUMENTS } from "../shared/deprecated";
import { visit } from "../shared/values";

export const rule = resourceRule({
    id: "aws-deprecated-arguments",
    severity: "medium",
    // The provider still takes them.
    level: "advisory",
    description: "Resources have no arguments that the provider will drop.",
    fix: "Use what takes the argument's place.",
    frameworks: { controls: ["C14"] },
    check: ({ type, props }, report) => {
        for (const [path, instead] of Object.entries(DEPRECATED_ARGUMENTS[type] ?? {})) {
            if (!path.includes(".")) {
                if (isGiven(props, path)) {
                    report(`has ${path}, which is deprecated in favour of ${instead}.`);
                }
                continue;
            }
            const [list = "", property = ""] = path.split(".");
            visit(props, list, (item, at) => {
                if (isGiven(object(item), property)) {
                    report(`has ${at}.${property}, which is deprecated in favour of ${instead}.`);
                }
            });
        }
        // Every kind of configuration of a bucket had it.
        if (/^aws:s3\/bucket/.test(type) && isGiven(props, "expectedBucketOwner")) {
            report("has expectedBucketOwner, which is deprecated.");
        }
    },
});
