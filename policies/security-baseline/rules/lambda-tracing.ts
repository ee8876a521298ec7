import { object, resourceRule, text } from "../../framework";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "lambda-tracing",
    severity: "low",
    level: "advisory",
    description: "Functions send traces to AWS X-Ray.",
    fix: 'Set tracingConfig.mode to "Active".',
    frameworks: { controls: ["101"], securityHub: ["Lambda.7"], checkov: ["CKV_AWS_50"] },
    types: ["aws:lambda/function:Function"],
    check: ({ props }, report) => {
        // Left out it is PassThrough, which traces what another service traces already.
        const { mode } = object(props.tracingConfig);
        if (text(mode) !== "Active") {
            report(`sends no traces of its own: tracingConfig.mode is ${shown(mode)}.`);
        }
    },
});
