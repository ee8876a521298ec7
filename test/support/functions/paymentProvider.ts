/**
 * A payment provider with faults of its own. It knows repetitions by their key, as providers do, and forgets nothing when its answer
 * is lost.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { bytesOf, closeHttp, listenHttp } from "./loopback";

/** What goes wrong with one call. */
export type Fault =
    /** It answers so and does nothing. */
    | { kind: "status"; status: number; retryAfter?: string }
    /** It does what is asked, and the connection ends before the answer. */
    | { kind: "lostAnswer" }
    /** It does nothing, and never answers. */
    | { kind: "silence" }
    /** Something in between answers with a page. */
    | { kind: "page" };

/** Money that the provider holds or has taken. */
export interface Authorization {
    id: string;
    reference: string;
    amountMinor: number;
    currency: string;
    status: "authorized" | "captured" | "voided" | "refunded";
}

/** A call that it was made. */
export interface ProviderCall {
    path: string;
    idempotencyKey: string;
}

/** The key that callers show. */
export const PROVIDER_KEY = "provider-key";

/** A token of a card that is declined. */
export const DECLINED_TOKEN = "tok_declined";

interface Answer {
    status: number;
    body: object;
}

/** A running provider. */
export class PaymentProvider {
    readonly calls: ProviderCall[] = [];
    readonly authorizations: Authorization[] = [];
    readonly #faults: { path: RegExp; fault: Fault; left: number }[] = [];
    readonly #answers = new Map<string, Answer>();
    readonly #voided = new Set<string>();
    readonly #server = createServer((request, response) => {
        void this.#serve(request, response);
    });
    url = "";

    async start(): Promise<this> {
        this.url = await listenHttp(this.#server);
        return this;
    }

    stop(): Promise<void> {
        return closeHttp(this.#server);
    }

    /** Lets the next calls of a path go wrong. */
    fail(path: RegExp, fault: Fault, times = 1): void {
        this.#faults.push({ path, fault, left: times });
    }

    /** Lets everything go right again. */
    recover(): void {
        this.#faults.length = 0;
    }

    /** What it holds or has taken for an order. */
    of(reference: string): Authorization[] {
        return this.authorizations.filter((each) => each.reference === reference);
    }

    async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const body = await bytesOf(request);
        const path = request.url ?? "/";
        const idempotencyKey = String(request.headers["idempotency-key"] ?? "");
        this.calls.push({ path, idempotencyKey });
        const fault = this.#nextFault(path);
        const send = (answer: Answer): void => {
            response
                .writeHead(answer.status, { "content-type": "application/json" })
                .end(JSON.stringify(answer.body));
        };
        if (request.headers.authorization !== `Bearer ${PROVIDER_KEY}`) {
            send({ status: 401, body: { code: "unknown_key" } });
            return;
        }
        switch (fault?.kind) {
            case "status":
                response.writeHead(
                    fault.status,
                    fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter },
                );
                response.end("{}");
                return;
            case "silence":
                return;
            case "page":
                response.writeHead(200, { "content-type": "text/html" }).end("<h1>Just a moment</h1>");
                return;
            case "lostAnswer":
                this.#once(idempotencyKey, path, body);
                response.destroy();
                return;
            case undefined:
                send(this.#once(idempotencyKey, path, body));
        }
    }

    #nextFault(path: string): Fault | undefined {
        const planned = this.#faults.find((each) => each.left > 0 && each.path.test(path));
        if (planned !== undefined) {
            planned.left -= 1;
        }
        return planned?.fault;
    }

    #once(key: string, path: string, body: Buffer): Answer {
        const known = this.#answers.get(key);
        if (known !== undefined) {
            return known;
        }
        const answer = this.#answer(path, JSON.parse(body.toString("utf8")) as Record<string, unknown>);
        this.#answers.set(key, answer);
        return answer;
    }

    #answer(path: string, body: Record<string, unknown>): Answer {
        if (path === "/authorizations") {
            return this.#authorize(body);
        }
        const reference = /^\/references\/([^/]+)\/void$/.exec(path)?.[1];
        if (reference !== undefined) {
            this.#voided.add(reference);
            for (const each of this.of(reference)) {
                each.status = "voided";
            }
            return { status: 200, body: { id: reference, status: "voided" } };
        }
        const [, id, action = ""] = /^\/authorizations\/([^/]+)\/(capture|void|refund)$/.exec(path) ?? [];
        const found = this.authorizations.find((each) => each.id === id);
        const moves: Record<string, [Authorization["status"], Authorization["status"]]> = {
            capture: ["authorized", "captured"],
            void: ["authorized", "voided"],
            refund: ["captured", "refunded"],
        };
        const move = moves[action];
        if (found === undefined || move === undefined) {
            return { status: 404, body: { code: "unknown_authorization" } };
        }
        const [from, to] = move;
        if (found.status !== from) {
            return { status: 409, body: { code: "wrong_state" } };
        }
        found.status = to;
        return { status: 200, body: { id: found.id, status: to } };
    }

    #authorize(body: Record<string, unknown>): Answer {
        const reference = String(body["reference"]);
        if (body["paymentToken"] === DECLINED_TOKEN) {
            return { status: 402, body: { code: "card_declined" } };
        }
        if (this.#voided.has(reference)) {
            return { status: 409, body: { code: "reference_voided" } };
        }
        const authorization: Authorization = {
            id: `auth_${this.authorizations.length + 1}`,
            reference,
            amountMinor: Number(body["amountMinor"]),
            currency: String(body["currency"]),
            status: "authorized",
        };
        this.authorizations.push(authorization);
        return { status: 201, body: { id: authorization.id, status: "authorized" } };
    }
}
