import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:sagemaker/notebookInstance:NotebookInstance": [
        { path: "rootAccess", otherwise: "Enabled", allowed: ["Disabled"], wrong: "makes its users root" },
    ],
};

export const rule = resourceRule({
    id: "sagemaker-root-access",
    severity: "high",
    description: "Users of SageMaker notebooks are not root.",
    fix: 'Set rootAccess to "Disabled".',
    frameworks: { controls: [], securityHub: ["SageMaker.3"], checkov: ["CKV_AWS_307"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
