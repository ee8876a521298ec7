import {
    alsoWhere,
    atMost,
    input,
    list,
    numberOf,
    objectOf,
    oneOf,
    text,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Rule } from "../../shared/argumentTable";
import { type FunctionDeployment, FunctionDeploymentStrategy } from "./deploymentArgs";

/** How calls move to a new version where only a deployment is asked for. */
export const DEFAULT_SHIFT = {
    strategy: FunctionDeploymentStrategy.Canary,
    percent: 10,
    intervalMinutes: 5,
} as const;

// AWS CodeDeploy User Guide, "CodeDeploy quotas": 48 hours between the first and the last shift of a Lambda deployment.
const SHIFT_MINUTES = 48 * 60;

// The same page: 50 of one deployment group, of which one is the component's own.
const ALARMS_MAX = 49;

const strategyOf = (args: Given): unknown => objectOf(args.deployment).strategy ?? DEFAULT_SHIFT.strategy;

/** How often calls move after the first time. */
function intervals({ percent, strategy }: Given): number {
    return strategy === FunctionDeploymentStrategy.Linear
        ? Math.ceil(100 / numberOf(percent, DEFAULT_SHIFT.percent)) - 1
        : 1;
}

/** What is of no use where all calls move at once. */
function ofShift(of: Rule<"number", false, false>): Rule<"number", false, false> {
    return {
        ...of,
        mayBeGiven: (args) =>
            strategyOf(args) === FunctionDeploymentStrategy.AllAtOnce
                ? { allowed: `nothing while the strategy is ${FunctionDeploymentStrategy.AllAtOnce}` }
                : undefined,
    };
}

/** The rules of how a new version gets its calls. */
export const DEPLOYMENT: ArgumentTable<FunctionDeployment> = {
    strategy: oneOf(FunctionDeploymentStrategy),
    percent: ofShift(wholeNumber({ min: 1, max: 99 }, "a whole number from 1 to 99 (percent)")),
    intervalMinutes: ofShift(
        alsoWhere(
            (minutes, _, { within }) => (minutes as number) * intervals(within) <= SHIFT_MINUTES,
            `so few that all steps are made within ${SHIFT_MINUTES}`,
            wholeNumber(
                { min: 1, max: SHIFT_MINUTES },
                `a whole number from 1 to ${SHIFT_MINUTES} (minutes)`,
            ),
        ),
    ),
    alarmNames: list(
        input(text("the name of an alarm")),
        "a list of names of alarms",
        atMost(ALARMS_MAX, `${ALARMS_MAX} alarms at most`),
    ),
};
