import { number, type Props, resourceRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { TABLE } from "../shared/types";
import { judge } from "../shared/values";

const MODES = ["PROVISIONED", "PAY_PER_REQUEST"];
const CAPACITIES = ["readCapacity", "writeCapacity"];

export const rule = resourceRule({
    id: "dynamodb-billing",
    severity: "high",
    description: "Tables and their indexes have capacity exactly where it is provisioned.",
    fix: "Set readCapacity and writeCapacity with PROVISIONED, and leave both out with PAY_PER_REQUEST.",
    frameworks: { controls: ["F10.6"] },
    types: [TABLE],
    check: ({ props }, report) => {
        // The provider's default.
        const mode = text(props.billingMode) ?? "PROVISIONED";
        if (!MODES.includes(mode)) {
            report(`has billingMode "${mode}"; allowed: ${MODES.join(", ")}.`);
            return;
        }
        const judgeCapacity = (at: string, owner: Props): void => {
            for (const property of CAPACITIES) {
                const units = number(owner[property]) ?? 0;
                if (mode === "PAY_PER_REQUEST" ? units > 0 : units < 1) {
                    report(`has billingMode ${mode} and ${at}${property} ${units}.`);
                }
            }
        };
        judge(
            () => {
                judgeCapacity("", props);
            },
            () => {
                eachObject(props.globalSecondaryIndexes, (each, index) => {
                    judgeCapacity(`globalSecondaryIndexes[${index}].`, each);
                });
            },
        );
    },
});
