import { object, stackRule } from "../../framework";
import { isGiven } from "../../framework/items";

const FUNCTION = "aws:lambda/function:Function";
const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

export const rule = stackRule({
    id: "lambda-dead-letters",
    severity: "low",
    level: "advisory",
    description: "Events that a function fails on are kept.",
    fix: "Set deadLetterConfig.targetArn, or add an aws.lambda.FunctionEventInvokeConfig with destinationConfig.onFailure.",
    frameworks: { controls: ["102"], checkov: ["CKV_AWS_116"] },
    types: [FUNCTION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(FUNCTION), (member) => {
            const keeps =
                isGiven(object(member.props.deadLetterConfig), "targetArn") ||
                stack
                    .referrersOf(member, INVOKE_CONFIG, "functionName")
                    .some(({ props }) =>
                        isGiven(object(object(props.destinationConfig).onFailure), "destination"),
                    );
            if (!keeps) {
                report("loses events that it fails on: deadLetterConfig.targetArn is not given.", member);
            }
        });
    },
});
