import { object, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { groupOf } from "../shared/statements";

interface Config {
    readonly included: number;
}

/** Capacity units of AWS's managed rule groups, by name without the prefix. */
const GROUPS: Readonly<Partial<Record<string, number>>> = {
    ACFPRuleSet: 50,
    ATPRuleSet: 50,
    AdminProtectionRuleSet: 100,
    AmazonIpReputationList: 25,
    AnonymousIpList: 50,
    AntiDDoSRuleSet: 50,
    BotControlRuleSet: 50,
    CommonRuleSet: 700,
    KnownBadInputsRuleSet: 200,
    LinuxRuleSet: 200,
    PHPRuleSet: 100,
    SQLiRuleSet: 200,
    UnixRuleSet: 100,
    WindowsRuleSet: 200,
    WordPressRuleSet: 100,
};
const PREFIX = "AWSManagedRules";
/** The least that a rule of one's own takes. */
const LEAST = 1;
const MOST = 5000;

export const rule = resourceRule<Config>({
    id: "wafv2-capacity",
    severity: "medium",
    // The units are documented, and not part of the API's model; only what is above 5000 is rejected.
    level: "advisory",
    description: "The rule groups of a web ACL fit into the capacity units that its price includes.",
    fix: "Drop rule groups that the application does not need, or raise the rule's included, up to 5000.",
    frameworks: { controls: ["C18", "F17.4"] },
    types: ["aws:wafv2/webAcl:WebAcl"],
    config: {
        included: {
            type: "integer",
            minimum: 1,
            maximum: MOST,
            default: 1500,
            description: "Capacity units that a web ACL may use.",
        },
    },
    check: ({ props }, report, { included }) => {
        let units = 0;
        eachObject(props.rules, (each) => {
            const group = groupOf(each);
            if (group === undefined) {
                units += isGiven(object(each.statement), "rateBasedStatement") ? 2 : LEAST;
            } else if (text(group.vendorName) === "AWS") {
                units += GROUPS[(text(group.name) ?? "").replace(PREFIX, "")] ?? 0;
            }
        });
        if (units > included) {
            report(`takes ${units} capacity units or more; allowed: ${included}.`);
        }
    },
});
