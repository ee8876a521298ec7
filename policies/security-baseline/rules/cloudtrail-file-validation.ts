import { flag, resourceRule } from "../../framework";
import { mended } from "../../framework/remedies";
import { TRAIL } from "../shared/baseline";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "cloudtrail-file-validation",
    severity: "low",
    description: "It shows when log files of trails are changed or deleted.",
    fix: "Set enableLogFileValidation to true.",
    frameworks: {
        controls: ["168"],
        securityHub: ["CloudTrail.4"],
        cisV3: ["3.2"],
        cisV5: ["3.2"],
        checkov: ["CKV_AWS_36"],
    },
    types: [TRAIL],
    check: ({ props }, report) => {
        // The provider's default is false.
        if (flag(props.enableLogFileValidation) !== true) {
            report(
                `does not sign its log files: enableLogFileValidation is ${shown(props.enableLogFileValidation)}.`,
            );
        }
    },
    remediate: (resource) =>
        flag(resource.props.enableLogFileValidation) === true
            ? undefined
            : mended(resource, { enableLogFileValidation: true }),
});
