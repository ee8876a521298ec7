import { type Limits, limitsRule } from "../shared/tables";

const stickiness = ["lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto"];

const targetGroup: Limits = {
    ranges: {
        deregistrationDelay: { min: 0, max: 3600 },
        slowStart: { min: 30, max: 900, also: [0] },
        port: { min: 1, max: 65535 },
        "healthCheck.interval": { min: 5, max: 300 },
        "healthCheck.timeout": { min: 2, max: 120 },
        "healthCheck.healthyThreshold": { min: 2, max: 10 },
        "healthCheck.unhealthyThreshold": { min: 2, max: 10 },
        "stickiness.cookieDuration": { min: 1, max: 604800 },
    },
    choices: {
        targetType: ["instance", "ip", "lambda", "alb"],
        protocol: ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"],
        protocolVersion: ["HTTP1", "HTTP2", "GRPC"],
        ipAddressType: ["ipv4", "ipv6"],
        loadBalancingAlgorithmType: ["round_robin", "least_outstanding_requests", "weighted_random"],
        loadBalancingAnomalyMitigation: ["on", "off"],
        loadBalancingCrossZoneEnabled: ["true", "false", "use_load_balancer_configuration"],
        "healthCheck.protocol": ["HTTP", "HTTPS", "TCP"],
        "stickiness.type": stickiness,
    },
};

const balancer: Limits = {
    ranges: {
        idleTimeout: { min: 1, max: 4000 },
        clientKeepAlive: { min: 60, max: 604800 },
    },
    choices: {
        loadBalancerType: ["application", "network", "gateway"],
        ipAddressType: ["ipv4", "dualstack", "dualstack-without-public-ipv4"],
        desyncMitigationMode: ["monitor", "defensive", "strictest"],
        xffHeaderProcessingMode: ["append", "preserve", "remove"],
        dnsRecordClientRoutingPolicy: [
            "any_availability_zone",
            "availability_zone_affinity",
            "partial_availability_zone_affinity",
        ],
    },
};

const actions = [
    ...["forward", "redirect", "fixed-response", "authenticate-cognito", "authenticate-oidc"],
    ...["jwt-validation"],
];

const listener: Limits = {
    ranges: { port: { min: 1, max: 65535 } },
    choices: {
        alpnPolicy: ["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"],
        "defaultActions[].type": actions,
        "defaultActions[].redirect.statusCode": ["HTTP_301", "HTTP_302"],
        "defaultActions[].fixedResponse.contentType": [
            ...["text/plain", "text/css", "text/html", "application/javascript", "application/json"],
        ],
    },
};

const listenerRule: Limits = {
    ranges: {},
    choices: {
        "actions[].type": actions,
        "actions[].redirect.statusCode": ["HTTP_301", "HTTP_302"],
        "actions[].jwtValidation.additionalClaims[].format": [
            ...["single-string", "string-array", "space-separated-values"],
        ],
        "transforms[].type": ["host-header-rewrite", "url-rewrite"],
    },
};

export const rule = limitsRule({
    id: "elb-limits",
    description:
        "Settings of load balancers, listeners and target groups are among the values that AWS takes, as AWS spells them.",
    controls: ["F6.9", "F6.10", "F6.17"],
    table: {
        "aws:lb/targetGroup:TargetGroup": targetGroup,
        "aws:alb/targetGroup:TargetGroup": targetGroup,
        "aws:lb/loadBalancer:LoadBalancer": balancer,
        "aws:alb/loadBalancer:LoadBalancer": balancer,
        "aws:lb/listener:Listener": listener,
        "aws:alb/listener:Listener": listener,
        "aws:lb/listenerRule:ListenerRule": listenerRule,
        "aws:alb/listenerRule:ListenerRule": listenerRule,
    },
});
