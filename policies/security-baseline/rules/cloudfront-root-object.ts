import { resourceRule, text } from "../../framework";
import { DISTRIBUTION } from "../shared/distributions";

export const rule = resourceRule({
    id: "cloudfront-root-object",
    severity: "high",
    level: "advisory",
    description:
        "Distributions answer requests for their root with a page, and never with a listing of the origin.",
    fix: 'Set defaultRootObject, to "index.html" for example.',
    frameworks: { controls: ["67"], securityHub: ["CloudFront.1"], checkov: ["CKV_AWS_305"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        if ((text(props.defaultRootObject) ?? "") === "") {
            report("has no defaultRootObject.");
        }
    },
});
