import { resourceRule, text } from "../../framework";
import { matchesAny } from "../../framework/patterns";
import { LISTENER_TYPES, listenerProtocol } from "../shared/balancers";

interface Config {
    readonly policies: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "elb-tls-policy",
    severity: "high",
    description:
        "TLS listeners of load balancers refuse versions before TLS 1.2 and ciphers without forward secrecy.",
    fix: 'Set sslPolicy to "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", or another one that the configuration allows.',
    frameworks: {
        controls: ["15"],
        securityHub: ["ELB.17"],
        checkov: ["CKV_AWS_103", "CKV2_AWS_74"],
    },
    types: LISTENER_TYPES,
    config: {
        policies: {
            type: "array",
            items: { type: "string" },
            default: [
                "ELBSecurityPolicy-TLS13-1-3-*",
                "ELBSecurityPolicy-TLS13-1-2-2021-06",
                "ELBSecurityPolicy-TLS13-1-2-PQ-*",
                "ELBSecurityPolicy-TLS13-1-2-FIPS-*",
                "ELBSecurityPolicy-TLS13-1-2-Res-*",
                "ELBSecurityPolicy-FS-1-2-Res-*",
            ],
            description: "The security policies that are allowed; an entry may end in `*`.",
        },
    },
    check: ({ props }, report, { policies }) => {
        if (!["HTTPS", "TLS"].includes(listenerProtocol(props))) {
            return;
        }
        // Left out through the API, AWS takes its oldest policy, which still speaks TLS 1.0.
        const given = text(props.sslPolicy);
        const policy = given ?? "ELBSecurityPolicy-2016-08";
        if (!matchesAny(policies, policy)) {
            report(given === undefined ? `has no sslPolicy, and so ${policy}.` : `has sslPolicy ${policy}.`);
        }
    },
});
