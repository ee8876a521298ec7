import { type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { ACCOUNT } from "./documents";
import { unsetting } from "./settings";

const SCHEDULE = "aws:scheduler/schedule:Schedule";

const SCHEDULES: readonly FixtureResource[] = [
    {
        type: SCHEDULE,
        name: "weekly",
        inputs: {
            scheduleExpression: "rate(7 days)",
            flexibleTimeWindow: { mode: "OFF" },
            target: {
                arn: `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:weekly`,
                roleArn: `arn:aws:iam::${ACCOUNT}:role/weekly`,
                deadLetterConfig: { arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:lost` },
            },
        },
    },
];
const weekly = { type: SCHEDULE, name: "weekly", fixture: SCHEDULES };

export const mutants: readonly Mutant[] = [
    unsetting(weekly, "scheduler-dead-letters", "none", "target.deadLetterConfig", {
        message: "target.deadLetterConfig.arn is not given",
        decidedBy: "structure",
    }),
];
