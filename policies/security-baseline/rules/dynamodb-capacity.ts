import { ifKnown, type Member, stackRule, type StackView, text } from "../../framework";
import { listed } from "../../framework/patterns";
import { TABLE } from "../shared/tables";

const TARGET = "aws:appautoscaling/target:Target";
const DIMENSIONS = ["dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits"];

export const rule = stackRule({
    id: "dynamodb-capacity",
    severity: "medium",
    level: "advisory",
    description: "The capacity of tables follows their load.",
    fix: 'Set billingMode to "PAY_PER_REQUEST", or add aws.appautoscaling.Targets for reads and writes.',
    frameworks: { controls: ["132"], securityHub: ["DynamoDB.1"], checkov: ["CKV2_AWS_16"] },
    types: [TABLE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(TABLE), (table) => {
            // AWS's default is PROVISIONED.
            if ((text(table.props.billingMode) ?? "PROVISIONED") === "PAY_PER_REQUEST") {
                return;
            }
            const scaled = targetsOf(stack, table).map(({ props }) => text(props.scalableDimension));
            const missing = DIMENSIONS.filter((dimension) => !scaled.includes(dimension));
            if (missing.length > 0) {
                report(`has a fixed capacity: nothing scales ${listed(missing)}.`, table);
            }
        });
    },
});

function targetsOf(stack: StackView, table: Member): readonly Member[] {
    const name = ifKnown(() => text(table.props.name));
    return stack
        .ofType(TARGET)
        .filter(
            (target) =>
                (target.propertyDependencies.resourceId ?? []).some(({ urn }) => urn === table.urn) ||
                (name !== undefined && ifKnown(() => text(target.props.resourceId)) === `table/${name}`),
        );
}
