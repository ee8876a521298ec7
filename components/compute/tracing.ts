/** What a role needs to send traces to X-Ray: actions that know no resources. */
export const TRACE_ACTIONS = [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
];

/** What a program with OpenTelemetry is told of a collector beside it, which takes traces by OTLP. */
export function tracingVariables(service: string): Record<string, string> {
    return {
        OTEL_SERVICE_NAME: service,
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        // The collector takes traces; metrics and logs go other ways.
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
    };
}
