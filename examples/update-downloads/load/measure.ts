/**
 * Measures what a request and a megabyte cost a server in processor time:
 * `node --require=tsx/cjs examples/update-downloads/load/measure.ts`. The server is a process of its own, on the loopback.
 */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as https from "node:https";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const MEGABYTE = 1_000_000;
const PART_MEGABYTES = 8;

/** Processor time that a server needs. */
export interface ProcessorTime {
    readonly millisecondsPerRequest: number;
    readonly millisecondsPerMegabyte: number;
}

/** Asks for small files, then for parts of a large one, each for some seconds, and tells what that cost the server. */
export async function measure(seconds: number): Promise<ProcessorTime> {
    const folder = mkdtempSync(path.join(tmpdir(), "load-"));
    const key = path.join(folder, "key.pem");
    const certificate = path.join(folder, "certificate.pem");
    const file = path.join(folder, "package.bin");
    execFileSync(
        "openssl",
        [
            ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
            ...["-days", "1", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
        ],
        { stdio: "ignore" },
    );
    writeFileSync(file, Buffer.alloc(PART_MEGABYTES * MEGABYTE, "update"));
    const server = fork(__filename, ["serve", key, certificate, file], { execArgv: process.execArgv });
    try {
        const port = await told<number>(server);
        const agent = new https.Agent({ keepAlive: true, ca: readFileSync(certificate) });
        const asked = async (name: string): Promise<{ requests: number; milliseconds: number }> => {
            await get(agent, port, name);
            const before = await processorTime(server);
            const end = Date.now() + seconds * 1000;
            let requests = 0;
            while (Date.now() < end) {
                await get(agent, port, name);
                requests += 1;
            }
            return { requests, milliseconds: (await processorTime(server)) - before };
        };
        const small = await asked("/manifest");
        const large = await asked("/package");
        agent.destroy();
        const millisecondsPerRequest = small.milliseconds / small.requests;
        return {
            millisecondsPerRequest,
            millisecondsPerMegabyte: Math.max(
                0,
                (large.milliseconds / large.requests - millisecondsPerRequest) / PART_MEGABYTES,
            ),
        };
    } finally {
        server.kill();
        rmSync(folder, { recursive: true });
    }
}

function told<T>(server: ChildProcess): Promise<T> {
    return new Promise((resolve, reject) => {
        server.once("message", (message) => {
            resolve(message as T);
        });
        server.once("exit", () => {
            reject(new Error("the server ended"));
        });
    });
}

function processorTime(server: ChildProcess): Promise<number> {
    server.send("usage");
    return told<number>(server);
}

function get(agent: https.Agent, port: number, name: string): Promise<void> {
    return new Promise((resolve, reject) => {
        https
            .get({ agent, port, path: name, host: "localhost", servername: "localhost" }, (response) => {
                response.on("error", reject).on("end", resolve).resume();
            })
            .on("error", reject);
    });
}

function serve(key: string, certificate: string, file: string): void {
    const manifest = JSON.stringify({ version: "4.2.0", package: "/updates/4.2.0/firmware.bin" });
    const server = https.createServer(
        { key: readFileSync(key), cert: readFileSync(certificate), minVersion: "TLSv1.3" },
        ({ url }, response) => {
            if (url === "/package") {
                createReadStream(file).pipe(response);
            } else {
                response.end(manifest);
            }
        },
    );
    server.listen(0, "localhost", () => {
        process.send?.((server.address() as AddressInfo).port);
    });
    process.on("message", () => {
        const { user, system } = process.cpuUsage();
        process.send?.((user + system) / 1000);
    });
}

if (require.main === module) {
    const [, , verb, key = "", certificate = "", file = ""] = process.argv;
    if (verb === "serve") {
        serve(key, certificate, file);
    } else {
        measure(5).then(
            (found) => {
                console.log(JSON.stringify(found));
            },
            (error: unknown) => {
                console.error(error);
                process.exitCode = 1;
            },
        );
    }
}
