import { object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:glue/connection:Connection": [
        {
            path: "connectionProperties.JDBC_ENFORCE_SSL",
            otherwise: "false",
            allowed: ["true"],
            wrong: "may talk to the database in plain",
            applies: ({ connectionProperties }) =>
                isGiven(object(connectionProperties), "JDBC_CONNECTION_URL"),
        },
    ],
};

export const rule = resourceRule({
    id: "glue-connection-tls",
    severity: "medium",
    description: "Connections of Glue to databases demand TLS.",
    fix: 'Set JDBC_ENFORCE_SSL of connectionProperties to "true".',
    frameworks: { controls: [] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
