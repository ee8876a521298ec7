import { number, text } from "../../framework";

/** Ports of administration, file sharing, mail and databases, as AWS Security Hub lists them (EC2.19). */
export const HIGH_RISK_PORTS: readonly number[] = [
    20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
    8088, 8888, 9200, 9300,
];

/** What a rule of a security group or network ACL lets through. */
export interface Traffic {
    /** `tcp`, `udp`, `all`, or the name of a protocol without ports. */
    readonly protocol: string;
    readonly from: number;
    readonly to: number;
}

const LAST_PORT = 65535;

/** Reads the protocol and ports of a rule, whichever way it spells them. */
export function trafficOf(protocol: unknown, fromPort: unknown, toPort: unknown): Traffic {
    const name = String(text(protocol) ?? number(protocol) ?? "").toLowerCase();
    if (name === "-1" || name === "all") {
        return { protocol: "all", from: 0, to: LAST_PORT };
    }
    const known: Record<string, string> = { "6": "tcp", "17": "udp" };
    const from = number(fromPort) ?? 0;
    const to = number(toPort) ?? LAST_PORT;
    return { protocol: known[name] ?? name, from: Math.max(from, 0), to: from < 0 ? LAST_PORT : to };
}

/** Whether the protocol has ports: TCP, UDP, or all protocols at once. */
export function hasPorts({ protocol }: Traffic): boolean {
    return protocol === "tcp" || protocol === "udp" || protocol === "all";
}

/** Whether everything may pass: all protocols, or all ports of TCP or UDP. */
export function isEverything({ protocol, from, to }: Traffic): boolean {
    return protocol === "all" || (hasPorts({ protocol, from, to }) && from <= 1 && to >= LAST_PORT);
}

/** Those of the ports that the traffic includes. */
export function portsWithin({ from, to }: Traffic, ports: readonly number[]): readonly number[] {
    return ports.filter((port) => from <= port && port <= to);
}

/** The traffic in a message. */
export function trafficText({ protocol, from, to }: Traffic): string {
    if (protocol === "all") {
        return "all protocols";
    }
    return `${protocol} ${from === to ? String(from) : `${from} to ${to}`}`;
}
