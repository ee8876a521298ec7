import { flag, type Member, object, stackRule, type StackView } from "../../framework";
import { anyOf, isInput } from "../../framework/items";
import {
    ACCOUNT_CONFIG,
    type AccountConfig,
    isHome,
    judgeRegions,
    REGION_CONFIG,
    type RegionConfig,
} from "../shared/baseline";
import { judge } from "../shared/judging";

const RECORDER = "aws:cfg/recorder:Recorder";
const STATUS = "aws:cfg/recorderStatus:RecorderStatus";

export const rule = stackRule<RegionConfig & AccountConfig>({
    id: "config-recorder",
    severity: "medium",
    description: "AWS Config records all resources in every region that a stack uses.",
    fix: "Add an aws.cfg.Recorder with recordingGroup.allSupported for the region, and an aws.cfg.RecorderStatus with isEnabled.",
    frameworks: {
        controls: ["172", "P36"],
        securityHub: ["Config.1"],
        cisV3: ["3.3"],
        cisV5: ["3.3"],
        checkov: ["CKV2_AWS_45", "CKV2_AWS_48"],
    },
    config: { ...ACCOUNT_CONFIG, ...REGION_CONFIG },
    checkStack: (stack, report, config) => {
        const recorders = stack.ofType(RECORDER);
        stack.each(recorders, (recorder) => {
            judge(
                () => {
                    // The provider's default is true.
                    if (flag(groupOf(recorder).allSupported) === false) {
                        report("does not record everything: recordingGroup.allSupported is false.", recorder);
                    }
                },
                () => {
                    if (!isRecording(stack, recorder)) {
                        report(
                            "does not record: no aws.cfg.RecorderStatus with isEnabled has its name.",
                            recorder,
                        );
                    }
                },
            );
        });
        // Users, roles and policies are recorded in one region, by the account's home.
        if (recorders.length > 0 && !config.managedElsewhere && isHome(stack, config, RECORDER)) {
            const takesGlobal = recorders.map(
                (recorder) => () => flag(groupOf(recorder).includeGlobalResourceTypes) === true,
            );
            if (!anyOf(takesGlobal)) {
                report("looks after its account, and none of its recorders has includeGlobalResourceTypes.");
            }
        }
        judgeRegions(stack, config, recorders, (region) => {
            report(`uses ${region}, where AWS Config does not record.`);
        });
    },
});

function groupOf(recorder: Member): Readonly<Record<string, unknown>> {
    return isInput(recorder, "recordingGroup") ? object(recorder.props.recordingGroup) : {};
}

function isRecording(stack: StackView, recorder: Member): boolean {
    return anyOf(
        stack.referrersOf(recorder, STATUS, "name").map(
            ({ props }) =>
                () =>
                    flag(props.isEnabled) === true,
        ),
    );
}
