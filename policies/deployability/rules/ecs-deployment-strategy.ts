import { flag, object, type Props, type ReportResource, resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { choices, judge, judgeRanges, visit } from "../shared/values";

const SHIFTING = ["BLUE_GREEN", "LINEAR", "CANARY"];
const STRATEGIES = ["ROLLING", ...SHIFTING];

/** What holds the numbers of a strategy, and the strategy that it is of. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
    canaryConfiguration: "CANARY",
    linearConfiguration: "LINEAR",
};

/** Stages at which traffic is being shifted, which cannot be held. */
const UNPAUSABLE = ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"];

const RANGES = {
    "deploymentConfiguration.canaryConfiguration.canaryPercent": { min: 0.1, max: 100 },
    "deploymentConfiguration.linearConfiguration.stepPercent": { min: 3, max: 100 },
};

export const rule = resourceRule({
    id: "ecs-deployment-strategy",
    severity: "high",
    description:
        "Services have what their deployment strategy needs, and nothing that only another one takes.",
    fix: "Give ROLLING the circuit breaker, and the strategies that shift traffic advancedConfiguration of their load balancers with a rule, a second target group and a role, bakeTimeInMinutes, and the configuration of their own name.",
    frameworks: { controls: ["F31.1", "F31.2", "F31.3", "F31.7"] },
    types: ["aws:ecs/service:Service"],
    check: ({ props }, report) => {
        const configuration = object(props.deploymentConfiguration);
        const strategy = text(configuration.strategy) ?? "ROLLING";
        if (!STRATEGIES.includes(strategy)) {
            report(`has the strategy "${strategy}"; allowed: ${choices(STRATEGIES)}.`);
            return;
        }
        judge(
            () => {
                const breaker = object(props.deploymentCircuitBreaker);
                if (strategy !== "ROLLING" && flag(breaker.enable) === true) {
                    report(`has a deploymentCircuitBreaker with ${strategy}; it works with ROLLING alone.`);
                }
            },
            () => {
                judgeConfigurations(configuration, strategy, report);
            },
            () => {
                if (SHIFTING.includes(strategy)) {
                    judgeBalancers(props, strategy, report);
                }
            },
            () => {
                judgeHooks(configuration, report);
            },
            () => {
                judgeRanges(props, RANGES, report);
            },
        );
    },
});

function judgeConfigurations(configuration: Props, strategy: string, report: ReportResource): void {
    for (const [property, owner] of Object.entries(CONFIGURATIONS)) {
        if (isGiven(configuration, property) && owner !== strategy) {
            report(`has ${property} with the strategy ${strategy}, which takes none.`);
        }
    }
    if (strategy === "BLUE_GREEN" && !isGiven(configuration, "bakeTimeInMinutes")) {
        report("has the strategy BLUE_GREEN without bakeTimeInMinutes.");
    }
}

function judgeBalancers(props: Props, strategy: string, report: ReportResource): void {
    if (!isGiven(props, "loadBalancers") && !isGiven(props, "serviceConnectConfiguration")) {
        report(
            `has the strategy ${strategy} with neither loadBalancers nor serviceConnectConfiguration to shift traffic by.`,
        );
    }
    visit(props, "loadBalancers[]", (balancer, at) => {
        if (!isGiven(object(balancer), "advancedConfiguration")) {
            report(`has the strategy ${strategy} and no advancedConfiguration in ${at}.`);
        }
    });
}

function judgeHooks(configuration: Props, report: ReportResource): void {
    eachObject(configuration.lifecycleHooks, (hook, index) => {
        if (text(hook.targetType) !== "PAUSE") {
            return;
        }
        visit(hook, "lifecycleStages[]", (stage) => {
            if (UNPAUSABLE.includes(text(stage) ?? "")) {
                report(`has lifecycleHooks[${index}] that pauses at ${text(stage) ?? ""}.`);
            }
        });
    });
}
