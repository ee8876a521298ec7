import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:mq/broker:Broker": [
        // At rest and in transit brokers are always encrypted.
        { path: "publiclyAccessible", otherwise: false, allowed: [false], wrong: "has a public address" },
    ],
};

export const rule = resourceRule({
    id: "mq-public-access",
    severity: "critical",
    description: "Brokers of Amazon MQ cannot be reached from the internet.",
    fix: "Set publiclyAccessible to false, or leave it out.",
    frameworks: { controls: [], checkov: ["CKV_AWS_69"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
