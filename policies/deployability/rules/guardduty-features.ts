import { stackRule, text } from "../../framework";
import { choices } from "../shared/values";

const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
const NAMES = [
    ...["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS"],
    ...["LAMBDA_NETWORK_LOGS", "RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"],
];

export const rule = stackRule({
    id: "guardduty-features",
    severity: "high",
    description: "A detector has features that GuardDuty has, each once, and one kind of runtime monitoring.",
    fix: "Keep RUNTIME_MONITORING, which includes EKS, and drop EKS_RUNTIME_MONITORING.",
    frameworks: { controls: ["F17.1"] },
    types: [FEATURE],
    checkStack: (stack, report) => {
        const owners = new Map<string, string>();
        stack.each(stack.ofType(FEATURE), (feature) => {
            const name = text(feature.props.name) ?? "";
            if (!NAMES.includes(name)) {
                report(`has the name "${name}"; allowed: ${choices(NAMES)}.`, feature);
            }
            const [detector] = stack.referencesOf(feature, "detectorId", "aws:guardduty/detector:Detector");
            const key = `${detector?.urn ?? text(feature.props.detectorId) ?? ""} ${name.replace(/^EKS_(?=RUNTIME)/, "")}`;
            const owner = owners.get(key);
            if (owner !== undefined) {
                report(`sets ${name}, and so does ${owner}.`, feature);
            }
            owners.set(key, owner ?? feature.name);
        });
    },
});
