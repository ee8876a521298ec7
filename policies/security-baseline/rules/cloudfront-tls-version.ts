import { object, resourceRule, text } from "../../framework";
import { DISTRIBUTION } from "../shared/distributions";

interface Config {
    readonly versions: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "cloudfront-tls-version",
    severity: "high",
    description: "Distributions refuse viewers that speak less than TLS 1.2 with current ciphers.",
    fix: 'Set viewerCertificate.minimumProtocolVersion to "TLSv1.2_2021" or newer, with a certificate of your own.',
    frameworks: { controls: ["73"], securityHub: ["CloudFront.15"], checkov: ["CKV_AWS_174"] },
    types: [DISTRIBUTION],
    config: {
        versions: {
            type: "array",
            items: { type: "string" },
            default: ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"],
            description: "The security policies that are allowed.",
        },
    },
    check: ({ props }, report, { versions }) => {
        // Left out, and with CloudFront's own certificate whatever it says, it is TLSv1.
        const version = text(object(props.viewerCertificate).minimumProtocolVersion) ?? "TLSv1";
        if (!versions.includes(version)) {
            report(`speaks ${version} with viewers (viewerCertificate.minimumProtocolVersion).`);
        }
    },
});
