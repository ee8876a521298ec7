import { object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { TASK_DEFINITION } from "../shared/containers";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "ecs-efs-transit-encryption",
    severity: "medium",
    description: "Tasks mount EFS file systems over TLS.",
    fix: 'Set efsVolumeConfiguration.transitEncryption to "ENABLED".',
    frameworks: { controls: [], securityHub: ["ECS.18"], checkov: ["CKV_AWS_97"] },
    types: [TASK_DEFINITION],
    check: ({ props }, report) => {
        eachObject(props.volumes, (volume, index) => {
            if (!isGiven(volume, "efsVolumeConfiguration")) {
                return;
            }
            // AWS's default is DISABLED.
            const { transitEncryption } = object(volume.efsVolumeConfiguration);
            if (text(transitEncryption) !== "ENABLED") {
                report(
                    `mounts files in plain: efsVolumeConfiguration.transitEncryption of volume ${index} is ${shown(transitEncryption)}.`,
                );
            }
        });
    },
});
