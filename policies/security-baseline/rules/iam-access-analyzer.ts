import { stackRule, text } from "../../framework";
import { judgeRegions, REGION_CONFIG, type RegionConfig } from "../shared/baseline";

const ANALYZER = "aws:accessanalyzer/analyzer:Analyzer";

export const rule = stackRule<RegionConfig>({
    id: "iam-access-analyzer",
    severity: "high",
    description: "In every region that a stack uses, IAM Access Analyzer looks for access from outside.",
    fix: 'Add an aws.accessanalyzer.Analyzer of type "ACCOUNT" or "ORGANIZATION" for the region.',
    frameworks: { controls: ["92"], securityHub: ["IAM.28"], cisV3: ["1.20"], cisV5: ["1.19"] },
    config: REGION_CONFIG,
    checkStack: (stack, report, config) => {
        judgeRegions(
            stack,
            config,
            stack.ofType(ANALYZER),
            (region) => {
                report(`uses ${region}, where no analyzer looks for access from outside.`);
            },
            // The other types look for unused access and for access from within.
            ({ props }) => ["ACCOUNT", "ORGANIZATION"].includes(text(props.type) ?? "ACCOUNT"),
        );
    },
});
