import type * as pulumi from "@pulumi/pulumi";

import { isGiven, objectOf, textOf } from "../../shared/argumentRules";
import { type Given } from "../../shared/argumentTable";
import { tracingVariables } from "../tracing";

/** What is told of tracing to a function with the layer. Source: AWS Distro for OpenTelemetry, "Lambda layers". */
const LAYER_VARIABLES = {
    AWS_LAMBDA_EXEC_WRAPPER: "/opt/otel-instrument",
    // Metrics of calls, which would need more permissions, beside those that Lambda itself has.
    OTEL_AWS_APPLICATION_SIGNALS_ENABLED: "false",
};

/** The variables by which a function's traces find their way. */
export function tracingSettings(args: Given): Record<string, pulumi.Input<string>> {
    if (!isGiven(args.tracing)) {
        return {};
    }
    const { layerArn, otlpEndpoint, serviceName } = objectOf(args.tracing);
    const { OTEL_SERVICE_NAME, ...exporter } = tracingVariables(textOf(serviceName));
    return {
        ...(isGiven(serviceName) ? { OTEL_SERVICE_NAME: textOf(OTEL_SERVICE_NAME) } : {}),
        ...(isGiven(layerArn)
            ? LAYER_VARIABLES
            : { ...exporter, OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint as pulumi.Input<string> }),
    };
}

/** Their names. */
export function tracingNames(args: Given): readonly string[] {
    return isGiven(args.tracing) ? ["OTEL_SERVICE_NAME", ...Object.keys(tracingSettings(args))] : [];
}
