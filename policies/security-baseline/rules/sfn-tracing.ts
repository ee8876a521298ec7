import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:sfn/stateMachine:StateMachine": [
        {
            path: "tracingConfiguration.enabled",
            otherwise: false,
            allowed: [true],
            wrong: "is not traced",
        },
    ],
};

export const rule = resourceRule({
    id: "sfn-tracing",
    severity: "low",
    description: "State machines send traces, so that a slow run shows where it waited.",
    fix: "Set tracingConfiguration.enabled to true, and let the role write to X-Ray.",
    frameworks: { controls: ["F47.6"], checkov: ["CKV_AWS_284"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
