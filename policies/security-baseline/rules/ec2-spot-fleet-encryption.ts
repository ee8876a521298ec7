import { flag, resourceRule } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge, shown } from "../shared/judging";

const DEVICES = ["rootBlockDevices", "ebsBlockDevices"] as const;

export const rule = resourceRule({
    id: "ec2-spot-fleet-encryption",
    severity: "high",
    description:
        "Volumes that a Spot Fleet describes itself are encrypted; those of a launch template are judged there.",
    fix: "Set encrypted to true for each device, or use launchTemplateConfigs.",
    frameworks: { controls: [], securityHub: ["EC2.173"] },
    types: ["aws:ec2/spotFleetRequest:SpotFleetRequest"],
    check: ({ props }, report) => {
        eachObject(props.launchSpecifications, (specification, place) => {
            judge(
                ...DEVICES.map((devices) => () => {
                    eachObject(specification[devices], ({ encrypted }, index) => {
                        if (flag(encrypted) !== true) {
                            report(
                                `has a volume that is not encrypted: launchSpecifications[${place}].${devices}[${index}].encrypted is ${shown(encrypted)}.`,
                            );
                        }
                    });
                }),
            );
        });
    },
});
