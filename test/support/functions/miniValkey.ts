/** A server that speaks as much of Valkey's protocol as a cache needs: GET, SET with an expiry, DEL, and what clients greet with. */
import { createServer, type Socket } from "node:net";

import { close, listen } from "./loopback";

/** A running cache. */
export class MiniValkey {
    readonly values = new Map<string, string>();
    readonly commands: string[][] = [];
    readonly #sockets = new Set<Socket>();
    readonly #server = createServer((socket) => {
        this.#sockets.add(socket);
        let text = "";
        socket.on("error", () => socket.destroy());
        socket.on("data", (chunk) => {
            text += chunk.toString("utf8");
            for (;;) {
                const [command, rest] = firstCommand(text);
                if (command === undefined) {
                    return;
                }
                text = rest;
                socket.write(this.#answer(command));
            }
        });
    });
    port = 0;

    async start(): Promise<this> {
        this.port = await listen(this.#server);
        return this;
    }

    stop(): Promise<void> {
        for (const socket of this.#sockets) {
            socket.destroy();
        }
        return close(this.#server);
    }

    #answer(command: string[]): string {
        const [name = "", key = "", value = ""] = command;
        this.commands.push(command);
        switch (name.toUpperCase()) {
            case "GET": {
                const found = this.values.get(key);
                return found === undefined ? "$-1\r\n" : bulk(found);
            }
            case "SET":
                this.values.set(key, value);
                return "+OK\r\n";
            case "DEL":
                return `:${Number(this.values.delete(key))}\r\n`;
            case "INFO":
                return bulk("redis_version:7.2.4\r\nloading:0\r\n");
            default:
                return "+OK\r\n";
        }
    }
}

function bulk(text: string): string {
    return `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}

/** The first whole command of a text, and what follows it. ASCII alone: lengths are in bytes. */
function firstCommand(text: string): [string[] | undefined, string] {
    const head = /^\*(\d+)\r\n/.exec(text);
    let at = head?.[0].length ?? 0;
    const parts: string[] = [];
    for (let left = Number(head?.[1] ?? 0); left > 0; left--) {
        const length = /^\$(\d+)\r\n/.exec(text.slice(at));
        const size = Number(length?.[1] ?? 0);
        const start = at + (length?.[0].length ?? 0);
        if (length === null || text.length < start + size + 2) {
            return [undefined, text];
        }
        parts.push(text.slice(start, start + size));
        at = start + size + 2;
    }
    return head === null ? [undefined, text] : [parts, text.slice(at)];
}
