import type * as pulumi from "@pulumi/pulumi";

/** A balancer with the fleet behind it, by the names that their metrics carry. */
export interface DashboardFleet {
    /** The balancer's ARN from `app/` or `net/` on: the dimension LoadBalancer. */
    loadBalancerArnSuffix: pulumi.Input<string>;
    /** The target group's ARN from `targetgroup/` on: the dimension TargetGroup. */
    targetGroupArnSuffix: pulumi.Input<string>;
    /** The Auto Scaling group's name. */
    autoScalingGroupName: pulumi.Input<string>;
}

/** A database cluster, by the name that its metrics carry. */
export interface DashboardDatabase {
    /** The cluster's identifier. */
    clusterIdentifier: pulumi.Input<string>;
}

/** A distribution with its firewall, by the names that their metrics carry. */
export interface DashboardEdge {
    /** The distribution's id. */
    distributionId: pulumi.Input<string>;
    /** The metric name of the distribution's web ACL. */
    webAclMetricName: pulumi.Input<string>;
}

/** An API for events of clients with what answers it, by the names that their metrics carry. */
export interface DashboardEventsApi {
    /** The API's name. */
    apiName: pulumi.Input<string>;
    /** Name of its stage. */
    stageName: pulumi.Input<string>;
    /** Name of the function behind it. */
    functionName: pulumi.Input<string>;
}

/** What a region's dashboard shows. */
export interface DashboardSubject {
    /** Heading of the dashboard. */
    title: string;
    /** The region whose metrics are shown. Those of CloudFront are in us-east-1 wherever the dashboard is. */
    region: string;
    /** The tier with the ALB. */
    web: DashboardFleet;
    /** The metric name of the web ACL on the ALB. */
    webAclMetricName: pulumi.Input<string>;
    /** The tier with the NLB. */
    api: DashboardFleet;
    /** Left out where the region has no database. */
    database?: DashboardDatabase;
    /** Left out where the region has no distribution. */
    edge?: DashboardEdge;
    /** Left out where clients send no events. */
    eventsApi?: DashboardEventsApi;
    /** Rule that matches Spot interruptions. Left out where nobody counts them. */
    spotInterruptionRuleName?: pulumi.Input<string>;
}

/** A metric of a widget: namespace, name, dimensions in pairs and options; or an expression. */
export type DashboardMetric = (pulumi.Input<string> | Record<string, string>)[];

/** A widget before it has a place. */
export interface Chart {
    readonly title: string;
    readonly region: string;
    readonly period: number;
    readonly metrics: DashboardMetric[];
    /** Where the axis ends, for percentages. */
    readonly max?: number;
}

/** A heading with charts under it. */
export interface Section {
    readonly heading: string;
    readonly charts: Chart[];
}

/** The region in which CloudFront and its web ACLs publish. */
const EDGE_REGION = "us-east-1";

const MINUTE = 60;
const FIVE_MINUTES = 300;

/** What CloudFront serves, and what its firewall stops. */
export function edgeSection({ distributionId, webAclMetricName }: DashboardEdge): Section {
    const cloudFront = (metric: string, stat: string): DashboardMetric => [
        "AWS/CloudFront",
        metric,
        "Region",
        "Global",
        "DistributionId",
        distributionId,
        { stat },
    ];
    // A web ACL of CloudFront has no dimension Region.
    const firewall = (metric: string): DashboardMetric => [
        "AWS/WAFV2",
        metric,
        "WebACL",
        webAclMetricName,
        "Rule",
        "ALL",
        { stat: "Sum" },
    ];
    return {
        heading: "CloudFront",
        charts: [
            {
                title: "Viewers' requests",
                region: EDGE_REGION,
                period: MINUTE,
                metrics: [cloudFront("Requests", "Sum")],
            },
            {
                title: "Answers with an error (%)",
                region: EDGE_REGION,
                period: MINUTE,
                metrics: [cloudFront("4xxErrorRate", "Average"), cloudFront("5xxErrorRate", "Average")],
                max: 100,
            },
            {
                title: "Firewall at the edge",
                region: EDGE_REGION,
                period: MINUTE,
                metrics: [firewall("AllowedRequests"), firewall("BlockedRequests")],
            },
        ],
    };
}

/** What the ALB serves, and what its firewall stops. */
export function webSection(
    fleet: DashboardFleet,
    webAclMetricName: pulumi.Input<string>,
    region: string,
): Section {
    const balancer = (metric: string, stat: string, label = metric): DashboardMetric => [
        "AWS/ApplicationELB",
        metric,
        "LoadBalancer",
        fleet.loadBalancerArnSuffix,
        { stat, label },
    ];
    const firewall = (metric: string): DashboardMetric => [
        "AWS/WAFV2",
        metric,
        "WebACL",
        webAclMetricName,
        "Region",
        region,
        "Rule",
        "ALL",
        { stat: "Sum" },
    ];
    return {
        heading: "Web tier (ALB)",
        charts: [
            {
                title: "Requests and errors",
                region,
                period: MINUTE,
                metrics: [
                    balancer("RequestCount", "Sum"),
                    balancer("HTTPCode_Target_5XX_Count", "Sum"),
                    balancer("HTTPCode_ELB_5XX_Count", "Sum"),
                ],
            },
            {
                title: "Response time (s)",
                region,
                period: MINUTE,
                metrics: ["p50", "p90", "p99"].map((stat) => balancer("TargetResponseTime", stat, stat)),
            },
            hosts("AWS/ApplicationELB", fleet, region),
            {
                title: "Firewall on the balancer",
                region,
                period: MINUTE,
                metrics: [firewall("AllowedRequests"), firewall("BlockedRequests")],
            },
        ],
    };
}

/** What the NLB carries. */
export function apiSection(fleet: DashboardFleet, region: string): Section {
    const balancer = (metric: string, stat: string): DashboardMetric => [
        "AWS/NetworkELB",
        metric,
        "LoadBalancer",
        fleet.loadBalancerArnSuffix,
        { stat },
    ];
    return {
        heading: "API tier (NLB)",
        charts: [
            {
                title: "Connections",
                region,
                period: MINUTE,
                metrics: [balancer("NewFlowCount_TLS", "Sum"), balancer("ActiveFlowCount_TLS", "Average")],
            },
            {
                title: "Broken connections",
                region,
                period: MINUTE,
                metrics: [
                    balancer("ClientTLSNegotiationErrorCount", "Sum"),
                    balancer("TargetTLSNegotiationErrorCount", "Sum"),
                    balancer("TCP_Target_Reset_Count", "Sum"),
                ],
            },
            hosts("AWS/NetworkELB", fleet, region),
        ],
    };
}

/** What clients send by themselves, and whether it is taken. */
export function eventsSection(
    { apiName, stageName, functionName }: DashboardEventsApi,
    region: string,
): Section {
    const api = (metric: string, stat: string): DashboardMetric => [
        "AWS/ApiGateway",
        metric,
        "ApiName",
        apiName,
        "Stage",
        stageName,
        { stat },
    ];
    const collector = (metric: string, stat: string): DashboardMetric => [
        "AWS/Lambda",
        metric,
        "FunctionName",
        functionName,
        { stat },
    ];
    return {
        heading: "Events of clients (API Gateway, Lambda)",
        charts: [
            {
                title: "Requests and errors",
                region,
                period: MINUTE,
                metrics: ["Count", "4XXError", "5XXError"].map((metric) => api(metric, "Sum")),
            },
            {
                title: "Response time (ms)",
                region,
                period: MINUTE,
                metrics: [api("Latency", "p99"), api("IntegrationLatency", "p99")],
            },
            {
                title: "Calls of the function",
                region,
                period: MINUTE,
                metrics: ["Invocations", "Errors", "Throttles"].map((metric) => collector(metric, "Sum")),
            },
        ],
    };
}

function hosts(namespace: string, fleet: DashboardFleet, region: string): Chart {
    // The worst minute counts: averages hide a host that came back.
    const count = (metric: string, stat: string): DashboardMetric => [
        namespace,
        metric,
        "TargetGroup",
        fleet.targetGroupArnSuffix,
        "LoadBalancer",
        fleet.loadBalancerArnSuffix,
        { stat },
    ];
    return {
        title: "Hosts",
        region,
        period: MINUTE,
        metrics: [count("HealthyHostCount", "Minimum"), count("UnHealthyHostCount", "Maximum")],
    };
}

/** How many instances there are, how busy they are, and how many EC2 takes back. */
export function fleetSection(subject: DashboardSubject): Section {
    const fleets: [string, DashboardFleet][] = [
        ["web", subject.web],
        ["api", subject.api],
    ];
    const perFleet = (namespace: string, metric: string, stat: string): DashboardMetric[] =>
        fleets.map(([label, fleet]) => [
            namespace,
            metric,
            "AutoScalingGroupName",
            fleet.autoScalingGroupName,
            { stat, label },
        ]);
    const spot: Chart[] =
        subject.spotInterruptionRuleName === undefined
            ? []
            : [
                  {
                      title: "Spot interruptions",
                      region: subject.region,
                      period: FIVE_MINUTES,
                      metrics: [
                          [
                              "AWS/Events",
                              "MatchedEvents",
                              "RuleName",
                              subject.spotInterruptionRuleName,
                              { stat: "Sum", label: "interruptions" },
                          ],
                      ],
                  },
              ];
    return {
        heading: "Auto Scaling groups",
        charts: [
            {
                title: "Instances in service",
                region: subject.region,
                period: MINUTE,
                metrics: perFleet("AWS/AutoScaling", "GroupInServiceInstances", "Average"),
            },
            {
                title: "CPU (%)",
                region: subject.region,
                period: MINUTE,
                metrics: perFleet("AWS/EC2", "CPUUtilization", "Average"),
                max: 100,
            },
            ...spot,
        ],
    };
}

/** How full and how fast the database is, and how far behind. */
export function databaseSection({ clusterIdentifier }: DashboardDatabase, region: string): Section {
    const cluster = (metric: string, stat: string): DashboardMetric => [
        "AWS/RDS",
        metric,
        "DBClusterIdentifier",
        clusterIdentifier,
        { stat },
    ];
    return {
        heading: "Aurora",
        charts: [
            {
                title: "Capacity used (%)",
                region,
                period: MINUTE,
                metrics: [cluster("ACUUtilization", "Maximum"), cluster("CPUUtilization", "Maximum")],
                max: 100,
            },
            {
                title: "Connections",
                region,
                period: MINUTE,
                metrics: [cluster("DatabaseConnections", "Sum")],
            },
            {
                title: "Latency (s)",
                region,
                period: MINUTE,
                metrics: [cluster("ReadLatency", "Average"), cluster("WriteLatency", "Average")],
            },
            {
                title: "Lag behind the writer's region (ms)",
                region,
                period: MINUTE,
                metrics: [
                    [
                        // The lag carries the writer's region too, which changes with every switchover.
                        expression(
                            "AWS/RDS,DBClusterIdentifier,SourceRegion",
                            'MetricName="AuroraGlobalDBReplicationLag"',
                            "Maximum",
                            MINUTE,
                        ),
                    ],
                ],
            },
        ],
    };
}

/** What leaves through the NAT gateways, and what does not get through. */
export function networkSection(region: string): Section {
    const perGateway = (metric: string, stat: string): DashboardMetric => [
        // By search, so that gateways that are added show up.
        expression("AWS/NATGateway,NatGatewayId", `MetricName="${metric}"`, stat, FIVE_MINUTES),
    ];
    return {
        heading: "NAT gateways",
        charts: [
            {
                title: "Bytes out",
                region,
                period: FIVE_MINUTES,
                metrics: [perGateway("BytesOutToDestination", "Sum")],
            },
            {
                title: "Connections refused for want of ports",
                region,
                period: FIVE_MINUTES,
                metrics: [perGateway("ErrorPortAllocation", "Sum")],
            },
            {
                title: "Packets dropped",
                region,
                period: FIVE_MINUTES,
                metrics: [perGateway("PacketsDropCount", "Sum")],
            },
        ],
    };
}

function expression(schema: string, filter: string, stat: string, period: number): Record<string, string> {
    return { expression: `SEARCH('{${schema}} ${filter}', '${stat}', ${period})` };
}
