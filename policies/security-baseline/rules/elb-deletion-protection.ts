import { flag, resourceRule } from "../../framework";
import { BALANCER_TYPES } from "../shared/balancers";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "elb-deletion-protection",
    severity: "medium",
    description: "Load balancers are protected against deletion.",
    fix: "Set enableDeletionProtection to true.",
    frameworks: { controls: ["18"], securityHub: ["ELB.6"], checkov: ["CKV_AWS_150"] },
    types: BALANCER_TYPES,
    check: ({ props }, report) => {
        // AWS's default is false.
        if (flag(props.enableDeletionProtection) !== true) {
            report(`can be deleted: enableDeletionProtection is ${shown(props.enableDeletionProtection)}.`);
        }
    },
});
