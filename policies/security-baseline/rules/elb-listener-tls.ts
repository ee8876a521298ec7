import { resourceRule } from "../../framework";
import { LISTENER_TYPES, listenerProtocol } from "../shared/balancers";

interface Config {
    readonly protocols: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "elb-listener-tls",
    severity: "high",
    description: "Listeners of load balancers end TLS.",
    fix: 'Set protocol to "HTTPS", or to "TLS" on a network load balancer, and give a certificate.',
    frameworks: { controls: ["14"], securityHub: ["ELB.18"], checkov: ["CKV_AWS_2"] },
    types: LISTENER_TYPES,
    config: {
        protocols: {
            type: "array",
            items: { type: "string" },
            default: ["HTTPS", "TLS", "QUIC"],
            description: "The protocols that are encrypted.",
        },
    },
    check: ({ props }, report, { protocols }) => {
        const protocol = listenerProtocol(props);
        // HTTP may redirect, which elb-http-redirect judges; gateway load balancers have no protocol to choose.
        if (protocol === "HTTP" || protocol === "GENEVE") {
            return;
        }
        if (!protocols.includes(protocol)) {
            report(`listens for protocol ${protocol}.`);
        }
    },
});
