import { nowText } from "../shared/clock";
import { isConditionFailure, tables } from "../shared/dynamo";
import { required } from "../shared/environment";
import { paymentKey } from "../orders/order";
import { PaymentDeclined, PaymentRefused } from "./errors";
import { type Provider, type ProviderCall } from "./provider";

/** What the workflow asks. */
export type PaymentStep =
    | { operation: "authorize"; orderId: string; currency: string; totalMinor: number }
    | { operation: "capture" | "void" | "refund"; orderId: string };

/**
 * `PENDING` is written before the provider is first asked: whatever becomes of its answer, somebody knows that there may be
 * money held.
 */
export type PaymentStatus = "PENDING" | "AUTHORIZED" | "DECLINED" | "CAPTURED" | "VOIDED" | "REFUNDED";

/** What became of it. */
export interface PaymentAnswer {
    /** The provider's id; empty where there is none. */
    paymentId: string;
    status: PaymentStatus;
}

/** A payment, as the table has it. */
interface Payment {
    pk: string;
    paymentId: string;
    status: PaymentStatus;
    currency?: string;
    totalMinor?: number;
    updatedAt: string;
}

const table = (): string => required("PAYMENTS_TABLE");
const keyOf = (orderId: string): { pk: string } => ({ pk: `PAYMENT#${orderId}` });

/** The operations with a provider. Each finds out what has been done and does what is left. */
export function operations(provider: Provider): (asked: PaymentStep) => Promise<PaymentAnswer> {
    return (asked) => {
        switch (asked.operation) {
            case "authorize":
                return authorize(provider, asked);
            case "capture":
                return capture(provider, asked.orderId);
            case "void":
            case "refund":
                return giveBack(provider, asked.orderId);
        }
    };
}

async function read(pk: string): Promise<Payment | undefined> {
    const { Item } = await tables().get({ TableName: table(), Key: { pk }, ConsistentRead: true });
    return Item as Payment | undefined;
}

/** Writes a payment where there is none. Returns the one that is there. */
async function begin(payment: Payment): Promise<Payment> {
    try {
        await tables().put({
            TableName: table(),
            Item: payment,
            ConditionExpression: "attribute_not_exists(pk)",
        });
        return payment;
    } catch (error) {
        const known = isConditionFailure(error) ? await read(payment.pk) : undefined;
        if (known === undefined) {
            throw error;
        }
        return known;
    }
}

async function authorize(
    provider: Provider,
    { orderId, currency, totalMinor }: Extract<PaymentStep, { operation: "authorize" }>,
): Promise<PaymentAnswer> {
    const paymentToken = await tokenOf(orderId);
    const payment = await begin({
        ...keyOf(orderId),
        paymentId: "",
        status: "PENDING",
        currency,
        totalMinor,
        updatedAt: nowText(),
    });
    switch (payment.status) {
        case "PENDING":
            break;
        case "DECLINED":
            throw new PaymentDeclined("declined before");
        case "VOIDED":
        case "REFUNDED":
            throw new PaymentRefused(`the payment is ${payment.status}`);
        default:
            return answerOf(payment);
    }
    try {
        const { id } = await provider({
            path: "/authorizations",
            body: { reference: orderId, amountMinor: totalMinor, currency, paymentToken },
            idempotencyKey: `${orderId}-authorize`,
        });
        return await become(payment, "AUTHORIZED", id);
    } catch (error) {
        if (error instanceof PaymentDeclined) {
            await become(payment, "DECLINED");
        }
        throw error;
    }
}

async function tokenOf(orderId: string): Promise<string> {
    const { Item } = await tables().get({
        TableName: required("ORDERS_TABLE"),
        Key: paymentKey(orderId),
        ConsistentRead: true,
    });
    const paymentToken: unknown = Item?.["paymentToken"];
    if (typeof paymentToken !== "string") {
        throw new PaymentRefused("the order has no payment token");
    }
    return paymentToken;
}

async function capture(provider: Provider, orderId: string): Promise<PaymentAnswer> {
    const payment = await read(keyOf(orderId).pk);
    if (payment?.status === "CAPTURED") {
        return answerOf(payment);
    }
    if (payment?.status !== "AUTHORIZED") {
        throw new PaymentRefused(`the payment is ${payment?.status ?? "not there"}`);
    }
    await provider(actionOn(orderId, payment, "capture"));
    return become(payment, "CAPTURED");
}

/** Gives back what was taken, or lets go of what was held: which of them, the payment's status says and not who asks. */
async function giveBack(provider: Provider, orderId: string): Promise<PaymentAnswer> {
    // Where there is none there can be none from now on: a late attempt to authorize finds this.
    const payment = await begin({ ...keyOf(orderId), paymentId: "", status: "VOIDED", updatedAt: nowText() });
    switch (payment.status) {
        case "PENDING":
            // The provider's answer was lost, and with it the id. It knows our reference.
            await provider({
                path: `/references/${encodeURIComponent(orderId)}/void`,
                body: {},
                idempotencyKey: `${orderId}-void-reference`,
            });
            return become(payment, "VOIDED");
        case "AUTHORIZED":
            await provider(actionOn(orderId, payment, "void"));
            return become(payment, "VOIDED");
        case "CAPTURED":
            await provider(actionOn(orderId, payment, "refund"));
            return become(payment, "REFUNDED");
        default:
            return answerOf(payment);
    }
}

function actionOn(orderId: string, payment: Payment, action: "capture" | "void" | "refund"): ProviderCall {
    return {
        path: `/authorizations/${encodeURIComponent(payment.paymentId)}/${action}`,
        body: { amountMinor: payment.totalMinor, currency: payment.currency },
        idempotencyKey: `${orderId}-${action}`,
    };
}

/**
 * Writes what has become of a payment.
 *
 * @throws PaymentRefused where somebody else has brought it somewhere else.
 */
async function become(
    payment: Payment,
    status: PaymentStatus,
    paymentId = payment.paymentId,
): Promise<PaymentAnswer> {
    try {
        await tables().update({
            TableName: table(),
            Key: { pk: payment.pk },
            UpdateExpression: "SET #status = :status, paymentId = :paymentId, updatedAt = :now",
            ConditionExpression: "#status = :before",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
                ":status": status,
                ":paymentId": paymentId,
                ":before": payment.status,
                ":now": nowText(),
            },
        });
        return { paymentId, status };
    } catch (error) {
        const now = isConditionFailure(error) ? await read(payment.pk) : undefined;
        if (now === undefined) {
            throw error;
        }
        if (now.status !== status) {
            throw new PaymentRefused(`the payment has become ${now.status}`);
        }
        return answerOf(now);
    }
}

function answerOf({ paymentId, status }: Payment): PaymentAnswer {
    return { paymentId, status };
}
