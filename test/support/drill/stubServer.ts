/** AWS's endpoints on the loopback, as far as one test needs them. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

/** A call, as far as it can be told from the request. */
export interface StubCall {
    readonly region: string;
    readonly service: string;
    /** Of query and JSON protocols. */
    readonly operation: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

/** Answers a call; what it does not end hangs. */
export type StubAnswer = (call: StubCall, response: ServerResponse) => void;

/** A server that stands for all of AWS. */
export interface StubServer {
    readonly url: string;
    close(): Promise<void>;
}

/** Opens one. */
export async function openStub(answer: StubAnswer): Promise<StubServer> {
    const server = createServer((request, response) => void handle(request, response));
    async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
        let body = "";
        for await (const chunk of request) {
            body += (chunk as Buffer).toString();
        }
        const { headers, url: path = "" } = request;
        const [, region = "none", service = "none"] =
            /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
        const target = headers["x-amz-target"];
        const operation =
            typeof target === "string"
                ? (target.split(".").at(-1) ?? "")
                : (/Action=(\w+)/.exec(body)?.[1] ?? "");
        answer({ region, service, operation, path, headers, body }, response);
    }
    await new Promise<void>((fulfil) => server.listen(0, "127.0.0.1", fulfil));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        async close() {
            server.closeAllConnections();
            await new Promise((fulfil) => server.close(fulfil));
        },
    };
}
