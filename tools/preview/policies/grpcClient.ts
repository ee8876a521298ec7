/**
 * Unary gRPC calls over Node's own HTTP/2. A preview makes thousands of small calls to policy packs, on the thread
 * that runs the program; a general client costs several times as much per call.
 */
import * as http2 from "node:http2";

/** A call that the server refused, or that found none. */
export class CallError extends Error {
    override readonly name = "CallError";
}

const OK = "0";
const NO_COMPRESSION = 0;
const PREFIX_BYTES = 5;

/** A connection to a gRPC server on this machine. */
export class GrpcClient {
    readonly #session: http2.ClientHttp2Session;
    readonly #pending = new Set<(error: Error) => void>();
    #closed: Error | undefined;

    constructor(port: number) {
        this.#session = http2.connect(`http://127.0.0.1:${port}`);
        this.#session.on("error", (error: Error) => {
            this.fail(new CallError(`the connection failed: ${error.message}`));
        });
        this.#session.on("close", () => {
            this.fail(new CallError("the connection was closed"));
        });
    }

    /** Calls a method, such as `/pulumirpc.Analyzer/Analyze`, with a message in the wire format. */
    async call(method: string, message: Uint8Array): Promise<Uint8Array> {
        return new Promise((resolve, reject) => {
            if (this.#closed !== undefined) {
                reject(this.#closed);
                return;
            }
            const settle = (finish: () => void): void => {
                this.#pending.delete(reject);
                finish();
            };
            this.#pending.add(reject);
            const stream = this.#session.request({
                ":method": "POST",
                ":path": method,
                "content-type": "application/grpc",
                te: "trailers",
            });
            const chunks: Buffer[] = [];
            let status: string | undefined;
            let explanation = "";
            const readStatus = (headers: http2.IncomingHttpHeaders): void => {
                const given = headers["grpc-status"];
                if (given !== undefined) {
                    status = String(given);
                    explanation = decodeURIComponent(String(headers["grpc-message"] ?? ""));
                }
            };
            // A refusal without a message comes as headers alone.
            stream.on("response", readStatus);
            stream.on("trailers", readStatus);
            stream.on("data", (chunk: Buffer) => chunks.push(chunk));
            stream.on("error", (error: Error) => {
                settle(() => {
                    reject(new CallError(`${method} failed: ${error.message}`));
                });
            });
            stream.on("end", () => {
                settle(() => {
                    if (status === OK) {
                        resolve(unframed(chunks));
                    } else {
                        reject(new CallError(explanation === "" ? `${method} failed` : explanation));
                    }
                });
            });
            stream.end(framed(message));
        });
    }

    /** Waits until all calls are on their way, as far as the server takes them. */
    async flush(): Promise<void> {
        do {
            await new Promise((resolve) => setImmediate(resolve));
        } while (this.#closed === undefined && (this.#session.state.outboundQueueSize ?? 0) > 0);
    }

    /** Ends all calls with an error. */
    fail(error: Error): void {
        this.#closed ??= error;
        for (const reject of this.#pending) {
            reject(this.#closed);
        }
        this.#pending.clear();
    }

    close(): void {
        this.#closed ??= new CallError("the connection is closed");
        this.#session.destroy();
    }
}

function framed(message: Uint8Array): Buffer {
    const frame = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
    frame.writeUInt8(NO_COMPRESSION, 0);
    frame.writeUInt32BE(message.length, 1);
    frame.set(message, PREFIX_BYTES);
    return frame;
}

function unframed(chunks: readonly Buffer[]): Buffer {
    const frame = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    return frame.subarray(PREFIX_BYTES);
}
