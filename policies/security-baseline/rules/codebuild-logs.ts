import { object, resourceRule, text } from "../../framework";

export const rule = resourceRule({
    id: "codebuild-logs",
    severity: "medium",
    description: "Builds are logged.",
    fix: "Leave logsConfig.cloudwatchLogs.status out, or log to S3.",
    frameworks: { controls: [], securityHub: ["CodeBuild.4"], checkov: ["CKV_AWS_314"] },
    types: ["aws:codebuild/project:Project"],
    check: ({ props }, report) => {
        const { cloudwatchLogs, s3Logs } = object(props.logsConfig);
        // AWS's default is ENABLED of the one and DISABLED of the other.
        if (text(object(cloudwatchLogs).status) === "DISABLED" && text(object(s3Logs).status) !== "ENABLED") {
            report(
                'logs nothing: logsConfig.cloudwatchLogs.status is "DISABLED", and s3Logs is not enabled.',
            );
        }
    },
});
