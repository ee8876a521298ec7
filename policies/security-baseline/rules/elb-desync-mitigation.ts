import { type Props, resourceRule, text } from "../../framework";
import { mended } from "../../framework/remedies";
import { BALANCER_TYPES, isKind } from "../shared/balancers";

export const rule = resourceRule({
    id: "elb-desync-mitigation",
    severity: "medium",
    description: "Application load balancers defend against HTTP desync attacks.",
    fix: 'Set desyncMitigationMode to "defensive" or "strictest".',
    frameworks: { controls: ["19"], securityHub: ["ELB.12"], checkov: ["CKV_AWS_328"] },
    types: BALANCER_TYPES,
    check: ({ props }, report) => {
        const mode = weakMode(props);
        if (mode !== undefined) {
            report(`has desyncMitigationMode ${mode}.`);
        }
    },
    remediate: (resource) =>
        weakMode(resource.props) === undefined
            ? undefined
            : mended(resource, { desyncMitigationMode: "defensive" }),
});

/** The mode of an application load balancer that lets attacks through. */
function weakMode(props: Props): string | undefined {
    if (!isKind(props, "application")) {
        return undefined;
    }
    // AWS's default is "defensive".
    const mode = text(props.desyncMitigationMode) ?? "defensive";
    return ["defensive", "strictest"].includes(mode) ? undefined : mode;
}
