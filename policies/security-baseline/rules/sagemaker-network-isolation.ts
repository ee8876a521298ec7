import { object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:sagemaker/model:Model": [
        {
            path: "enableNetworkIsolation",
            otherwise: false,
            allowed: [true],
            wrong: "lets its containers call out",
        },
    ],
    "aws:sagemaker/trainingJob:TrainingJob": [
        {
            path: "enableNetworkIsolation",
            otherwise: false,
            allowed: [true],
            wrong: "lets its containers call out",
        },
    ],
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
        {
            path: "networkConfig.enableNetworkIsolation",
            otherwise: false,
            allowed: [true],
            wrong: "lets its containers call out",
        },
    ],
    "aws:sagemaker/monitoringSchedule:MonitoringSchedule": [
        // A schedule may name a definition instead, which is judged itself.
        {
            path: "monitoringScheduleConfig.monitoringJobDefinition.networkConfig.enableNetworkIsolation",
            otherwise: false,
            allowed: [true],
            wrong: "lets its containers call out",
            applies: ({ monitoringScheduleConfig }) =>
                isGiven(object(monitoringScheduleConfig), "monitoringJobDefinition"),
        },
    ],
};

export const rule = resourceRule({
    id: "sagemaker-network-isolation",
    severity: "medium",
    description: "Containers of SageMaker models and jobs make no calls of their own to the network.",
    fix: "Set enableNetworkIsolation to true.",
    frameworks: {
        controls: [],
        securityHub: ["SageMaker.5", "SageMaker.11", "SageMaker.14"],
        checkov: ["CKV_AWS_370"],
    },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
