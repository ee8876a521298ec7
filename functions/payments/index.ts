/**
 * The workflow's steps with money. Each may be made more than once: what has been done is remembered, and the provider is given a key
 * with each call that it knows repetitions by.
 *
 * Environment: `PAYMENTS_TABLE`, `IDEMPOTENCY_TABLE` (Powertools' layout), `ORDERS_TABLE` with the customers' payment tokens,
 * `PAYMENT_PROVIDER_URL` (https), `PAYMENT_PROVIDER_SECRET_ARN` (the API key, or JSON with `apiKey`), `PAYMENT_TIMEOUT_MS` (3000) for
 * one attempt, `PAYMENT_CIRCUIT_FAILURES` (5) within a minute after which the provider is left alone for `PAYMENT_CIRCUIT_OPEN_MS`
 * (30000).
 *
 * Errors by name: `PaymentDeclined`; `PaymentRefused`, where the provider takes a call for wrong; `PaymentProviderUnavailable`, to be
 * tried again; `InvalidStep`.
 */
import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import type { Context } from "aws-lambda";
import * as v from "valibot";

import { database } from "../shared/dynamo";
import { required } from "../shared/environment";
import { ID_PATTERN } from "../shared/ids";
import { observation } from "../shared/observation";
import { step } from "../shared/steps";
import { CURRENCY, whole } from "../shared/validation";
import { circuitOf } from "./circuit";
import { PaymentProviderUnavailable } from "./errors";
import { operations, type PaymentAnswer, type PaymentStep } from "./operations";
import { providerOf } from "./provider";

const ORDER_ID = v.pipe(v.string(), v.regex(ID_PATTERN));

const STEP = v.variant("operation", [
    v.object({
        operation: v.literal("authorize"),
        orderId: ORDER_ID,
        currency: CURRENCY,
        totalMinor: whole(0, Number.MAX_SAFE_INTEGER),
    }),
    v.object({ operation: v.picklist(["capture", "void", "refund"]), orderId: ORDER_ID }),
]);

const observed = observation("payments");
const run = operations(providerOf(circuitOf(observed), observed));

const config = new IdempotencyConfig({ expiresAfterSeconds: 86_400 });

const once = makeIdempotent((asked: PaymentStep): Promise<PaymentAnswer> => run(asked), {
    persistenceStore: new DynamoDBPersistenceLayer({
        tableName: required("IDEMPOTENCY_TABLE"),
        awsSdkV3Client: database(),
    }),
    config,
    keyPrefix: "payments",
});

/** Two workers on one step at the same time: the second comes back when the first has done it. */
const PASSING = new Set(["IdempotencyAlreadyInProgressError", "IdempotencyInconsistentStateError"]);

/** Lambda's entry. */
export function handler(event: unknown, context: Context): Promise<PaymentAnswer> {
    config.registerLambdaContext(context);
    return step(observed, STEP, event, context, async (asked) => {
        try {
            return await once(asked);
        } catch (error) {
            throw causeOf(error);
        }
    });
}

function causeOf(error: unknown): unknown {
    if (error instanceof Error && PASSING.has(error.name)) {
        return new PaymentProviderUnavailable("the same step is being made");
    }
    return error;
}
