import { type Accepted, type Mutant } from "../../support/policies/mutation";
import { setting, unsetting } from "./settings";

const certificate = { type: "aws:acm/certificate:Certificate", name: "shop-web-certificate-certificate" };

export const mutants: readonly Mutant[] = [
    setting(certificate, "acm-certificate-strength", "a weak key", "keyAlgorithm", "RSA_1024", {
        message: 'keyAlgorithm is "RSA_1024"',
    }),
    setting(certificate, "acm-certificate-strength", "any host", "domainName", "*.example.com", {
        message: 'it names "*.example.com"',
    }),
    setting(certificate, "acm-certificate-strength", "any host besides", "subjectAlternativeNames", [
        "shop.example.com",
        "*.shop.example.com",
    ]),
];

export const accepted: readonly Accepted[] = [
    setting(certificate, "acm-certificate-strength", "an elliptic curve", "keyAlgorithm", "EC_prime256v1"),
    unsetting(certificate, "acm-certificate-strength", "ACM's own choice", "keyAlgorithm"),
    {
        ...setting(
            certificate,
            "acm-certificate-strength",
            "any host where that will do",
            "domainName",
            "*.example.com",
        ),
        config: { wildcards: true },
    },
];
