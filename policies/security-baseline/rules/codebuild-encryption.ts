import { flag, object, type Props, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge } from "../shared/judging";

const PROJECT = "aws:codebuild/project:Project";

export const rule = resourceRule({
    id: "codebuild-encryption",
    severity: "medium",
    description: "Artifacts, logs and reports of builds are encrypted.",
    fix: "Leave encryptionDisabled out.",
    frameworks: {
        controls: [],
        securityHub: ["CodeBuild.3", "CodeBuild.7"],
        checkov: ["CKV_AWS_78"],
    },
    types: [PROJECT, "aws:codebuild/reportGroup:ReportGroup"],
    check: ({ type, props }, report) => {
        const check = (what: string, { encryptionDisabled }: Props): void => {
            // AWS's default is false.
            if (flag(encryptionDisabled) === true) {
                report(`is not encrypted: encryptionDisabled of ${what} is true.`);
            }
        };
        if (type !== PROJECT) {
            check("exportConfig.s3Destination", object(object(props.exportConfig).s3Destination));
            return;
        }
        judge(
            () => {
                const artifacts = object(props.artifacts);
                if (text(artifacts.type) !== "NO_ARTIFACTS") {
                    check("artifacts", artifacts);
                }
            },
            () => {
                eachObject(props.secondaryArtifacts, (artifacts, index) => {
                    check(`secondaryArtifacts[${index}]`, artifacts);
                });
            },
            () => {
                check("logsConfig.s3Logs", object(object(props.logsConfig).s3Logs));
            },
        );
    },
});
