import { spawn } from "node:child_process";
import dns from "node:dns";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect } from "chai";
import { type Answer, internet } from "../../../tools/drill/outside";

/** A server whose kernel lets two connections wait to be taken, and lets no more in. */
const SERVER = `
const server = require("node:http").createServer((request, response) => response.end("here"));
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => process.send(server.address().port));
`;

/** Asks a host that has two addresses, both of this machine. */
async function askAtTwoAddresses(port: number): Promise<Answer> {
    const { lookup } = dns;
    const both = (_host: string, _options: object, done: (...found: unknown[]) => void): void => {
        process.nextTick(done, null, [
            { address: "127.0.0.1", family: 4 },
            { address: "::1", family: 6 },
        ]);
    };
    Reflect.set(dns, "lookup", both);
    try {
        return await internet.get(`http://far.example:${port}/`, 10_000);
    } finally {
        Reflect.set(dns, "lookup", lookup);
    }
}

describe("our own view of a host", () => {
    it("says of each address why nobody answered", async () => {
        const server = createServer().listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        server.close();
        await once(server, "close");
        const { error } = await askAtTwoAddresses(port);
        expect(error).to.match(/^connect ECONNREFUSED 127\.0\.0\.1:\d+; connect E[A-Z]+ ::1:\d+/);
    });

    it("waits for one that is as far away as another continent, where its other address has no way", async () => {
        const server = spawn(process.execPath, ["-e", SERVER], {
            stdio: ["ignore", "ignore", "inherit", "ipc"],
        });
        const waiting: Socket[] = [];
        try {
            const [port] = (await once(server, "message")) as [number];
            // It takes nobody in, so that what connects next gets no answer before the kernel asks again, after a second.
            server.kill("SIGSTOP");
            for (let count = 0; count < 2; count++) {
                const socket = connect(port, "127.0.0.1");
                waiting.push(socket);
                await once(socket, "connect");
            }
            const from = performance.now();
            setTimeout(() => server.kill("SIGCONT"), 300);
            // Nobody listens at the second address, which is refused as one without a route is.
            expect(await askAtTwoAddresses(port)).to.deep.equal({ status: 200, body: "here" });
            expect(performance.now() - from).to.be.above(250);
        } finally {
            waiting.forEach((socket) => socket.destroy());
            server.kill("SIGKILL");
        }
    });
});
