import { flag, type Member, object, stackRule, type StackView, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { listed } from "../../framework/patterns";
import { computedOr } from "../shared/judging";

const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";

interface Config {
    readonly features: readonly string[];
}

export const rule = stackRule<Config>({
    id: "guardduty-features",
    severity: "high",
    description: "GuardDuty watches functions, databases and buckets, too.",
    fix: 'Add an aws.guardduty.DetectorFeature with status "ENABLED" for the feature.',
    frameworks: { controls: ["171"], securityHub: ["GuardDuty.6", "GuardDuty.9", "GuardDuty.10"] },
    types: [DETECTOR],
    config: {
        features: {
            type: "array",
            items: { type: "string" },
            default: ["LAMBDA_NETWORK_LOGS", "RDS_LOGIN_EVENTS", "S3_DATA_EVENTS"],
            description: "The features that are wanted, as GuardDuty calls them.",
        },
    },
    checkStack: (stack, report, { features }) => {
        stack.each(stack.ofType(DETECTOR), (detector) => {
            const missing = features.filter((feature) => !isOn(stack, detector, feature));
            if (missing.length > 0) {
                report(`watches without ${listed(missing)}.`, detector);
            }
        });
    },
});

function isOn(stack: StackView, detector: Member, feature: string): boolean {
    return anyOf([
        ...stack.referrersOf(detector, FEATURE, "detectorId").map(
            ({ props }) =>
                () =>
                    text(props.name) === feature && text(props.status) === "ENABLED",
        ),
        // The deprecated way. Where nothing is said of sources, AWS fills them in.
        () =>
            feature === "S3_DATA_EVENTS" &&
            flag(object(object(computedOr(detector, "datasources", {})).s3Logs).enable) === true,
    ]);
}
