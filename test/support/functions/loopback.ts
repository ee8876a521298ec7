/** Servers of tests, at an address that nobody else reaches. */
import { type IncomingMessage, type Server as HttpServer } from "node:http";
import { type AddressInfo, type Server } from "node:net";

/** Begins to listen, at any free port where none is said. Returns the port. */
export async function listen(server: Server, port = 0): Promise<number> {
    await new Promise<void>((fulfil) => server.listen(port, "127.0.0.1", fulfil));
    return (server.address() as AddressInfo).port;
}

/** The same of HTTP. Returns the URL. */
export async function listenHttp(server: HttpServer, port = 0): Promise<string> {
    return `http://127.0.0.1:${await listen(server, port)}`;
}

/** Waits until the server has closed, once the last connection has. */
export async function close(server: Server): Promise<void> {
    await new Promise((fulfil) => server.close(fulfil));
}

/** Closes a server with its connections, whatever is under way. */
export function closeHttp(server: HttpServer): Promise<void> {
    server.closeAllConnections();
    return close(server);
}

/** The body of a request, whole. */
export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
}
