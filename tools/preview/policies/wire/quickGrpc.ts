/**
 * What policy packs use of `@grpc/grpc-js`, over Node's own HTTP/2: a server for unary calls without compression. It
 * takes a fraction of the time that the general one takes to load and to answer, and a preview asks thousands of
 * times. Bundles of packs have it in place of the package; packs that Pulumi's engine starts have the package.
 */
import * as http2 from "node:http2";
import type * as net from "node:net";

const PREFIX_BYTES = 5;

/** All that a preview asks about a stack fits in, so that it need not wait until some of it is answered. */
const WINDOW_BYTES = 1 << 26;

/** Status codes, as gRPC numbers them. */
export const status = { OK: 0, CANCELLED: 1, UNKNOWN: 2, UNIMPLEMENTED: 12, UNAVAILABLE: 14 } as const;

/** What a handler answers with in place of a response. */
interface ServiceError extends Error {
    readonly code?: number;
    readonly details?: string;
}

type Handler = (
    call: { readonly request: unknown },
    callback: (error: ServiceError | null | undefined, response: unknown) => void,
) => unknown;

interface Method {
    readonly path: string;
    readonly requestDeserialize: (bytes: Buffer) => unknown;
    readonly responseSerialize: (message: unknown) => Uint8Array;
}

/** A server of unary calls. */
export class Server {
    readonly #server = http2.createServer({ settings: { initialWindowSize: WINDOW_BYTES } });
    readonly #methods = new Map<string, { readonly method: Method; readonly handler: Handler }>();

    addService(
        service: Readonly<Record<string, Method>>,
        handlers: Readonly<Record<string, Handler | undefined>>,
    ): void {
        for (const [name, method] of Object.entries(service)) {
            const handler = handlers[name];
            if (handler !== undefined) {
                this.#methods.set(method.path, { method, handler });
            }
        }
    }

    /** Listens at `host:port`. */
    bindAsync(
        address: string,
        _credentials: unknown,
        callback: (error: Error | null, port: number) => void,
    ): void {
        const [host = "", port = ""] = address.split(":");
        const server = this.#server;
        server.on("session", (session) => {
            session.setLocalWindowSize(WINDOW_BYTES);
        });
        server.on("stream", (stream, headers) => {
            this.#serve(stream, headers[":path"] ?? "");
        });
        server.once("error", (error: Error) => {
            callback(error, 0);
        });
        server.listen(Number(port), host, () => {
            callback(null, (server.address() as net.AddressInfo).port);
        });
    }

    /** Takes no more connections; those that there are end with their clients. */
    close(): void {
        this.#server.close();
    }

    #serve(stream: http2.ServerHttp2Stream, path: string): void {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        // Whoever called went away, and hears nothing.
        stream.on("error", () => undefined);
        stream.on("end", () => {
            const served = this.#methods.get(path);
            if (served === undefined) {
                refuse(stream, status.UNIMPLEMENTED, `The server does not implement the method ${path}`);
                return;
            }
            try {
                this.#call(served.method, served.handler, chunks, stream);
            } catch (error) {
                refuse(stream, status.UNKNOWN, String(error));
            }
        });
    }

    #call(
        method: Method,
        handler: Handler,
        chunks: readonly Buffer[],
        stream: http2.ServerHttp2Stream,
    ): void {
        const frame = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
        const request = method.requestDeserialize(frame.subarray(PREFIX_BYTES));
        handler({ request }, (error, response) => {
            if (stream.destroyed) {
                return;
            }
            if (error !== null && error !== undefined) {
                refuse(stream, error.code ?? status.UNKNOWN, error.details ?? error.message);
                return;
            }
            const message = method.responseSerialize(response);
            const answer = Buffer.alloc(PREFIX_BYTES + message.length);
            answer.writeUInt32BE(message.length, 1);
            answer.set(message, PREFIX_BYTES);
            stream.respond(HEADERS, { waitForTrailers: true });
            stream.on("wantTrailers", () => {
                stream.sendTrailers({ "grpc-status": String(status.OK) });
            });
            stream.end(answer);
        });
    }
}

const HEADERS = { ":status": 200, "content-type": "application/grpc" } as const;

/** Answers with a status alone. */
function refuse(stream: http2.ServerHttp2Stream, code: number, message: string): void {
    stream.respond(
        { ...HEADERS, "grpc-status": String(code), "grpc-message": escaped(message) },
        { endStream: true },
    );
}

/** A text as a header holds it: printable ASCII, and the rest by percent. */
function escaped(message: string): string {
    return message.replaceAll(/[^\x20-\x7e]|%/gu, encodeURIComponent);
}

/** Credentials, which a server on this machine has none of. */
export const ServerCredentials = { createInsecure: (): object => ({}) };

/** Stands in for the clients that the SDK's generated code declares as it loads, and that no policy makes. */
export function makeGenericClientConstructor(): new () => object {
    return class {
        constructor() {
            throw new Error("A policy pack calls no service.");
        }
    };
}
