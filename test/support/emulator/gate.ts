/**
 * Stands between the drill and the emulator, on the loopback, and makes trouble: throttles, hangs, cuts regions off.
 * What it lets through goes to the emulator as it is.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

/** A call of AWS's API, as far as it can be told from the request. */
export interface ApiCall {
    readonly region: string;
    /** As it signs itself, such as `rds` or `monitoring`. */
    readonly service: string;
    /** The operation's name; for REST the method and path. */
    readonly operation: string;
    readonly method: string;
    readonly path: string;
    readonly body: string;
}

/** An answer. */
export interface ApiAnswer {
    readonly status: number;
    readonly contentType: string;
    readonly body: string;
}

/** What becomes of a call: an answer of our own, none at all, or a cut line. */
export type Verdict = ApiAnswer | "cut" | "hang";

/** Looks at a call; undefined lets it go on to the next rule, and in the end to the emulator. */
export type Rule = (call: ApiCall, forward: () => Promise<ApiAnswer>) => Promise<Verdict | undefined>;

/** A gate in front of the emulator. */
export class Gate {
    /** AWS regions whose API does not answer. */
    readonly unreachable = new Set<string>();
    /** AWS regions whose API takes every call and never answers. */
    readonly silent = new Set<string>();
    /** How often an operation is still throttled. */
    readonly throttled = new Map<string, number>();
    /** Looked at in order. */
    readonly rules: Rule[] = [];
    /** Every call, as `<region> <operation>`. */
    readonly calls: string[] = [];
    private readonly open = new Set<ServerResponse>();

    private constructor(
        private readonly server: Server,
        private readonly upstream: string,
    ) {}

    /** Opens a gate in front of an emulator. */
    static async open(upstream: string): Promise<Gate> {
        const server = createServer();
        const gate = new Gate(server, upstream);
        server.on("request", (request: IncomingMessage, response: ServerResponse) => {
            void gate.handle(request, response);
        });
        await new Promise<void>((fulfil) => server.listen(0, "127.0.0.1", fulfil));
        return gate;
    }

    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    /** Closes it, and whatever it left hanging. */
    async close(): Promise<void> {
        for (const response of this.open) {
            response.destroy();
        }
        this.server.closeAllConnections();
        await new Promise((fulfil) => this.server.close(fulfil));
    }

    private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
        this.open.add(response);
        response.on("close", () => this.open.delete(response));
        const chunks: Buffer[] = [];
        try {
            for await (const chunk of request) {
                chunks.push(chunk as Buffer);
            }
        } catch {
            // The caller went away before it had said everything.
            return;
        }
        const body = Buffer.concat(chunks);
        const call = readCall(request, body.toString());
        this.calls.push(`${call.region} ${call.operation}`);
        const verdict = await this.judge(call, () => this.forward(request, body));
        if (verdict === "hang" || response.destroyed) {
            return;
        }
        if (verdict === "cut") {
            response.destroy();
            return;
        }
        response.writeHead(verdict.status, { "content-type": verdict.contentType }).end(verdict.body);
    }

    private async judge(call: ApiCall, forward: () => Promise<ApiAnswer>): Promise<Verdict> {
        if (this.unreachable.has(call.region)) {
            return "cut";
        }
        if (this.silent.has(call.region)) {
            return "hang";
        }
        const left = this.throttled.get(call.operation) ?? 0;
        if (left > 0) {
            this.throttled.set(call.operation, left - 1);
            return errorAnswer(call, 400, "ThrottlingException", "Rate exceeded");
        }
        for (const rule of this.rules) {
            const verdict = await rule(call, forward);
            if (verdict !== undefined) {
                return verdict;
            }
        }
        return forward();
    }

    private async forward(request: IncomingMessage, body: Buffer): Promise<ApiAnswer> {
        const headers = new Headers();
        for (const [name, value] of Object.entries(request.headers)) {
            if (!["connection", "content-length", "expect", "host", "transfer-encoding"].includes(name)) {
                headers.set(name, String(value));
            }
        }
        const answer = await fetch(`${this.upstream}${request.url ?? "/"}`, {
            method: request.method ?? "GET",
            headers,
            ...(body.length === 0 ? {} : { body }),
        });
        return {
            status: answer.status,
            contentType: answer.headers.get("content-type") ?? "",
            body: await answer.text(),
        };
    }
}

/** When an operation was first asked for, in seconds from now. */
export function watchFirst(gate: Gate, operation: string): () => number | undefined {
    const began = Date.now();
    let seconds: number | undefined;
    gate.rules.unshift((call) => {
        if (call.operation === operation) {
            seconds ??= (Date.now() - began) / 1000;
        }
        return Promise.resolve(undefined);
    });
    return () => seconds;
}

/**
 * Ends when a call comes that matches, and leaves it unanswered: heard, or not.
 *
 * @param hear Who hears it; the emulator when left out.
 */
export function holdAt(
    gate: Gate,
    matches: (call: ApiCall) => boolean,
    isHeard: boolean,
    hear: (call: ApiCall, forward: () => Promise<ApiAnswer>) => unknown = (_call, forward) => forward(),
): Promise<void> {
    return new Promise((fulfil) => {
        let isHeld = false;
        gate.rules.unshift(async (call, forward) => {
            if (isHeld || !matches(call)) {
                return undefined;
            }
            isHeld = true;
            if (isHeard) {
                await hear(call, forward);
            }
            fulfil();
            return "hang";
        });
    });
}

function readCall(request: IncomingMessage, body: string): ApiCall {
    const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? "");
    const [, region = "", service = ""] = scope ?? [];
    const method = request.method ?? "GET";
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const target = request.headers["x-amz-target"];
    const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
    const operation =
        typeof target === "string"
            ? target.slice(target.lastIndexOf(".") + 1)
            : (action ?? `${method} ${path}`);
    return { region, service, operation, method, path: decodeURIComponent(path), body };
}

/** An error in the form of the call's protocol. */
export function errorAnswer(call: ApiCall, status: number, code: string, message: string): ApiAnswer {
    if (["autoscaling", "rds", "route53", "sts"].includes(call.service)) {
        return {
            status,
            contentType: "text/xml",
            body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
        };
    }
    return {
        status,
        contentType: "application/x-amz-json-1.1",
        body: JSON.stringify({ __type: code, code, message, Code: code, Message: message }),
    };
}

/** An answer in JSON. */
export function jsonAnswer(value: unknown): ApiAnswer {
    return { status: 200, contentType: "application/json", body: JSON.stringify(value) };
}

/** An answer in XML. */
export function xmlAnswer(body: string): ApiAnswer {
    return { status: 200, contentType: "text/xml", body };
}
