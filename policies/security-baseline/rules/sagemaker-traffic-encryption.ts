import { object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:sagemaker/trainingJob:TrainingJob": [
        {
            path: "enableInterContainerTrafficEncryption",
            otherwise: false,
            allowed: [true],
            wrong: "lets its instances talk in plain",
        },
    ],
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
        {
            path: "networkConfig.enableInterContainerTrafficEncryption",
            otherwise: false,
            allowed: [true],
            wrong: "lets its instances talk in plain",
        },
    ],
    "aws:sagemaker/monitoringSchedule:MonitoringSchedule": [
        {
            path: "monitoringScheduleConfig.monitoringJobDefinition.networkConfig.enableInterContainerTrafficEncryption",
            otherwise: false,
            allowed: [true],
            wrong: "lets its instances talk in plain",
            applies: ({ monitoringScheduleConfig }) =>
                isGiven(object(monitoringScheduleConfig), "monitoringJobDefinition"),
        },
    ],
};

export const rule = resourceRule({
    id: "sagemaker-traffic-encryption",
    severity: "medium",
    description: "Instances of one SageMaker job talk to each other encrypted.",
    fix: "Set enableInterContainerTrafficEncryption to true.",
    frameworks: { controls: [], securityHub: ["SageMaker.9"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
