import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

import { optional } from "./environment";

/** What a function tells of itself. Neither log nor metrics may hold anything about a person: no ids of users, no contents. */
export interface Observation {
    logger: Logger;
    metrics: Metrics;
    /** Counts one. */
    count: (name: string, by?: number) => void;
}

/** Log and metrics of a function, under the name that its environment gives it. */
export function observation(name: string): Observation {
    const serviceName = optional("POWERTOOLS_SERVICE_NAME") ?? name;
    const metrics = new Metrics({
        namespace: optional("POWERTOOLS_METRICS_NAMESPACE") ?? "Meridian",
        serviceName,
    });
    return {
        logger: new Logger({ serviceName }),
        metrics,
        count: (metric, by = 1) => {
            metrics.addMetric(metric, MetricUnit.Count, by);
        },
    };
}

/** An error as logs may have it: SDK errors carry the request's parts in other properties, which stay out. */
export function errorForLog(error: unknown): Record<string, unknown> {
    if (!(error instanceof Error)) {
        return { name: "unknown", message: String(error) };
    }
    const { requestId } = (error as { $metadata?: { requestId?: string } }).$metadata ?? {};
    return { name: error.name, message: error.message, stack: error.stack, ...(requestId && { requestId }) };
}
