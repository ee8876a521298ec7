import { flag, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { DISTRIBUTION } from "../shared/distributions";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "cloudfront-certificate",
    severity: "medium",
    description: "Distributions have a certificate of their own, and serve it by SNI.",
    fix: 'Set viewerCertificate.acmCertificateArn to a certificate in us-east-1, and sslSupportMethod to "sni-only".',
    frameworks: {
        controls: ["72"],
        securityHub: ["CloudFront.7", "CloudFront.8"],
        checkov: ["CKV2_AWS_42"],
    },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        const certificate = object(props.viewerCertificate);
        const isOwn = isGiven(certificate, "acmCertificateArn") || isGiven(certificate, "iamCertificateId");
        if (flag(certificate.cloudfrontDefaultCertificate) === true || !isOwn) {
            report("has no certificate of its own in viewerCertificate.");
            return;
        }
        const method = text(certificate.sslSupportMethod);
        if (method !== "sni-only") {
            report(`serves its certificate otherwise than by SNI: sslSupportMethod is ${shown(method)}.`);
        }
    },
});
