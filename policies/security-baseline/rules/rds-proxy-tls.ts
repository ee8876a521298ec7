import { flag, resourceRule } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "rds-proxy-tls",
    severity: "high",
    description: "Database proxies take TLS connections alone.",
    fix: "Set requireTls to true.",
    frameworks: { controls: ["54"], securityHub: ["RDS.43"] },
    types: ["aws:rds/proxy:Proxy"],
    check: ({ props }, report) => {
        // AWS's default is false.
        if (flag(props.requireTls) !== true) {
            report(`takes connections without TLS: requireTls is ${shown(props.requireTls)}.`);
        }
    },
});
