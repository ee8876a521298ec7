import { list, resourceRule, text } from "../../framework";
import { counted } from "../../framework/patterns";
import { HEALTH_CHECK } from "../shared/types";
import { choices, judge, visit } from "../shared/values";

const REGIONS = [
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "sa-east-1",
];
const FEWEST = 3;

export const rule = resourceRule({
    id: "route53-health-check-regions",
    severity: "high",
    description: "Health checks come from three or more of the regions that have health checkers.",
    fix: "Leave regions out, or name three or more of those that are allowed.",
    frameworks: { controls: ["F3.13"] },
    types: [HEALTH_CHECK],
    check: ({ props }, report) => {
        judge(
            () => {
                const count = list(props.regions).length;
                if (count > 0 && count < FEWEST) {
                    report(`is checked from ${counted(count, "region")}; allowed: ${FEWEST} or more.`);
                }
            },
            () => {
                visit(props, "regions[]", (value) => {
                    const region = text(value) ?? "";
                    if (!REGIONS.includes(region)) {
                        report(`has the checker region "${region}"; allowed: ${choices(REGIONS)}.`);
                    }
                });
            },
        );
    },
});
