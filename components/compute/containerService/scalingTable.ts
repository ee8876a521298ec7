import {
    byDefault,
    input,
    leftOutWhile,
    numberIn,
    numberOf,
    numberWhere,
    object,
    objectOf,
    required,
    textLike,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given } from "../../shared/argumentTable";
import { type QueueBacklog, type ServiceScaling } from "./scalingArgs";

/** What holds where nothing is said. */
export const DEFAULT_SCALING = { minTasks: 2, maxTasks: 8, cpuPercent: 60, memoryPercent: 80 } as const;

// Amazon ECS Developer Guide, "Amazon ECS service quotas": tasks per service.
const MOST_TASKS = 5000;

const BACKLOG: ArgumentTable<QueueBacklog> = {
    // Amazon SQS API Reference, CreateQueue; a FIFO queue's name ends in .fifo.
    queueName: required(
        input(
            textLike(/^[A-Za-z0-9_-]{1,80}(?:\.fifo)?$/, "the name of a queue, not its ARN and not its URL"),
        ),
    ),
    messagesPerTask: required(
        numberWhere((messages) => Number.isFinite(messages) && messages >= 1, "1 or more (messages)", {
            kind: "a number",
        }),
    ),
};

/** The rules of a service's size. */
export const SCALING: ArgumentTable<ServiceScaling> = {
    minTasks: wholeNumber({ min: 1, max: MOST_TASKS }, `a whole number from 1 to ${MOST_TASKS}`),
    maxTasks: byDefault(
        DEFAULT_SCALING.maxTasks,
        wholeNumber(
            (_, { within }) => ({
                min: numberOf(within.minTasks, DEFAULT_SCALING.minTasks),
                max: MOST_TASKS,
            }),
            (_, { within }) =>
                `a whole number from minTasks (${numberOf(within.minTasks, DEFAULT_SCALING.minTasks)}) to ${MOST_TASKS}`,
        ),
    ),
    cpuPercent: numberIn({ min: 1, max: 100 }),
    memoryPercent: numberIn({ min: 1, max: 100 }),
    requestsPerTarget: leftOutWhile(
        (args) => !hasBalancers(args),
        () => ({
            allowed: "nothing without balancers",
            remedy: "Remove it, or add the balancer that counts them",
        }),
        numberWhere(
            (requests) => Number.isFinite(requests) && requests >= 1,
            "1 or more (requests per minute)",
            { kind: "a number" },
        ),
    ),
    backlog: object(BACKLOG),
};

/** Whether any balancer hands requests to the service. */
export function hasBalancers(args: Given): boolean {
    return Object.keys(objectOf(args.balancers)).length > 0;
}
