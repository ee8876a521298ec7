import { flag, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { judge } from "../shared/judging";

const REST = "aws:apigateway/integration:Integration";
const INTEGRATION = "aws:apigatewayv2/integration:Integration";

export const rule = resourceRule({
    id: "apigateway-integration-tls",
    severity: "medium",
    description: "APIs talk to what is behind them over TLS that they verify.",
    fix: "Set tlsConfig.serverNameToVerify of a private integration of an HTTP API, use https:// elsewhere, and leave insecureSkipVerification out.",
    frameworks: { controls: [], securityHub: ["APIGateway.10"] },
    types: [REST, INTEGRATION],
    check: ({ type, props }, report) => {
        judge(
            () => {
                const uri = type === REST ? "uri" : "integrationUri";
                if (/^http:/i.test(text(props[uri]) ?? "")) {
                    report(`talks to what is behind it in plain: ${uri} is no https.`);
                }
            },
            () => {
                if (flag(object(props.tlsConfig).insecureSkipVerification) === true) {
                    report("takes any certificate: tlsConfig.insecureSkipVerification is true.");
                }
            },
            () => {
                // A private integration of an HTTP API names a listener; AWS speaks HTTP to it unless told a name.
                const isListener =
                    type === INTEGRATION &&
                    text(props.connectionType) === "VPC_LINK" &&
                    text(props.integrationType) === "HTTP_PROXY";
                if (isListener && !isGiven(object(props.tlsConfig), "serverNameToVerify")) {
                    report("talks to what is behind it in plain: tlsConfig.serverNameToVerify is not given.");
                }
            },
        );
    },
});
