import { list, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { listed } from "../../framework/patterns";

interface Config {
    readonly logs: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "docdb-audit-logs",
    severity: "medium",
    level: "advisory",
    description: "DocumentDB clusters send their audit log to CloudWatch Logs.",
    fix: "Add the log to enabledCloudwatchLogsExports.",
    frameworks: { controls: ["155"], securityHub: ["DocumentDB.4"], checkov: ["CKV_AWS_85"] },
    types: ["aws:docdb/cluster:Cluster"],
    config: {
        logs: {
            type: "array",
            items: { type: "string", enum: ["audit", "profiler"] },
            default: ["audit"],
            description: "The logs that are wanted.",
        },
    },
    check: ({ props }, report, { logs }) => {
        const exported = new Set<string>();
        eachKnown(list(props.enabledCloudwatchLogsExports), (log) => exported.add(text(log) ?? ""));
        const missing = logs.filter((log) => !exported.has(log));
        if (missing.length > 0) {
            report(`does not export its ${listed(missing)} log (enabledCloudwatchLogsExports).`);
        }
    },
});
