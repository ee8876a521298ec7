import { flag, object, type Props, resourceRule, text } from "../../framework";
import { DOMAIN_TYPES } from "../shared/domains";
import { judge, shown } from "../shared/judging";

interface Config {
    readonly policies: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "opensearch-tls",
    severity: "medium",
    description: "OpenSearch domains speak HTTPS alone, with TLS 1.2 or newer and forward secrecy.",
    fix: 'Set domainEndpointOptions with enforceHttps and tlsSecurityPolicy "Policy-Min-TLS-1-2-PFS-2023-10".',
    frameworks: {
        controls: ["152"],
        securityHub: ["Opensearch.8", "ES.8"],
        checkov: ["CKV_AWS_83", "CKV_AWS_228"],
    },
    types: DOMAIN_TYPES,
    config: {
        policies: {
            type: "array",
            items: { type: "string" },
            default: [
                "Policy-Min-TLS-1-2-PFS-2023-10",
                "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
                "Policy-Min-TLS-1-2-FIPS-PQ-2026-10",
            ],
            description: "The TLS policies that will do.",
        },
    },
    check: ({ props }, report, { policies }) => {
        const options = (): Props => object(props.domainEndpointOptions);
        judge(
            () => {
                // The provider's default is true where there are options, and AWS's is false where there are none.
                const { enforceHttps } = options();
                const enforced = flag(enforceHttps) ?? props.domainEndpointOptions !== undefined;
                if (!enforced) {
                    report(
                        `can be talked to in plain: domainEndpointOptions.enforceHttps is ${shown(enforceHttps)}.`,
                    );
                }
            },
            () => {
                // AWS's default lets TLS 1.0 in.
                const { tlsSecurityPolicy } = options();
                if (!policies.includes(text(tlsSecurityPolicy) ?? "")) {
                    report(
                        `may speak TLS that is old or without forward secrecy: domainEndpointOptions.tlsSecurityPolicy is ${shown(tlsSecurityPolicy)}.`,
                    );
                }
            },
        );
    },
});
