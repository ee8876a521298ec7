/** Which ports the whole internet may reach. */
import { hasPorts, HIGH_RISK_PORTS, portsWithin, type Traffic } from "./ports";

/** What the rules on ports that are open to the world are configured with. */
export interface WorldPortsConfig {
    readonly authorizedTcpPorts: readonly number[];
    readonly authorizedUdpPorts: readonly number[];
    readonly highRiskPorts: readonly number[];
}

const PORTS = { type: "array", items: { type: "integer", minimum: 0, maximum: 65535 } } as const;

/** The configuration properties of those rules. */
export const worldPortsConfig = {
    authorizedTcpPorts: {
        ...PORTS,
        default: [80, 443],
        description: "TCP ports that anybody may reach.",
    },
    authorizedUdpPorts: { ...PORTS, default: [], description: "UDP ports that anybody may reach." },
    highRiskPorts: {
        ...PORTS,
        default: [...HIGH_RISK_PORTS],
        description: "Ports that nobody may open to the internet, authorised or not.",
    },
} as const;

/** What is wrong with opening this to the internet, if anything is. */
export function problemWith(traffic: Traffic, config: WorldPortsConfig): string | undefined {
    if (!hasPorts(traffic)) {
        return undefined;
    }
    const risky = portsWithin(traffic, config.highRiskPorts);
    if (traffic.protocol === "all" || risky.length > 3) {
        return "high-risk ports among them";
    }
    if (risky.length > 0) {
        return `with the high-risk port ${risky.join(" and ")}`;
    }
    const authorized = traffic.protocol === "tcp" ? config.authorizedTcpPorts : config.authorizedUdpPorts;
    const open = traffic.to - traffic.from + 1;
    return portsWithin(traffic, [...new Set(authorized)]).length === open
        ? undefined
        : `and authorised is ${authorized.length === 0 ? `no ${traffic.protocol} port` : authorized.join(" and ")} alone`;
}
