import { flag, resourceRule } from "../../framework";
import { REST_STAGE } from "../shared/apis";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "apigateway-tracing",
    severity: "low",
    level: "advisory",
    description: "REST stages send traces to AWS X-Ray.",
    fix: "Set xrayTracingEnabled to true.",
    frameworks: { controls: ["107"], securityHub: ["APIGateway.3"], checkov: ["CKV_AWS_73"] },
    types: [REST_STAGE],
    check: ({ props }, report) => {
        // The provider's default is false.
        if (flag(props.xrayTracingEnabled) !== true) {
            report(`sends no traces: xrayTracingEnabled is ${shown(props.xrayTracingEnabled)}.`);
        }
    },
});
