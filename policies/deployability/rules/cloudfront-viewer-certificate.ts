import { flag, list, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { choices, judge } from "../shared/values";
import { DISTRIBUTION } from "../shared/types";

const METHODS = ["sni-only", "vip", "static-ip"];
const VERSIONS = [
    ...["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018"],
    ...["TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"],
];

export const rule = resourceRule({
    id: "cloudfront-viewer-certificate",
    severity: "high",
    description:
        "A distribution with names of its own has a certificate for them, with a TLS policy; another has CloudFront's.",
    fix: "Set acmCertificateArn, sslSupportMethod and minimumProtocolVersion, or cloudfrontDefaultCertificate without aliases.",
    frameworks: { controls: ["F5.11", "F5.12"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        const certificate = object(props.viewerCertificate);
        const hasOwn = ["acmCertificateArn", "iamCertificateId"].some((property) =>
            isGiven(certificate, property),
        );
        judge(
            () => {
                const names = list(props.aliases).length;
                if (names > 0 && !hasOwn) {
                    report(
                        `has ${counted(names, "alias", "aliases")} and no certificate for ${names === 1 ? "it" : "them"}.`,
                    );
                }
            },
            () => {
                const method = text(certificate.sslSupportMethod);
                if (hasOwn && (method === undefined || !METHODS.includes(method))) {
                    report(
                        `has a certificate with sslSupportMethod "${method ?? ""}"; allowed: ${choices(METHODS)}.`,
                    );
                }
            },
            () => {
                // The provider's default is TLSv1.
                const version = text(certificate.minimumProtocolVersion) ?? "TLSv1";
                if (!VERSIONS.includes(version)) {
                    report(`has minimumProtocolVersion "${version}"; allowed: ${choices(VERSIONS)}.`);
                } else if (!hasOwn && version !== "TLSv1") {
                    report(`has minimumProtocolVersion "${version}" with CloudFront's own certificate.`);
                }
            },
            () => {
                if (hasOwn && flag(certificate.cloudfrontDefaultCertificate) === true) {
                    report("has both a certificate and cloudfrontDefaultCertificate true.");
                }
            },
        );
    },
});
