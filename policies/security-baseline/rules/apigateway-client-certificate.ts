import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { REST_STAGE } from "../shared/apis";

export const rule = resourceRule({
    id: "apigateway-client-certificate",
    severity: "low",
    level: "advisory",
    description: "REST stages show their backends a client certificate.",
    fix: "Set clientCertificateId to an aws.apigateway.ClientCertificate's id, and have the backend check it.",
    frameworks: { controls: ["106"], securityHub: ["APIGateway.2"], checkov: ["CKV2_AWS_51"] },
    types: [REST_STAGE],
    check: ({ props }, report) => {
        if (!isGiven(props, "clientCertificateId")) {
            report("shows its backends no certificate: clientCertificateId is not given.");
        }
    },
});
