/** Stands before the emulator and answers some calls as AWS does when there is too much to do, or only a part of a call succeeds. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { bytesOf, closeHttp, listenHttp } from "./loopback";

/** What is planned for calls of one operation. */
interface Plan {
    /** Such as `DynamoDB_20120810.PutItem`; what `x-amz-target` ends with. */
    operation: string;
    answer: (body: string) => { status: number; body: object } | undefined;
    left: number;
}

/** A call that came by. */
interface Passed {
    operation: string;
    body: string;
}

/** A running proxy. */
export class FaultyProxy {
    readonly passed: Passed[] = [];
    readonly #plans: Plan[] = [];
    readonly #server = createServer((request, response) => {
        this.#serve(request, response).catch((error: unknown) => {
            response.writeHead(502).end(String(error));
        });
    });
    url = "";

    constructor(readonly target: string) {}

    async start(): Promise<this> {
        this.url = await listenHttp(this.#server);
        return this;
    }

    stop(): Promise<void> {
        return closeHttp(this.#server);
    }

    /** Refuses the next calls of an operation with an error of AWS's. */
    refuse(operation: string, errorName: string, times: number, more: object = {}): void {
        this.answer(operation, times, () => ({
            status: 400,
            body: { __type: `com.amazonaws#${errorName}`, message: "Refused by the test", ...more },
        }));
    }

    /** Answers the next calls of an operation, those that the answer is not undefined for. */
    answer(operation: string, times: number, answer: Plan["answer"]): void {
        this.#plans.push({ operation, answer, left: times });
    }

    /** Lets everything through again. */
    recover(): void {
        this.#plans.length = 0;
        this.passed.length = 0;
    }

    async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const body = await bytesOf(request);
        const operation = String(request.headers["x-amz-target"] ?? "");
        this.passed.push({ operation, body: body.toString("utf8") });
        const plan = this.#plans.find((each) => each.left > 0 && operation.endsWith(each.operation));
        const planned = plan?.answer(body.toString("utf8"));
        if (plan !== undefined && planned !== undefined) {
            plan.left -= 1;
            response.writeHead(planned.status, { "content-type": "application/x-amz-json-1.0" });
            response.end(JSON.stringify(planned.body));
            return;
        }
        const answer = await fetch(`${this.target}${request.url ?? "/"}`, {
            method: request.method ?? "GET",
            headers: Object.entries(request.headers).flatMap(([name, value]) =>
                ["host", "connection", "content-length", "transfer-encoding", "expect"].includes(name) ||
                value === undefined
                    ? []
                    : [[name, String(value)] as [string, string]],
            ),
            ...(body.length > 0 && { body }),
        });
        response.writeHead(answer.status, {
            "content-type": answer.headers.get("content-type") ?? "application/octet-stream",
        });
        response.end(Buffer.from(await answer.arrayBuffer()));
    }
}
