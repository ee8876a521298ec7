/**
 * TLS 1.3 and 1.2 with forward secrecy and authenticated ciphers alone, and hybrid post-quantum key exchange for
 * clients that know it. CloudFront and Route 53's health checkers, which need 1.2, are among the clients.
 * Source: User Guides for Application and Network Load Balancers, "Security policies".
 */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** How both balancers ask whether an instance can serve; the path is the caller's. */
export const HEALTH_CHECK = {
    enabled: true,
    protocol: "HTTPS",
    port: "traffic-port",
    matcher: "200",
    // Out after 30 seconds of failing, back after 20 of answering.
    interval: 10,
    timeout: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
};
