import { object, resourceRule, text } from "../../framework";

export const rule = resourceRule({
    id: "appsync-data-source-tls",
    severity: "medium",
    description: "AppSync talks to what is behind it over TLS.",
    fix: "Use an httpConfig.endpoint with https://.",
    frameworks: { controls: [] },
    types: ["aws:appsync/dataSource:DataSource"],
    check: ({ props }, report) => {
        if (/^http:/i.test(text(object(props.httpConfig).endpoint) ?? "")) {
            report("talks to what is behind it in plain: httpConfig.endpoint is no https.");
        }
    },
});
