import { flag, stackRule } from "../../framework";
import { judgeRegions, REGION_CONFIG, type RegionConfig } from "../shared/baseline";

const DETECTOR = "aws:guardduty/detector:Detector";

export const rule = stackRule<RegionConfig>({
    id: "guardduty-detector",
    severity: "high",
    description: "GuardDuty watches every region that a stack uses.",
    fix: "Add an aws.guardduty.Detector for the region, with enable left out or true.",
    frameworks: {
        controls: ["170", "P36"],
        securityHub: ["GuardDuty.1"],
        checkov: ["CKV_AWS_238", "CKV2_AWS_3"],
    },
    config: REGION_CONFIG,
    checkStack: (stack, report, config) => {
        const detectors = stack.ofType(DETECTOR);
        stack.each(detectors, (detector) => {
            // The provider's default is true.
            if (flag(detector.props.enable) === false) {
                report("is suspended: enable is false.", detector);
            }
        });
        judgeRegions(stack, config, detectors, (region) => {
            report(`uses ${region}, where no GuardDuty detector is.`);
        });
    },
});
