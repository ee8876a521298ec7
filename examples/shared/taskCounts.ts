import { numberOf, required, wholeNumber } from "../../components/shared/argumentRules";

/** The rules of how few and how many tasks a system's services have. */
export function taskCounts() {
    return {
        minTasks: required(
            wholeNumber({ min: 2, max: 100 }, "a whole number from 2 to 100: one in each of two zones"),
        ),
        maxTasks: required(
            wholeNumber(
                ({ minTasks }) => ({ min: numberOf(minTasks, 2), max: 1000 }),
                ({ minTasks }) => `a whole number from ${numberOf(minTasks, 2)} (minTasks) to 1000`,
            ),
        ),
    };
}
