/**
 * A server that answers as an OpenSearch domain does, as far as the functions use it. Sources: OpenSearch documentation,
 * "Bulk", "Index document" (version types), "Create index", and the Security plugin's "API".
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo } from "node:net";

import { signatureFault, type SigningKey } from "./signature";

/** What the server holds of a document, or of one that was deleted. */
export interface Held {
    version: bigint;
    document: Record<string, unknown> | undefined;
}

/** A request that the server was asked. */
export interface Asked {
    method: string;
    path: string;
    contentType: string | undefined;
    body: string;
}

interface Reply {
    status: number;
    body?: unknown;
}

export const KEY: SigningKey = {
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    sessionToken: "session",
};
export const REGION = "eu-central-1";

/** A domain with one index, `products`, whose field `price` holds numbers. */
export class OpenSearchStandIn {
    readonly asked: Asked[] = [];
    readonly documents = new Map<string, Held>();
    readonly indexes = new Map<string, Record<string, unknown>>([["products", {}]]);
    readonly security = new Map<string, unknown>();
    /** Replies to the next requests, first to last, in place of the server's own. */
    readonly replies: Reply[] = [];
    /** How many of the next operations, by document, are turned away for want of time. */
    readonly busy = new Map<string, number>();
    #server: Server | undefined;

    /** Begins to listen. Returns where. */
    async listen(): Promise<string> {
        const server = createServer((request, response) => {
            void read(request).then((body) => {
                const reply = this.#answer(request, body);
                response.writeHead(reply.status, { "content-type": "application/json" });
                response.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
            });
        });
        this.#server = server;
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    async close(): Promise<void> {
        const server = this.#server;
        server?.closeAllConnections();
        await new Promise<void>((resolve) => {
            server?.close(() => {
                resolve();
            });
        });
    }

    /** The documents that a search could find, by id. */
    get found(): Record<string, unknown> {
        return Object.fromEntries(
            [...this.documents]
                .filter(([, { document }]) => document !== undefined)
                .map(([id, { document }]) => [id, document]),
        );
    }

    #answer(request: IncomingMessage, body: string): Reply {
        const { method = "", url: path = "", headers } = request;
        const fault = signatureFault({ method, path, headers, body }, KEY, REGION, "es");
        if (fault !== undefined) {
            return { status: 403, body: { message: fault } };
        }
        this.asked.push({ method, path, contentType: headers["content-type"], body });
        const reply = this.replies.shift();
        if (reply !== undefined) {
            return reply;
        }
        const bulk = /^\/([^/]+)\/_bulk$/.exec(path)?.[1];
        if (bulk !== undefined && method === "POST") {
            return this.#bulk(bulk, body, headers["content-type"]);
        }
        if (path.startsWith("/_plugins/_security/api/")) {
            return this.#secure(method, path.slice("/_plugins/_security/api/".length), body);
        }
        return this.#index(method, path, body);
    }

    #bulk(index: string, body: string, contentType: string | undefined): Reply {
        if (contentType !== "application/x-ndjson" || !body.endsWith("\n")) {
            return refusal(400, "illegal_argument_exception");
        }
        const lines = body.slice(0, -1).split("\n");
        const items: Record<string, unknown>[] = [];
        for (let at = 0; at < lines.length; at += 1) {
            const line = lines[at] ?? "";
            // JSON's own reader would round versions of more than 53 bits.
            const version = BigInt(/"version":(\d+)/.exec(line)?.[1] ?? "0");
            const [[action, meta] = ["", {}]] = Object.entries(
                JSON.parse(line) as Record<string, { _id?: string; version_type?: string }>,
            );
            const document =
                action === "delete"
                    ? undefined
                    : (JSON.parse(lines[(at += 1)] ?? "") as Record<string, unknown>);
            items.push({ [action]: this.#operate(index, meta, version, document) });
        }
        return { status: 200, body: { took: 1, errors: items.some(hasError), items } };
    }

    #operate(
        index: string,
        { _id: id = "", version_type: type }: { _id?: string; version_type?: string },
        version: bigint,
        document: Record<string, unknown> | undefined,
    ): object {
        const failed = (status: number, error: string) => ({
            _index: index,
            _id: id,
            status,
            error: { type: error, reason: `[${id}]: it says what stands in ${JSON.stringify(document)}` },
        });
        if (!this.indexes.has(index)) {
            return failed(404, "index_not_found_exception");
        }
        if (type !== "external_gte") {
            return failed(400, "action_request_validation_exception");
        }
        const busy = this.busy.get(id) ?? 0;
        if (busy > 0) {
            this.busy.set(id, busy - 1);
            return failed(429, "rejected_execution_exception");
        }
        const held = this.documents.get(id);
        if (held !== undefined && held.version > version) {
            return failed(409, "version_conflict_engine_exception");
        }
        if (document !== undefined && typeof (document["price"] ?? 0) !== "number") {
            return failed(400, "mapper_parsing_exception");
        }
        this.documents.set(id, { version, document });
        if (document !== undefined) {
            return { _index: index, _id: id, status: held === undefined ? 201 : 200, result: "updated" };
        }
        return held?.document === undefined
            ? { _index: index, _id: id, status: 404, result: "not_found" }
            : { _index: index, _id: id, status: 200, result: "deleted" };
    }

    #secure(method: string, path: string, body: string): Reply {
        if (method === "PUT") {
            const isNew = !this.security.has(path);
            this.security.set(path, JSON.parse(body));
            return { status: isNew ? 201 : 200, body: { status: isNew ? "CREATED" : "OK" } };
        }
        return this.security.delete(path)
            ? { status: 200, body: { status: "OK" } }
            : { status: 404, body: { status: "NOT_FOUND" } };
    }

    #index(method: string, path: string, body: string): Reply {
        const [, index = "", part] = path.split("/").map(decodeURIComponent);
        const there = this.indexes.get(index);
        if (method === "HEAD") {
            return { status: there === undefined ? 404 : 200 };
        }
        if (method === "PUT" && part === "_mapping") {
            this.indexes.set(index, { ...there, mappings: JSON.parse(body) as unknown });
            return { status: 200, body: { acknowledged: true } };
        }
        if (there !== undefined) {
            return refusal(400, "resource_already_exists_exception");
        }
        this.indexes.set(index, JSON.parse(body) as Record<string, unknown>);
        return { status: 200, body: { acknowledged: true, index } };
    }
}

function hasError(item: Record<string, unknown>): boolean {
    return Object.values(item).some((result) => "error" in (result as object));
}

function refusal(status: number, type: string): Reply {
    return { status, body: { error: { type, reason: "it is refused" }, status } };
}

async function read(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString("utf8");
}
