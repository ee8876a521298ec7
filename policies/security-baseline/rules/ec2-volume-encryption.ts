import { flag, list, object, resourceRule } from "../../framework";
import { eachKnown } from "../../framework/items";
import { INSTANCE_TYPES } from "../shared/instances";
import { judge, shown } from "../shared/judging";

const VOLUME = "aws:ebs/volume:Volume";

export const rule = resourceRule({
    id: "ec2-volume-encryption",
    severity: "high",
    description: "Volumes that a program describes are encrypted.",
    fix: "Set encrypted to true for the volume.",
    frameworks: { controls: ["26"], securityHub: ["EC2.181", "EC2.3"], checkov: ["CKV_AWS_8"] },
    types: [...INSTANCE_TYPES, VOLUME],
    check: ({ type, props }, report) => {
        // Left out, a volume is as the account's default or its snapshot has it, which the program does not say.
        const judgeVolume = (volume: unknown, path: string): void => {
            const { encrypted } = object(volume);
            if (flag(encrypted) !== true) {
                report(`has a volume that is not encrypted: ${path}encrypted is ${shown(encrypted)}.`);
            }
        };
        if (type === VOLUME) {
            judgeVolume(props, "");
            return;
        }
        judge(
            () => {
                eachKnown(list(props.blockDeviceMappings), (item, index) => {
                    // Without `ebs` it is an instance store, or takes a device of the image away.
                    const { ebs } = object(item);
                    if (ebs !== undefined) {
                        judgeVolume(ebs, `blockDeviceMappings[${index}].ebs.`);
                    }
                });
            },
            () => {
                if (props.rootBlockDevice !== undefined) {
                    judgeVolume(props.rootBlockDevice, "rootBlockDevice.");
                }
            },
            () => {
                eachKnown(list(props.ebsBlockDevices), (item, index) => {
                    judgeVolume(item, `ebsBlockDevices[${index}].`);
                });
            },
        );
    },
});
