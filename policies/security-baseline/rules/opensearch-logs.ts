import { flag, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { listed } from "../../framework/patterns";
import { DOMAIN_TYPES } from "../shared/domains";

interface Config {
    readonly logs: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "opensearch-logs",
    severity: "medium",
    level: "advisory",
    description: "OpenSearch domains send their error and audit logs to CloudWatch Logs.",
    fix: "Add the log to logPublishingOptions.",
    frameworks: {
        controls: ["149"],
        securityHub: ["Opensearch.4", "Opensearch.5", "ES.4", "ES.5"],
        checkov: ["CKV_AWS_84", "CKV_AWS_317"],
    },
    types: DOMAIN_TYPES,
    config: {
        logs: {
            type: "array",
            items: {
                type: "string",
                enum: ["INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS", "ES_APPLICATION_LOGS", "AUDIT_LOGS"],
            },
            default: ["ES_APPLICATION_LOGS", "AUDIT_LOGS"],
            description: "The logs that are wanted.",
        },
    },
    check: ({ props }, report, { logs }) => {
        const published = new Set<string>();
        eachObject(props.logPublishingOptions, ({ logType, enabled }) => {
            // The provider's default is true.
            if (flag(enabled) !== false) {
                published.add(text(logType) ?? "");
            }
        });
        const missing = logs.filter((log) => !published.has(log));
        if (missing.length > 0) {
            report(`does not publish ${listed(missing)} (logPublishingOptions).`);
        }
    },
});
