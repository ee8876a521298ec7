import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:sfn/stateMachine:StateMachine": [
        {
            path: "loggingConfiguration.level",
            otherwise: "OFF",
            allowed: { not: ["OFF"] },
            wrong: "logs nothing",
        },
    ],
};

export const rule = resourceRule({
    id: "sfn-logs",
    severity: "medium",
    description: "State machines log their executions.",
    fix: 'Set loggingConfiguration with level "ERROR" or more, and a logDestination.',
    frameworks: { controls: [], securityHub: ["StepFunctions.1"], checkov: ["CKV_AWS_285"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
