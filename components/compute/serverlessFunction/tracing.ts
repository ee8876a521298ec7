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

/**
 * The variables by which a function's traces find their way.
 *
 * @param ownName What the function is called in them where the arguments do not say. Left out, it is not said.
 */
export function tracingSettings(args: Given, ownName?: string): Record<string, pulumi.Input<string>> {
    if (!isGiven(args.tracing)) {
        return {};
    }
    const { layerArn, otlpEndpoint, serviceName } = objectOf(args.tracing);
    const service = isGiven(serviceName) ? textOf(serviceName) : ownName;
    const { OTEL_SERVICE_NAME, ...exporter } = tracingVariables(service ?? "");
    return {
        ...(service === undefined ? {} : { OTEL_SERVICE_NAME }),
        ...(isGiven(layerArn)
            ? LAYER_VARIABLES
            : { ...exporter, OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint as pulumi.Input<string> }),
    };
}

/** Their names. */
export function tracingNames(args: Given): readonly string[] {
    return Object.keys(tracingSettings(args, ""));
}
