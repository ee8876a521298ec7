import { flag, resourceRule } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "docdb-deletion-protection",
    severity: "medium",
    description: "DocumentDB clusters cannot be deleted by mistake.",
    fix: "Set deletionProtection to true.",
    frameworks: { controls: ["156"], securityHub: ["DocumentDB.5"] },
    types: ["aws:docdb/cluster:Cluster"],
    check: ({ props }, report) => {
        // AWS's default is false.
        if (flag(props.deletionProtection) !== true) {
            report(`can be deleted by mistake: deletionProtection is ${shown(props.deletionProtection)}.`);
        }
    },
});
