import { flag, object, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge, shown } from "../shared/judging";
import { TABLE, TABLE_REPLICA } from "../shared/tables";

export const rule = resourceRule({
    id: "dynamodb-point-in-time-recovery",
    severity: "medium",
    description: "Tables and their replicas can be restored to any point in time.",
    fix: "Set pointInTimeRecovery.enabled of the table, and pointInTimeRecovery of each replica, to true.",
    frameworks: { controls: ["133"], securityHub: ["DynamoDB.2"], checkov: ["CKV_AWS_28"] },
    types: [TABLE, TABLE_REPLICA],
    check: ({ type, props }, report) => {
        // The provider's default is false everywhere.
        const say = (what: string, value: unknown): void => {
            if (flag(value) !== true) {
                report(`cannot be restored to a point in time: ${what} is ${shown(value)}.`);
            }
        };
        if (type === TABLE_REPLICA) {
            say("pointInTimeRecovery", props.pointInTimeRecovery);
            return;
        }
        judge(
            () => {
                say("pointInTimeRecovery.enabled", object(props.pointInTimeRecovery).enabled);
            },
            () => {
                eachObject(props.replicas, ({ regionName, pointInTimeRecovery }, index) => {
                    const region = text(regionName) ?? String(index);
                    say(`pointInTimeRecovery of the replica in ${region}`, pointInTimeRecovery);
                });
            },
        );
    },
});
