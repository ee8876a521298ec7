import { type ServerlessFunction, type ServerlessFunctionArgs } from "../../components/compute";
import { lambdaCode, type RegionalFoundation } from "../../components/operations";
import { textLike } from "../../components/shared/argumentRules";
import { type Needs } from "./needs";
import { type Settings } from "./settings";

/** The rule of the layer that traces functions; left out where nobody traces them. */
export function tracingLayer() {
    return textLike(/^arn:aws:lambda:[^:]+:\d{12}:layer:[^:]+:\d+$/, "the ARN of a layer's version");
}

/**
 * What all functions of a system have in common.
 *
 * @param name Its folder under functions/.
 */
export function functionShape(
    settings: Settings & { tracingLayerArn?: string },
    { alarmTopicArn, kmsKeyArn }: RegionalFoundation,
    name: string,
    { environment, permissions }: Needs,
): Omit<ServerlessFunctionArgs, "description"> & { readonly environment: Needs["environment"] } {
    const { region, accountId, logRetentionDays, tracingLayerArn } = settings;
    return {
        region,
        accountId,
        code: lambdaCode(name),
        memorySize: 1024,
        environment: { ...environment, POWERTOOLS_SERVICE_NAME: name },
        permissions,
        ...(tracingLayerArn === undefined
            ? {}
            : { tracing: { layerArn: tracingLayerArn, serviceName: name } }),
        kmsKeyArn,
        logRetentionDays,
        alarmTopicArns: [alarmTopicArn],
        tags: { "data-classification": "confidential" },
    };
}

/** What a deployment of a function's new version is started with. */
export function deploymentOf(made: ServerlessFunction) {
    return {
        functionName: made.functionName,
        latestVersion: made.latestVersion,
        applicationName: made.deploymentApplicationName,
        groupName: made.deploymentGroupName,
    };
}
