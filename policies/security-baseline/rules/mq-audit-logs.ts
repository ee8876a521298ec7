import { resourceRule, text } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:mq/broker:Broker": [
        // RabbitMQ has no such log.
        {
            path: "logs.audit",
            otherwise: false,
            allowed: [true],
            wrong: "keeps no audit log",
            applies: ({ engineType }) => text(engineType)?.toLowerCase() === "activemq",
        },
    ],
};

export const rule = resourceRule({
    id: "mq-audit-logs",
    severity: "medium",
    description: "ActiveMQ brokers log who manages them.",
    fix: "Set logs.audit to true.",
    frameworks: { controls: [], securityHub: ["MQ.2"], checkov: ["CKV_AWS_48"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
