/**
 * The figures that the model multiplies. Prices are list prices in US dollars without tax, of us-east-1 and of CloudFront's
 * "United States, Mexico, Canada", each with the day that its source says; look them up again before a decision.
 */

/** A price that falls with what is used in a month. */
export interface Tier {
    /** Where it ends, in the price's own unit; none for the last. */
    readonly to?: number;
    readonly usd: number;
}

/** A price and where it comes from. */
export interface Price {
    readonly unit: string;
    readonly tiers: readonly Tier[];
    readonly source: string;
    readonly date: string;
}

const GB_OUT = "Amazon EC2 pricing, data transfer out to the internet";
const CLOUDFRONT = "Amazon CloudFront pricing, on-demand";

export const PRICES = {
    /** From an instance or a balancer to devices. */
    dataOut: {
        unit: "GB",
        tiers: [
            { to: 100, usd: 0 },
            { to: 10_240, usd: 0.09 },
            { to: 51_200, usd: 0.085 },
            { to: 153_600, usd: 0.07 },
            { usd: 0.05 },
        ],
        source: GB_OUT,
        date: "2026-09-23",
    },
    /** From CloudFront to devices. To CloudFront from AWS's own origins it is free. */
    edgeDataOut: {
        unit: "GB",
        tiers: [
            { to: 10_240, usd: 0.085 },
            { to: 51_200, usd: 0.08 },
            { to: 153_600, usd: 0.06 },
            { to: 512_000, usd: 0.04 },
            { to: 1_048_576, usd: 0.03 },
            { to: 5_242_880, usd: 0.025 },
            { usd: 0.02 },
        ],
        source: CLOUDFRONT,
        date: "2024-07-01",
    },
    edgeRequests: {
        unit: "10,000 HTTPS requests",
        tiers: [{ usd: 0.01 }],
        source: CLOUDFRONT,
        date: "2026-03-26",
    },
    edgeFunction: {
        unit: "1 million runs",
        tiers: [{ usd: 0.1 }],
        source: `${CLOUDFRONT}, CloudFront Functions`,
        date: "2026-10",
    },
    firewallRequests: {
        unit: "1 million requests",
        tiers: [{ usd: 0.6 }],
        source: "AWS WAF pricing",
        date: "2026-09-24",
    },
    balancerCapacity: {
        unit: "LCU-hour",
        tiers: [{ usd: 0.008 }],
        source: "Elastic Load Balancing pricing, Application Load Balancer",
        date: "2026-10",
    },
    instance: {
        unit: "hour",
        tiers: [{ usd: 0.0168 }],
        source: "Amazon EC2 pricing, t4g.small, Linux, on demand",
        date: "2026-07-20",
    },
    bucketReads: {
        unit: "1,000 GET requests",
        tiers: [{ usd: 0.0004 }],
        source: "Amazon S3 pricing, Standard",
        date: "2026-10",
    },
} as const satisfies Readonly<Record<string, Price>>;

/**
 * What one capacity unit of an Application Load Balancer takes; the one that is used most is billed.
 * Source: Elastic Load Balancing pricing, "LCU details".
 */
export const LCU = { newConnectionsPerSecond: 25, gigabytesPerHour: 1 } as const;

/**
 * An instance of the group. Sources: Amazon EC2 User Guide, "General purpose instances: network bandwidth" (what it may send
 * all the time; for minutes it may send more), and "Key concepts for burstable performance instances" (the share of each
 * vCPU that it may use all the time).
 */
export const INSTANCE = { type: "t4g.small", vcpus: 2, baselineShare: 0.2, baselineGigabits: 0.128 } as const;

/**
 * What a request costs the server that answers it, in processor time: as `measure.ts` prints it, of a Node.js 20 server that
 * sends files over TLS 1.3, on one core of an AMD EPYC. Another server may need half of it or twice as much; measure yours.
 */
export const PROCESSOR = { millisecondsPerRequest: 0.03, millisecondsPerMegabyte: 1.2 };
