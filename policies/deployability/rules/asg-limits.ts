import { limitsRule } from "../shared/tables";
import { GROUP, TEMPLATE } from "../shared/types";

export const rule = limitsRule({
    id: "asg-limits",
    description:
        "Settings of Auto Scaling groups, their hooks, policies and launch templates are among the values that EC2 takes.",
    controls: ["F7.8", "F7.12", "F7.14"],
    table: {
        [GROUP]: {
            ranges: {
                maxInstanceLifetime: { min: 86400, max: 31536000, also: [0] },
                "instanceRefresh.preferences.checkpointDelay": { min: 0, max: 172800 },
            },
            choices: {
                metricsGranularity: ["1Minute"],
            },
        },
        "aws:autoscaling/lifecycleHook:LifecycleHook": {
            ranges: { heartbeatTimeout: { min: 30, max: 7200 } },
            choices: {
                defaultResult: ["CONTINUE", "ABANDON"],
                lifecycleTransition: [
                    "autoscaling:EC2_INSTANCE_LAUNCHING",
                    "autoscaling:EC2_INSTANCE_TERMINATING",
                ],
            },
        },
        "aws:autoscaling/policy:Policy": {
            choices: {
                policyType: ["SimpleScaling", "StepScaling", "TargetTrackingScaling", "PredictiveScaling"],
                "targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType": [
                    "ASGAverageCPUUtilization",
                    "ASGAverageCPUUtilizationHighResolution",
                    "ASGAverageNetworkIn",
                    "ASGAverageNetworkOut",
                    "ALBRequestCountPerTarget",
                ],
            },
        },
        [TEMPLATE]: {
            ranges: { "metadataOptions.httpPutResponseHopLimit": { min: 1, max: 64 } },
            choices: {
                "metadataOptions.httpEndpoint": ["enabled", "disabled"],
                "metadataOptions.httpTokens": ["required", "optional"],
                "metadataOptions.instanceMetadataTags": ["enabled", "disabled"],
                "blockDeviceMappings[].ebs.volumeType": [
                    ...["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"],
                ],
            },
        },
    },
});
