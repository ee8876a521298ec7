import { flag, object, resourceRule, text } from "../../framework";
import { TARGET_GROUP_TYPES } from "../shared/balancers";
import { judge, shown } from "../shared/judging";

interface Config {
    readonly protocols: readonly string[];
    readonly healthCheckProtocols: readonly string[];
}

const NAMES = { type: "array", items: { type: "string" } } as const;

export const rule = resourceRule<Config>({
    id: "elb-target-group-tls",
    severity: "medium",
    level: "advisory",
    description: "Load balancers talk to their targets, and ask after their health, over TLS.",
    fix: 'Set protocol to "HTTPS" or "TLS" and healthCheck.protocol to "HTTPS", and end TLS on the targets.',
    frameworks: {
        controls: ["22"],
        securityHub: ["ELB.21", "ELB.22"],
        checkov: ["CKV_AWS_378", "CKV_AWS_261"],
    },
    types: TARGET_GROUP_TYPES,
    config: {
        protocols: {
            ...NAMES,
            default: ["HTTPS", "TLS", "QUIC"],
            description: "Encrypted protocols of target groups.",
        },
        healthCheckProtocols: {
            ...NAMES,
            default: ["HTTPS"],
            description: "Encrypted protocols of health checks.",
        },
    },
    check: ({ props }, report, config) => {
        // A function is called, not connected to; what a gateway load balancer wraps is not its own.
        if (text(props.targetType) === "lambda" || text(props.protocol) === "GENEVE") {
            return;
        }
        judge(
            () => {
                const protocol = text(props.protocol);
                // To an application load balancer AWS lets TCP alone through, and that one ends TLS.
                const isHandedOn = protocol === "TCP" && text(props.targetType) === "alb";
                if (!isHandedOn && !config.protocols.includes(protocol ?? "")) {
                    report(`has protocol ${shown(protocol)}.`);
                }
            },
            () => {
                const check = object(props.healthCheck);
                // The provider's default is HTTP.
                const protocol = text(check.protocol) ?? "HTTP";
                if (flag(check.enabled) !== false && !config.healthCheckProtocols.includes(protocol)) {
                    report(`has healthCheck.protocol ${protocol}.`);
                }
            },
        );
    },
});
