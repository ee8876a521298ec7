import { flag, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { judge, shown } from "../shared/judging";
import { TABLE, TABLE_REPLICA } from "../shared/tables";

export const rule = resourceRule({
    id: "dynamodb-deletion-protection",
    severity: "medium",
    description: "Tables and their replicas cannot be deleted by mistake.",
    fix: "Set deletionProtectionEnabled of the table and of each replica to true.",
    frameworks: { controls: ["134"], securityHub: ["DynamoDB.6"] },
    types: [TABLE, TABLE_REPLICA],
    check: ({ type, props }, report) => {
        // The provider's default is false everywhere.
        const say = (what: string, value: unknown): void => {
            if (flag(value) !== true) {
                report(`can be deleted by mistake: ${what} is ${shown(value)}.`);
            }
        };
        judge(
            () => {
                say("deletionProtectionEnabled", props.deletionProtectionEnabled);
            },
            () => {
                if (type === TABLE) {
                    eachObject(props.replicas, ({ regionName, deletionProtectionEnabled }, index) => {
                        const region = text(regionName) ?? String(index);
                        say(
                            `deletionProtectionEnabled of the replica in ${region}`,
                            deletionProtectionEnabled,
                        );
                    });
                }
            },
        );
    },
});
