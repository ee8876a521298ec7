import {
    invokeFunction,
    expression,
    TASK_TOKEN,
    type Values,
    workflowDefinition,
    type WorkflowRetry,
    type WorkflowTask,
} from "../../components/messaging";

/** What stands in the definition of the order's workflow for the functions that it calls. */
export enum OrderFunction {
    /** `functions/payments`. */
    Payments = "PaymentsFunction",
    /** `functions/order-steps`. */
    OrderSteps = "OrderStepsFunction",
    /** `functions/shipping`. */
    Shipping = "ShippingFunction",
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** The order, as whoever started the run named it. */
const ORDER = { orderId: expression("$states.context.Execution.Input.orderId") };

/** What the customer owes. */
const AMOUNT = {
    currency: expression("$states.context.Execution.Input.currency"),
    totalMinor: expression("$states.context.Execution.Input.totalMinor"),
};

/** A compensation is tried for more than a day: until it is done, money or goods are where they do not belong. */
const UNTIL_DONE: WorkflowRetry = {
    ErrorEquals: ["States.ALL"],
    IntervalSeconds: 30,
    MaxAttempts: 30,
    BackoffRate: 2,
    MaxDelaySeconds: 60 * MINUTE,
    JitterStrategy: "FULL",
};

function step(called: OrderFunction, payload: Values, options: Parameters<typeof invokeFunction>[2] = {}) {
    return invokeFunction(
        `\${${called}}`,
        { ...ORDER, ...payload },
        { timeoutSeconds: 2 * MINUTE, ...options },
    );
}

/** A step that, when it fails, has what was done so far undone, from another step on. */
function orElse(
    next: string,
    called: OrderFunction,
    payload: Values,
    options: Parameters<typeof invokeFunction>[2] = {},
): WorkflowTask {
    return step(called, payload, {
        ...options,
        catch: [
            {
                ErrorEquals: ["States.ALL"],
                Next: next,
                Assign: { reason: expression("$states.errorOutput.Error") },
            },
        ],
    });
}

const undo = (called: OrderFunction, payload: Values): WorkflowTask =>
    step(called, payload, { retry: [UNTIL_DONE] });

/**
 * From an order to what is shipped: payment is authorised, the shipment asked for and waited for, payment captured. Whatever
 * fails is compensated backwards, from there to the cancelled order; a run that ends so has failed, and says why.
 *
 * The input is what `functions/order-intake` starts it with: `orderId`, `customerId`, `currency`, `totalMinor`.
 */
export const ORDER_WORKFLOW = workflowDefinition({
    Comment: "Payment and shipment of one order",
    // Longer than the carrier may take, and compensations after it.
    TimeoutSeconds: 7 * DAY,
    StartAt: "AuthorizePayment",
    States: {
        AuthorizePayment: {
            ...orElse(
                "VoidPayment",
                OrderFunction.Payments,
                { operation: "authorize", ...AMOUNT },
                {
                    retry: [
                        {
                            ErrorEquals: ["PaymentProviderUnavailable"],
                            IntervalSeconds: 5,
                            MaxAttempts: 6,
                            BackoffRate: 2,
                            MaxDelaySeconds: 5 * MINUTE,
                            JitterStrategy: "FULL",
                        },
                    ],
                    assign: { paymentId: expression("$states.result.Payload.paymentId") },
                },
            ),
            Next: "MarkPaid",
        },
        MarkPaid: {
            ...orElse("VoidPayment", OrderFunction.OrderSteps, {
                action: "pay",
                paymentId: expression("$paymentId"),
            }),
            Next: "StartShipment",
        },
        StartShipment: {
            ...orElse(
                "CancelShipment",
                OrderFunction.Shipping,
                { operation: "start", taskToken: TASK_TOKEN },
                {
                    waitForTaskToken: true,
                    timeoutSeconds: 3 * DAY,
                    assign: { trackingNumber: expression("$states.result.trackingNumber") },
                },
            ),
            Next: "CapturePayment",
        },
        CapturePayment: {
            ...orElse(
                "CancelShipment",
                OrderFunction.Payments,
                { operation: "capture" },
                {
                    retry: [
                        {
                            ErrorEquals: ["PaymentProviderUnavailable"],
                            IntervalSeconds: 30,
                            MaxAttempts: 10,
                            BackoffRate: 2,
                            MaxDelaySeconds: 60 * MINUTE,
                            JitterStrategy: "FULL",
                        },
                    ],
                },
            ),
            Next: "MarkShipped",
        },
        MarkShipped: {
            // Paid and on its way: nothing is taken back for a mark that is missing. A run that fails here is redriven.
            ...step(
                OrderFunction.OrderSteps,
                { action: "ship", trackingNumber: expression("$trackingNumber") },
                { retry: [UNTIL_DONE] },
            ),
            End: true,
        },
        CancelShipment: {
            ...undo(OrderFunction.Shipping, { operation: "cancel" }),
            Next: "VoidPayment",
        },
        VoidPayment: {
            ...undo(OrderFunction.Payments, { operation: "void" }),
            Next: "CancelOrder",
        },
        CancelOrder: {
            ...undo(OrderFunction.OrderSteps, { action: "cancel", reason: expression("$reason") }),
            Next: "OrderCancelled",
        },
        OrderCancelled: {
            Type: "Fail",
            Error: "OrderCancelled",
            Cause: expression("'The order was cancelled, and what was done for it undone: ' & $reason"),
        },
    },
});
