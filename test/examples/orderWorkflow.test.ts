import { expect } from "chai";

import { WorkflowType } from "../../components";
import { definitionProblems } from "../../components/messaging/workflow/problems";
import { ORDER_WORKFLOW, OrderFunction } from "../../examples/shared/orderWorkflow";
import { aslValidatorErrors } from "../support/components/aslValidator";
import { execute, type Machine, problemsOf, WorkflowError } from "../support/components/stateMachine";

type Json = Record<string, unknown>;

const INPUT = { orderId: "o-1", customerId: "c-1", currency: "EUR", totalMinor: 4200 };

const NAMES: Readonly<Record<string, string>> = {
    [`\${${OrderFunction.Payments}}`]: "payments",
    [`\${${OrderFunction.OrderSteps}}`]: "order-steps",
    [`\${${OrderFunction.Shipping}}`]: "shipping",
};

/** One call of a function, in words, and what it was called with. */
interface Called {
    readonly what: string;
    readonly payload: Json;
}

const ANSWERS: Readonly<Record<string, unknown>> = {
    "payments authorize": { Payload: { paymentId: "p-1", status: "AUTHORIZED" } },
    "order-steps pay": { Payload: { orderId: "o-1", status: "PAID" } },
    "shipping start": { shipmentId: "s-1", trackingNumber: "t-1" },
    "payments capture": { Payload: { paymentId: "p-1", status: "CAPTURED" } },
    "order-steps ship": { Payload: { orderId: "o-1", status: "SHIPPED" } },
};

/** Runs the workflow against functions that fail as told, for ever or so many times. */
async function run(failures: Readonly<Record<string, { error: string; times?: number }>> = {}) {
    const calls: Called[] = [];
    const left = new Map(Object.entries(failures).map(([what, { times }]) => [what, times ?? Infinity]));
    let outcome: string;
    try {
        const call = (action: string, args: Json): unknown => {
            const payload = args["Payload"] as Json;
            const what = `${NAMES[String(args["FunctionName"])] ?? "?"} ${String(payload["operation"] ?? payload["action"])}`;
            calls.push({ what, payload });
            const waits = action === "lambda:invoke.waitForTaskToken";
            expect(waits, what).to.equal(what === "shipping start");
            if ((left.get(what) ?? 0) > 0) {
                left.set(what, (left.get(what) ?? 0) - 1);
                throw new WorkflowError(failures[what]?.error ?? "", what);
            }
            return ANSWERS[what] ?? { Payload: {} };
        };
        const wait = (): void => undefined;
        await execute(JSON.parse(ORDER_WORKFLOW) as Machine, { call, wait }, INPUT);
        outcome = "ended";
    } catch (error) {
        outcome = (error as Error).message;
    }
    return { calls, outcome, steps: calls.map(({ what }) => what) };
}

const WAY = [
    "payments authorize",
    "order-steps pay",
    "shipping start",
    "payments capture",
    "order-steps ship",
];
const UNDO = ["payments void", "order-steps cancel"];
const cancelled = (reason: string) =>
    `OrderCancelled: The order was cancelled, and what was done for it undone: ${reason}`;

describe("the workflow of an order", () => {
    it("is a definition that this project, another program and a run of it take", () => {
        const substitutions = Object.values(OrderFunction);
        expect(
            definitionProblems(ORDER_WORKFLOW, { workflowType: WorkflowType.Standard, substitutions }),
        ).to.deep.equal([]);
        expect(aslValidatorErrors(ORDER_WORKFLOW)).to.equal("");
        expect(problemsOf(JSON.parse(ORDER_WORKFLOW) as Machine)).to.deep.equal([]);
    });

    it("goes from payment to shipment, and hands each step what it needs", async () => {
        const { outcome, steps, calls } = await run();
        expect(outcome).to.equal("ended");
        expect(steps).to.deep.equal(WAY);
        expect(calls.map(({ payload }) => payload)).to.deep.equal([
            { orderId: "o-1", operation: "authorize", currency: "EUR", totalMinor: 4200 },
            { orderId: "o-1", action: "pay", paymentId: "p-1" },
            { orderId: "o-1", operation: "start", taskToken: "token-of-the-task" },
            { orderId: "o-1", operation: "capture" },
            { orderId: "o-1", action: "ship", trackingNumber: "t-1" },
        ]);
    });

    const refusals: [string, string, string[]][] = [
        ["payments authorize", "PaymentDeclined", ["payments authorize", ...UNDO]],
        ["order-steps pay", "OrderConflict", [...WAY.slice(0, 2), ...UNDO]],
        ["shipping start", "ShipmentRefused", [...WAY.slice(0, 3), "shipping cancel", ...UNDO]],
        ["shipping start", "States.Timeout", [...WAY.slice(0, 3), "shipping cancel", ...UNDO]],
        ["payments capture", "PaymentRefused", [...WAY.slice(0, 4), "shipping cancel", ...UNDO]],
    ];
    for (const [what, error, expected] of refusals) {
        it(`undoes what was done when ${what} fails with ${error}, and says why`, async () => {
            const { outcome, steps, calls } = await run({ [what]: { error } });
            expect(steps).to.deep.equal(expected);
            expect(outcome).to.equal(cancelled(error));
            expect(calls.at(-1)?.payload).to.deep.equal({ orderId: "o-1", action: "cancel", reason: error });
        });
    }

    it("asks a payment provider again that is not there, and then gives up", async () => {
        const away = { error: "PaymentProviderUnavailable" };
        const back = await run({ "payments authorize": { ...away, times: 6 } });
        expect(back.outcome).to.equal("ended");
        expect(back.steps.filter((step) => step === "payments authorize")).to.have.lengthOf(7);
        const gone = await run({ "payments authorize": away });
        expect(gone.outcome).to.equal(cancelled("PaymentProviderUnavailable"));
        expect(gone.steps.slice(-2)).to.deep.equal(UNDO);
    });

    it("tries a compensation until it is done", async () => {
        const { outcome, steps } = await run({
            "shipping start": { error: "ShipmentRefused" },
            "payments void": { error: "PaymentProviderUnavailable", times: 30 },
        });
        expect(outcome).to.equal(cancelled("ShipmentRefused"));
        expect(steps.filter((step) => step === "payments void")).to.have.lengthOf(31);
    });

    it("takes nothing back for a mark that is missing", async () => {
        const { outcome, steps } = await run({ "order-steps ship": { error: "Lambda.Unknown" } });
        expect(outcome).to.match(/^Lambda\.Unknown/);
        expect(steps.filter((step) => /cancel|void/.test(step))).to.deep.equal([]);
    });
});
