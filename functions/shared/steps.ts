import type { Context } from "aws-lambda";
import * as v from "valibot";

import { errorForLog, type Observation } from "./observation";
import { wrongParts } from "./validation";

/** A step that the workflow asks for in a way that no attempt can help. */
export class InvalidStep extends Error {
    override readonly name = "InvalidStep";
}

/** Works on a step of a workflow, which tells errors by their name. */
export async function step<S extends v.GenericSchema, T>(
    observed: Observation,
    schema: S,
    event: unknown,
    context: Context,
    work: (asked: v.InferOutput<S>) => Promise<T>,
): Promise<T> {
    const { logger, count, metrics } = observed;
    logger.addContext(context);
    try {
        const asked = v.safeParse(schema, event);
        if (!asked.success) {
            throw new InvalidStep(`wrong or missing: ${wrongParts(asked.issues)}`);
        }
        return await work(asked.output);
    } catch (error) {
        count("FailedSteps");
        logger.warn("a step failed", { error: errorForLog(error) });
        throw error;
    } finally {
        count("Steps");
        metrics.publishStoredMetrics();
    }
}
