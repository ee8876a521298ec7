import { flag, object, stackRule } from "../../framework";
import { isInPlan } from "../../framework/backups";
import { TABLE } from "../shared/tables";

interface Config {
    readonly pointInTimeWillDo: boolean;
}

export const rule = stackRule<Config>({
    id: "dynamodb-backup-plan",
    severity: "medium",
    level: "advisory",
    description: "Tables are in a plan of AWS Backup.",
    fix: "Add an aws.backup.Selection that takes the table in, by its tag or its ARN.",
    frameworks: { controls: ["135"], securityHub: ["DynamoDB.4"] },
    types: [TABLE],
    config: {
        pointInTimeWillDo: {
            type: "boolean",
            default: false,
            description:
                "Whether point-in-time recovery will do. It reaches back 35 days, and ends with the table.",
        },
    },
    checkStack: (stack, report, { pointInTimeWillDo }) => {
        stack.each(stack.ofType(TABLE), (table) => {
            // The provider's default is false.
            const isRecoverable =
                pointInTimeWillDo && flag(object(table.props.pointInTimeRecovery).enabled) === true;
            if (!isRecoverable && !isInPlan(stack, table)) {
                report("is in no backup plan: no aws.backup.Selection takes it in.", table);
            }
        });
    },
});
