import { flag, number, object, type Props, type ReportResource, resourceRule, text } from "../../framework";
import { judge, shown } from "../shared/values";

export const rule = resourceRule({
    id: "codebuild-environment",
    severity: "high",
    description:
        "Builds run on an image and a machine of the kind that their environment says, and finish in time.",
    fix: 'Give type "ARM_CONTAINER" an image for aarch64 and "LINUX_CONTAINER" one for x86_64, a BUILD_LAMBDA_ computeType to Lambda alone, privilegedMode to none of those, CODEPIPELINE as source with CODEPIPELINE as artifacts, and buildTimeout 5 to 2160 minutes.',
    frameworks: { controls: ["F19.4"] },
    types: ["aws:codebuild/project:Project"],
    check: ({ props }, report) => {
        judge(
            () => {
                judgeImage(object(props.environment), report);
            },
            () => {
                judgeMachine(object(props.environment), report);
            },
            () => {
                judgePipeline(props, report);
            },
            () => {
                const timeout = number(props.buildTimeout);
                if (timeout !== undefined && (timeout < 5 || timeout > 2160)) {
                    report(`has buildTimeout ${timeout}; allowed: 5 to 2160 minutes.`);
                }
            },
        );
    },
});

/** CodeBuild's own images say in their names what they run on. */
function judgeImage(environment: Props, report: ReportResource): void {
    const type = text(environment.type) ?? "";
    const image = text(environment.image) ?? "";
    if (!image.startsWith("aws/codebuild/")) {
        return;
    }
    const forArm = /aarch64/.test(image);
    if (type.startsWith("ARM_") !== forArm) {
        report(
            `has environment type ${shown(environment.type)} and the image "${image}", which is for ${forArm ? "arm64" : "x86_64"}.`,
        );
    }
}

function judgeMachine(environment: Props, report: ReportResource): void {
    const onLambda = /_LAMBDA_CONTAINER$/.test(text(environment.type) ?? "");
    const size = text(environment.computeType) ?? "";
    if (onLambda !== size.startsWith("BUILD_LAMBDA_")) {
        report(`has environment type ${shown(environment.type)} and computeType "${size}".`);
    }
    if (onLambda && flag(environment.privilegedMode) === true) {
        report("has privilegedMode on Lambda, where no container can be started.");
    }
}

function judgePipeline(props: Props, report: ReportResource): void {
    const source = text(object(props.source).type);
    const artifacts = text(object(props.artifacts).type);
    if ((source === "CODEPIPELINE") !== (artifacts === "CODEPIPELINE")) {
        report(`has a source of type ${shown(source)} and artifacts of type ${shown(artifacts)}.`);
    }
}
