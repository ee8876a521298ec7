import { object, resourceRule, text } from "../../framework";
import { matchesAny } from "../../framework/patterns";
import { shown } from "../shared/judging";

const REST_DOMAIN = "aws:apigateway/domainName:DomainName";

interface Config {
    readonly policies: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "apigateway-domain-tls",
    severity: "medium",
    description: "Domain names of APIs speak TLS 1.2 or newer.",
    fix: 'Set securityPolicy to "TLS_1_2" or newer.',
    frameworks: { controls: ["113"], securityHub: ["APIGateway.11"], checkov: ["CKV_AWS_206"] },
    types: [REST_DOMAIN, "aws:apigatewayv2/domainName:DomainName"],
    config: {
        policies: {
            type: "array",
            items: { type: "string" },
            default: ["TLS_1_2", "SecurityPolicy_TLS12_*", "SecurityPolicy_TLS13_*"],
            description: "The security policies that will do, as patterns.",
        },
    },
    check: ({ type, props }, report, { policies }) => {
        const { securityPolicy } = type === REST_DOMAIN ? props : object(props.domainNameConfiguration);
        // What AWS takes for one that is left out differs by the kind of endpoint.
        if (!matchesAny(policies, text(securityPolicy) ?? "")) {
            report(`may speak old versions of TLS: securityPolicy is ${shown(securityPolicy)}.`);
        }
    },
});
