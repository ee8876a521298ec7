import { stackRule } from "../../framework";
import { STORE_TYPES } from "../../framework/stores";
import { list, object, text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";

interface Config {
    readonly classificationTag: string;
    readonly restricted: readonly string[];
    readonly priceClasses: readonly string[];
}

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

export const rule = stackRule<Config>({
    id: "cloudfront-personal-reach",
    severity: "medium",
    description: "A distribution in a stack with restricted data does not serve it from all over the world.",
    fix: "Set a priceClass below PriceClass_All, or restrictions.geoRestriction with the countries that are served.",
    frameworks: { controls: ["P08"] },
    level: "advisory",
    config: {
        classificationTag: {
            type: "string",
            default: "data-classification",
            description: "The tag that says how sensitive data is.",
        },
        restricted: {
            type: "array",
            items: { type: "string" },
            default: ["pii"],
            description: "Its values for restricted data.",
        },
        priceClasses: {
            type: "array",
            items: { type: "string" },
            default: ["PriceClass_100", "PriceClass_200"],
            description: "Price classes that are narrow enough without a restriction by country.",
        },
    },
    types: [DISTRIBUTION],
    checkStack: (stack, report, { classificationTag, restricted, priceClasses }) => {
        const holders: string[] = [];
        stack.each(stack.ofType(...STORE_TYPES, DISTRIBUTION), (member) => {
            if (restricted.includes(tagOf(member, classificationTag) ?? "")) {
                holders.push(member.name);
            }
        });
        if (holders.length === 0) {
            return;
        }
        stack.each(stack.ofType(DISTRIBUTION), (distribution) => {
            const { props } = distribution;
            // CloudFront's default.
            const priceClass = text(props.priceClass) ?? "PriceClass_All";
            const geography = object(object(props.restrictions).geoRestriction);
            const type = text(geography.restrictionType) ?? "none";
            const limits =
                type === "whitelist" || (type === "blacklist" && list(geography.locations).length > 0);
            if (!priceClasses.includes(priceClass) && !limits) {
                report(
                    `is in a stack with restricted data ("${holders[0] ?? ""}") and has priceClass ${priceClass} and geoRestriction ${type}.`,
                    distribution,
                );
            }
        });
    },
});
