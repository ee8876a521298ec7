import { limitsRule } from "../shared/tables";
import { FUNCTION } from "../shared/types";

export const rule = limitsRule({
    id: "lambda-limits",
    description: "Settings of functions and event sources are among the values that Lambda takes.",
    controls: ["F13.10", "F13.13"],
    table: {
        [FUNCTION]: {
            // Such functions run longer, and with more memory.
            unless: "capacityProviderConfig",
            ranges: {
                timeout: { min: 1, max: 900 },
                memorySize: { min: 128, max: 10240 },
                "ephemeralStorage.size": { min: 512, max: 10240 },
                reservedConcurrentExecutions: { min: 0, max: Infinity, also: [-1] },
            },
            choices: {
                "architectures[]": ["arm64", "x86_64"],
                packageType: ["Zip", "Image"],
                "tracingConfig.mode": ["Active", "PassThrough"],
                "loggingConfig.logFormat": ["JSON", "Text"],
            },
        },
        "aws:lambda/eventSourceMapping:EventSourceMapping": {
            ranges: {
                batchSize: { min: 1, max: 10000 },
                maximumBatchingWindowInSeconds: { min: 0, max: 300 },
                parallelizationFactor: { min: 1, max: 10 },
            },
            choices: { startingPosition: ["LATEST", "TRIM_HORIZON", "AT_TIMESTAMP"] },
        },
    },
});
