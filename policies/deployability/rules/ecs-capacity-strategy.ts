import { number, objects, type Props, resourceRule, text } from "../../framework";
import { FARGATE_PROVIDERS } from "../shared/tasks";
import { judge } from "../shared/values";

const STRATEGIES: Readonly<Record<string, string>> = {
    "aws:ecs/service:Service": "capacityProviderStrategies",
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "defaultCapacityProviderStrategies",
};
const MOST = 20;

export const rule = resourceRule({
    id: "ecs-capacity-strategy",
    severity: "high",
    description: "Strategies of capacity providers share tasks out as ECS can.",
    fix: "Give one provider alone a base and one at least a weight, and take Fargate's or instances', not both.",
    frameworks: { controls: ["F32.3"] },
    types: Object.keys(STRATEGIES),
    check: ({ props, type }, report) => {
        const property = STRATEGIES[type] ?? "";
        const parts = objects(props[property]);
        if (parts.length === 0) {
            return;
        }
        judge(
            () => {
                if (parts.length > MOST) {
                    report(`has ${parts.length} providers in ${property}; allowed: ${MOST}.`);
                }
            },
            () => {
                const withBase = parts.filter(({ base }) => (number(base) ?? 0) > 0);
                if (withBase.length > 1) {
                    report(`has ${withBase.length} providers with a base in ${property}; allowed: 1.`);
                }
            },
            () => {
                // One provider alone gets all tasks whatever its weight.
                if (parts.length > 1 && parts.every(({ weight }) => (number(weight) ?? 0) === 0)) {
                    report(`has no provider with a weight in ${property}.`);
                }
            },
            () => {
                const kinds = new Set(parts.map(isFargate));
                if (kinds.size > 1) {
                    report(`has both Fargate and instances in ${property}.`);
                }
            },
        );
    },
});

function isFargate({ capacityProvider }: Props): boolean {
    return FARGATE_PROVIDERS.includes(text(capacityProvider) ?? "");
}
