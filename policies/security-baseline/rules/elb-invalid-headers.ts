import { flag, resourceRule } from "../../framework";
import { mended } from "../../framework/remedies";
import { BALANCER_TYPES, isKind } from "../shared/balancers";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "elb-invalid-headers",
    severity: "medium",
    description: "Application load balancers drop headers that are not valid.",
    fix: "Set dropInvalidHeaderFields to true.",
    frameworks: { controls: ["16"], securityHub: ["ELB.4"], checkov: ["CKV_AWS_131"] },
    types: BALANCER_TYPES,
    check: ({ props }, report) => {
        // AWS's default is false.
        if (isKind(props, "application") && flag(props.dropInvalidHeaderFields) !== true) {
            report(
                `hands invalid headers on: dropInvalidHeaderFields is ${shown(props.dropInvalidHeaderFields)}.`,
            );
        }
    },
    remediate: (resource) =>
        isKind(resource.props, "application") && flag(resource.props.dropInvalidHeaderFields) !== true
            ? mended(resource, { dropInvalidHeaderFields: true })
            : undefined,
});
