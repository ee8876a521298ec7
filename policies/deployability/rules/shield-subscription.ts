import { stackRule } from "../../framework";

interface Config {
    readonly allowed: boolean;
}

const SUBSCRIPTION = "aws:shield/subscription:Subscription";
const PROTECTIONS = [
    "aws:shield/protection:Protection",
    "aws:shield/protectionGroup:ProtectionGroup",
    "aws:shield/proactiveEngagement:ProactiveEngagement",
    "aws:shield/applicationLayerAutomaticResponse:ApplicationLayerAutomaticResponse",
] as const;

export const rule = stackRule<Config>({
    id: "shield-subscription",
    severity: "critical",
    description:
        "Shield Advanced, which binds the account to pay for a year, is there only where it was decided on.",
    fix: "Leave it out, since Shield Standard is there by itself, or set the rule's allowed to true once the cost is agreed.",
    frameworks: { controls: ["C20", "F17.9"] },
    types: [SUBSCRIPTION, ...PROTECTIONS],
    config: {
        allowed: {
            type: "boolean",
            default: false,
            description: "Whether the account has, or shall have, a subscription to Shield Advanced.",
        },
    },
    checkStack: (stack, report, { allowed }) => {
        if (allowed) {
            return;
        }
        for (const subscription of stack.ofType(SUBSCRIPTION)) {
            report(
                "subscribes the account to Shield Advanced for a year, and destroying it does not end that.",
                subscription,
            );
        }
        if (stack.ofType(SUBSCRIPTION).length === 0) {
            for (const protection of stack.ofType(...PROTECTIONS)) {
                report("needs a subscription to Shield Advanced.", protection);
            }
        }
    },
});
