import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:sns/topicSubscription:TopicSubscription": [
        { path: "protocol", allowed: { not: ["http"] }, wrong: "sends messages in plain" },
    ],
};

export const rule = resourceRule({
    id: "sns-subscription-tls",
    severity: "medium",
    description: "Topics send messages to nobody in plain.",
    fix: 'Set protocol to "https", and endpoint to an address with https://.',
    frameworks: { controls: [] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
