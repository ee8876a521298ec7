import { flag, object, resourceRule } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "dax-encryption",
    severity: "medium",
    description: "DAX clusters encrypt what they keep.",
    fix: "Set serverSideEncryption.enabled to true, which makes a new cluster.",
    frameworks: { controls: ["137"], securityHub: ["DynamoDB.3"], checkov: ["CKV_AWS_47"] },
    types: ["aws:dax/cluster:Cluster"],
    check: ({ props }, report) => {
        // The provider's default is false.
        const { enabled } = object(props.serverSideEncryption);
        if (flag(enabled) !== true) {
            report(`keeps items in plain: serverSideEncryption.enabled is ${shown(enabled)}.`);
        }
    },
});
