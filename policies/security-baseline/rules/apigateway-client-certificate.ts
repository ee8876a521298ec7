import { type Member, stackRule, type StackView, text } from "../../framework";
import { anyOf, inputOf, isGiven } from "../../framework/items";
import { REST_API, REST_STAGE } from "../shared/apis";
import { integrationTypesOf } from "../shared/openApi";

const INTEGRATION = "aws:apigateway/integration:Integration";

export const rule = stackRule({
    id: "apigateway-client-certificate",
    severity: "low",
    level: "advisory",
    description: "REST stages show the servers behind them a client certificate.",
    fix: "Set clientCertificateId to an aws.apigateway.ClientCertificate's id, and have the backend check it.",
    frameworks: { controls: ["106"], securityHub: ["APIGateway.2"], checkov: ["CKV2_AWS_51"] },
    types: [REST_STAGE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REST_STAGE), (stage) => {
            if (!isGiven(stage.props, "clientCertificateId") && asksServers(stack, stage)) {
                report("shows its backends no certificate: clientCertificateId is not given.", stage);
            }
        });
    },
});

/** Whether anything behind the stage speaks HTTP: AWS's services know API Gateway otherwise. */
function asksServers(stack: StackView, stage: Member): boolean {
    const [api] = stack.referencesOf(stage, "restApi", REST_API);
    // What another stack's API asks is not to be seen here.
    return (
        api === undefined ||
        anyOf([
            () => integrationTypesOf(inputOf(api, "body")).some(isHttp),
            ...stack.referrersOf(api, INTEGRATION, "restApi").map(
                ({ props }) =>
                    () =>
                        isHttp(text(props.type) ?? ""),
            ),
        ])
    );
}

function isHttp(type: string): boolean {
    return type.toUpperCase().startsWith("HTTP");
}
