import { resourceRule, text } from "../../framework";
import { DISTRIBUTION, eachBehavior } from "../shared/distributions";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "cloudfront-viewer-https",
    severity: "high",
    description: "Viewers reach distributions over HTTPS alone, whatever the path.",
    fix: 'Set viewerProtocolPolicy of each behaviour to "redirect-to-https" or "https-only".',
    frameworks: { controls: ["68"], securityHub: ["CloudFront.3"], checkov: ["CKV_AWS_34"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        eachBehavior(props, (behavior, path) => {
            const policy = text(behavior.viewerProtocolPolicy);
            if (policy !== "redirect-to-https" && policy !== "https-only") {
                report(`serves viewers over HTTP: ${path}.viewerProtocolPolicy is ${shown(policy)}.`);
            }
        });
    },
});
