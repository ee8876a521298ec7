import { ifKnown, list, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { eachBehavior, eachOrigin, isBucket } from "../shared/distribution";
import { DISTRIBUTION } from "../shared/types";

/** Managed policies that send the viewer's Host header on, which S3 takes for another bucket. */
const FORWARDS_HOST: Readonly<Record<string, string>> = {
    "216adef6-5c7f-47e4-b989-5492eafa07d3": "AllViewer",
    "33f36d7e-f396-46d9-90e0-52428a34d9dc": "AllViewerAndCloudFrontHeaders-2022-06",
    "bf0718e1-ba1e-49d1-88b1-f726733018ae": "HostHeaderOnly",
};

export const rule = resourceRule({
    id: "cloudfront-s3-origin-request-policy",
    severity: "high",
    description: "Behaviours to S3 origins do not forward the viewer's Host header.",
    fix: "Leave originRequestPolicyId out, or use CORS-S3Origin.",
    frameworks: { controls: ["C8"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        const buckets = new Set<string>();
        eachOrigin(props, (origin) => {
            const domain = ifKnown(() => text(origin.domainName));
            const hasAccess =
                isGiven(origin, "originAccessControlId") && !isGiven(origin, "customOriginConfig");
            if (
                hasAccess ||
                isGiven(origin, "s3OriginConfig") ||
                (domain !== undefined && isBucket(domain))
            ) {
                buckets.add(text(origin.originId) ?? "");
            }
        });
        for (const item of list(props.originGroups)) {
            const group = object(item);
            if (list(group.members).some((member) => buckets.has(text(object(member).originId) ?? ""))) {
                buckets.add(text(group.originId) ?? "");
            }
        }
        eachBehavior(props, (behavior, at) => {
            const target = text(behavior.targetOriginId) ?? "";
            if (!buckets.has(target)) {
                return;
            }
            const policy = FORWARDS_HOST[text(behavior.originRequestPolicyId) ?? ""];
            if (policy !== undefined) {
                report(`has ${at} to the S3 origin "${target}" with the origin request policy ${policy}.`);
            }
        });
    },
});
