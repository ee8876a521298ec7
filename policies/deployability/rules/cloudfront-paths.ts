import { list, number, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { DISTRIBUTION } from "../shared/types";
import { choices, judge, visit } from "../shared/values";

const ERROR_CODES = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export const rule = resourceRule({
    id: "cloudfront-paths",
    severity: "high",
    description:
        "The root object has no leading slash, error pages have a path with a code, and path patterns differ.",
    fix: "Write index.html and /errors/404.html, give responseCode and responsePagePath together, and drop doubles.",
    frameworks: { controls: ["F5.19", "F5.21"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        judge(
            () => {
                const root = text(props.defaultRootObject) ?? "";
                if (root.startsWith("/")) {
                    report(`has defaultRootObject "${root}".`);
                }
            },
            () => {
                eachObject(props.customErrorResponses, (response, index) => {
                    const at = `customErrorResponses[${index}]`;
                    if (isGiven(response, "responseCode") !== isGiven(response, "responsePagePath")) {
                        report(`has ${at} with only one of responseCode and responsePagePath.`);
                    }
                    const code = number(response.errorCode);
                    if (code === undefined || !ERROR_CODES.includes(code)) {
                        report(
                            `has ${at}.errorCode ${code ?? "that is no number"}; allowed: ${choices(ERROR_CODES)}.`,
                        );
                    }
                    const path = text(response.responsePagePath) ?? "/";
                    if (!path.startsWith("/")) {
                        report(`has ${at}.responsePagePath "${path}".`);
                    }
                });
            },
            () => {
                const patterns = new Set<string>();
                visit(props, "orderedCacheBehaviors[].pathPattern", (value, at) => {
                    const pattern = text(value) ?? "";
                    if (patterns.has(pattern)) {
                        report(`has ${at} "${pattern}" twice.`);
                    }
                    patterns.add(pattern);
                });
            },
            () => {
                // Several distributions cannot have a name, and neither can one twice.
                const names = list(props.aliases).map((name) => text(name) ?? "");
                const twice = names.filter((name, index) => names.indexOf(name) !== index);
                if (twice.length > 0) {
                    report(`has the alias ${choices(twice)} twice.`);
                }
            },
        );
    },
});
