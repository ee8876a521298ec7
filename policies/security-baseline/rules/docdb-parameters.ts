import { resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";

export const rule = resourceRule({
    id: "docdb-parameters",
    severity: "medium",
    description: "DocumentDB clusters speak TLS, and keep an audit log.",
    fix: 'Leave the parameter tls alone or set it to "enabled", and set audit_logs to "enabled".',
    frameworks: {
        controls: ["157"],
        securityHub: ["DocumentDB.6"],
        checkov: ["CKV_AWS_90", "CKV_AWS_104"],
    },
    types: ["aws:docdb/clusterParameterGroup:ClusterParameterGroup"],
    check: ({ props }, report) => {
        // AWS's default; that of tls is "enabled".
        let audit = "disabled";
        eachObject(props.parameters, ({ name, value }) => {
            const parameter = text(name);
            if (parameter === "audit_logs") {
                audit = text(value) ?? audit;
            } else if (parameter === "tls" && text(value) === "disabled") {
                report('lets clients talk in plain: the parameter tls is "disabled".');
            }
        });
        if (audit === "disabled" || audit === "none") {
            report(`keeps no audit log: the parameter audit_logs is "${audit}".`);
        }
    },
});
