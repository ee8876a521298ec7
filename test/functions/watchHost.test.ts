import { expect } from "chai";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { watchHost } from "../../functions/watch-host/watch";

/** Asks a server on this machine for what was meant for a host. */
function asking(server: Server): typeof fetch {
    const { port } = server.address() as AddressInfo;
    return (url, init) =>
        fetch((url as string).replace("https://shop.example.com", `http://127.0.0.1:${port}`), init);
}

describe("the canary's script", () => {
    let server: Server;
    const asked: string[] = [];

    before((done) => {
        server = createServer((request, response) => {
            asked.push(request.url ?? "");
            const status = Number(/\d+$/.exec(request.url ?? "")?.[0] ?? 200);
            if (status === 0) {
                request.socket.destroy();
                return;
            }
            response.writeHead(status, { location: "https://elsewhere.example.com/" }).end("page");
        }).listen(0, "127.0.0.1", done);
    });
    after(() => server.close());

    it("is content with 2xx and 3xx of every path, and follows no redirect", async () => {
        const report = await watchHost("shop.example.com", ["/", "/302"], asking(server));
        expect(report.split("\n").map((line) => line.replace(/ in \d+ ms$/, ""))).to.deep.equal([
            "https://shop.example.com/",
            "https://shop.example.com/302",
        ]);
        expect(asked).to.have.members(["/", "/302"]);
    });

    it("names every path that fails, and why, in one error", async () => {
        let message = "";
        try {
            await watchHost("shop.example.com", ["/", "/503", "/404", "/0"], asking(server));
        } catch (error) {
            ({ message } = error as Error);
        }
        expect(message).to.match(/^3 of 4 pages of shop\.example\.com do not answer: /);
        expect(message).to.contain("/503 (status 503), /404 (status 404), /0 (");
    });
});
