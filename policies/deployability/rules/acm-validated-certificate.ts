import { stackRule } from "../../framework";
import { isInput } from "../../framework/items";
import { CERTIFICATE, CERTIFICATE_VALIDATION, DISTRIBUTION, LISTENERS } from "../shared/types";

const USES = [
    ...LISTENERS.map((type) => [type, "certificateArn"] as const),
    ["aws:lb/listenerCertificate:ListenerCertificate", "certificateArn"],
    ["aws:alb/listenerCertificate:ListenerCertificate", "certificateArn"],
    [DISTRIBUTION, "viewerCertificate"],
    ["aws:apigatewayv2/domainName:DomainName", "domainNameConfiguration"],
    ["aws:apigateway/domainName:DomainName", "regionalCertificateArn"],
    ["aws:cognito/userPoolDomain:UserPoolDomain", "certificateArn"],
] as const;

export const rule = stackRule({
    id: "acm-validated-certificate",
    severity: "high",
    description: "Certificates that ACM issues after a DNS check are used once they are issued.",
    fix: "Use the certificateArn of the CertificateValidation instead of the certificate's arn.",
    frameworks: { controls: ["F4.2"] },
    types: [CERTIFICATE],
    checkStack: (stack, report) => {
        for (const [type, property] of USES) {
            for (const user of stack.ofType(type)) {
                const related = user.propertyDependencies[property] ?? [];
                // A certificate that is imported, or from a private authority, is issued at once.
                const [certificate] = related.filter(
                    (other) => other.type === CERTIFICATE && isInput(other, "validationMethod"),
                );
                if (
                    certificate !== undefined &&
                    !related.some((other) => other.type === CERTIFICATE_VALIDATION)
                ) {
                    report(`uses ${certificate.name} without waiting until it is issued.`, user);
                }
            }
        }
    },
});
