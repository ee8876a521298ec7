import {
    allOf,
    alsoWhere,
    arnOf,
    input,
    isCount,
    isEachOnce,
    isGiven,
    list,
    numberIn,
    object,
    objectOf,
    oneOf,
    required,
    text,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge, type Kind, type Rule } from "../../shared/argumentTable";
import {
    type DeploymentHook,
    DeploymentStage,
    DeploymentStrategy,
    PauseTimeout,
    type ServiceDeployment,
} from "./deploymentArgs";
import { hasBalancers } from "./scalingTable";

/** How a service that says nothing is deployed. */
export const DEFAULT_DEPLOYMENT = {
    strategy: DeploymentStrategy.Rolling,
    bakeMinutes: 10,
    canaryPercent: 10,
    canaryBakeMinutes: 10,
    stepPercent: 20,
    stepBakeMinutes: 5,
} as const;

/** The strategy that the arguments ask for; none where it is refused, so that nothing else is for its sake. */
function strategyOf(args: Given): DeploymentStrategy | undefined {
    const asked = objectOf(args.deployment).strategy;
    return isGiven(asked) ? STRATEGIES.find((known) => known === asked) : DEFAULT_DEPLOYMENT.strategy;
}

const STRATEGIES = Object.values(DeploymentStrategy);

/** Whether deployments shift traffic between two target groups. */
export function shiftsTraffic(args: Given): boolean {
    return SHIFTING.some((shifting) => shifting === strategyOf(args));
}

/** Whether deployments stay within one target group. */
export function staysInGroup(args: Given): boolean {
    return strategyOf(args) === DeploymentStrategy.Rolling;
}

/** What is of use with some strategies alone. */
function onlyWith<K extends Kind, L extends boolean>(
    strategies: readonly DeploymentStrategy[],
    of: Rule<K, false, L>,
): Rule<K, false, L> {
    return {
        ...of,
        mayBeGiven: (args) => {
            const asked = strategyOf(args);
            return asked === undefined || strategies.includes(asked)
                ? undefined
                : {
                      allowed: `nothing while the strategy is ${asked}`,
                      remedy: `Remove it, or choose ${strategies.join(" or ")}`,
                  };
        },
    };
}

const SHIFTING = [DeploymentStrategy.BlueGreen, DeploymentStrategy.Canary, DeploymentStrategy.Linear];

// Amazon ECS API Reference, DeploymentConfiguration: a day at most.
const minutes = () => wholeNumber({ min: 0, max: 1440 }, "a whole number from 0 to 1440 (minutes)");

const needsBalancer: Judge = unless(
    (strategy, args) => strategy === DeploymentStrategy.Rolling || hasBalancers(args),
    DeploymentStrategy.Rolling,
    { remedy: "Only a balancer can shift traffic between old tasks and new ones: give balancers" },
);

/** A circuit breaker works with Rolling alone; what else turns a deployment back is alarms. */
const needsAlarms: Judge = unless(
    (strategy, args, { within }) =>
        strategy === DeploymentStrategy.Rolling ||
        isGiven(args.alarmTopicArns) ||
        (Array.isArray(within.alarmNames) && within.alarmNames.length > 0),
    DeploymentStrategy.Rolling,
    {
        remedy: "Give alarmTopicArns or deployment.alarmNames: nothing else turns a bad deployment back",
    },
);

const isPause = ({ within }: { readonly within: Given }): boolean => !isGiven(within.functionArn);

/** Amazon ECS API Reference, DeploymentLifecycleHook: traffic that is being shifted cannot be held. */
const UNPAUSABLE: readonly unknown[] = [
    DeploymentStage.TestTrafficShift,
    DeploymentStage.ProductionTrafficShift,
];

function ofPause<K extends Kind, L extends boolean>(of: Rule<K, false, L>): Rule<K, false, L> {
    const judge: Judge = (value, args, place) =>
        isPause(place)
            ? of.judge?.(value, args, place)
            : { allowed: "nothing beside functionArn", remedy: "Remove it: a function is no pause" };
    return { ...of, judge };
}

const HOOK: ArgumentTable<DeploymentHook> = {
    stages: required(
        list(
            alsoWhere(
                (value, _, place) => !isPause(place) || !UNPAUSABLE.includes(value),
                "a stage at which no traffic is being shifted, for a pause",
                oneOf(DeploymentStage),
            ),
            "a list of stages",
            unless((stages) => isCount(stages, 1, 7) && isEachOnce(stages), "1 to 7 different stages"),
        ),
    ),
    functionArn: input(arnOf("lambda", "a function")),
    pauseMinutes: ofPause(wholeNumber({ min: 1, max: 20_160 }, "a whole number from 1 to 20160 (minutes)")),
    onTimeout: ofPause(oneOf(PauseTimeout)),
};

const strategy = oneOf(DeploymentStrategy);

/** The rules of how new versions come in. */
export const DEPLOYMENT: ArgumentTable<ServiceDeployment> = {
    strategy: {
        ...strategy,
        judge: (...given) => strategy.judge?.(...given) ?? allOf(needsBalancer, needsAlarms)(...given),
    },
    bakeMinutes: onlyWith(SHIFTING, minutes()),
    // Amazon ECS API Reference, CanaryConfiguration and LinearConfiguration: multiples of 0.1.
    canaryPercent: onlyWith([DeploymentStrategy.Canary], numberIn({ min: 0.1, max: 100 })),
    canaryBakeMinutes: onlyWith([DeploymentStrategy.Canary], minutes()),
    stepPercent: onlyWith([DeploymentStrategy.Linear], numberIn({ min: 3, max: 100 })),
    stepBakeMinutes: onlyWith([DeploymentStrategy.Linear], minutes()),
    hooks: onlyWith(SHIFTING, list(object(HOOK), "a list of hooks")),
    alarmNames: list(input(text("the name of an alarm")), "a list of names of alarms"),
};
