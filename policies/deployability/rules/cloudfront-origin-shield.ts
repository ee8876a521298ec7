import { flag, object, resourceRule, text } from "../../framework";
import { eachOrigin } from "../shared/distribution";
import { choices } from "../shared/values";
import { DISTRIBUTION } from "../shared/types";

interface Config {
    readonly regions: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "cloudfront-origin-shield",
    severity: "medium",
    // AWS adds regions, and names them in its documentation alone.
    level: "advisory",
    description: "Origin Shield is in a region that has it.",
    fix: "Set originShieldRegion to the region of those that is nearest to the origin.",
    frameworks: { controls: ["F5.13"] },
    types: [DISTRIBUTION],
    config: {
        regions: {
            type: "array",
            items: { type: "string" },
            default: [
                ...["us-east-1", "us-east-2", "us-west-2", "sa-east-1"],
                ...["eu-west-1", "eu-west-2", "eu-central-1"],
                ...["ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-northeast-2"],
                ...["me-central-1"],
            ],
            description: "Regions that have Origin Shield.",
        },
    },
    check: ({ props }, report, { regions }) => {
        eachOrigin(props, (origin, at) => {
            const shield = object(origin.originShield);
            if (flag(shield.enabled) !== true) {
                return;
            }
            const region = text(shield.originShieldRegion);
            if (region === undefined || !regions.includes(region)) {
                report(`has ${at} with originShieldRegion "${region ?? ""}"; allowed: ${choices(regions)}.`);
            }
        });
    },
});
