import { resourceRule, text } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "lambda-url-authorization",
    severity: "high",
    description: "URLs of functions ask for IAM credentials.",
    fix: 'Set authorizationType to "AWS_IAM".',
    frameworks: { controls: ["104"], checkov: ["CKV_AWS_258"] },
    types: ["aws:lambda/functionUrl:FunctionUrl"],
    check: ({ props }, report) => {
        if (text(props.authorizationType) !== "AWS_IAM") {
            report(`can be called by anybody: authorizationType is ${shown(props.authorizationType)}.`);
        }
    },
});
