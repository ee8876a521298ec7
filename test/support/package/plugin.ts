/** Loads a folder as a Pulumi package the way the engine does, and talks to it as the engine would. */
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import * as providerServices from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import * as struct from "google-protobuf/google/protobuf/struct_pb";
import { asService, connect } from "../engine/grpcService";
import { EngineStandIn } from "./engineStandIn";

/** A running provider of a Pulumi package. */
export interface Plugin {
    readonly engine: EngineStandIn;
    getSchema(): Promise<string>;
    /** Constructs a component, with arguments as a program in another language gives them. Returns its state. */
    construct(type: string, name: string, args: struct.JavaScriptValue): Promise<Record<string, unknown>>;
    stop(): void;
}

/**
 * Starts the provider of a package. The language host of Node.js resolves the SDK from the package's folder, and starts
 * the SDK's plugin runner with that folder, wherever the user's program is: here, in an empty folder.
 */
export async function startPlugin(folder: string): Promise<Plugin> {
    const runner = createRequire(path.join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-plugin");
    const empty = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-empty-"));
    const engine = new EngineStandIn();
    await engine.start();
    const child = spawn(process.execPath, [runner, folder, engine.address], {
        cwd: empty,
        stdio: ["ignore", "pipe", "pipe"],
    });
    const stop = (): void => {
        child.kill("SIGKILL");
        engine.stop();
        fs.rmSync(empty, { recursive: true, force: true });
    };
    try {
        const port = await portOf(child);
        const connection = connect(
            asService(providerServices, "ResourceProviderService"),
            `127.0.0.1:${port}`,
        );
        return {
            engine,
            getSchema: async () => {
                const answer = await connection.call<providerMessages.GetSchemaResponse>(
                    "getSchema",
                    new providerMessages.GetSchemaRequest(),
                );
                return answer.getSchema();
            },
            construct: async (type, name, args) => {
                const request = new providerMessages.ConstructRequest();
                request.setProject("project");
                request.setStack("test");
                request.setDryrun(true);
                request.setMonitorendpoint(engine.address);
                request.setType(type);
                request.setName(name);
                request.setInputs(
                    struct.Struct.fromJavaScript(args as Record<string, struct.JavaScriptValue>),
                );
                const answer = await connection.call<providerMessages.ConstructResponse>(
                    "construct",
                    request,
                );
                return answer.getState()?.toJavaScript() ?? {};
            },
            stop: () => {
                connection.close();
                stop();
            },
        };
    } catch (error) {
        stop();
        throw error;
    }
}

/** A plugin prints the port that it listens on as its first line. */
async function portOf(child: ChildProcess): Promise<number> {
    let out = "";
    let err = "";
    return new Promise((resolve, reject) => {
        child.stderr?.on("data", (chunk: Buffer) => {
            err += chunk.toString();
        });
        child.stdout?.on("data", (chunk: Buffer) => {
            out += chunk.toString();
            const port = /^(\d+)\n/.exec(out)?.[1];
            if (port !== undefined) {
                resolve(Number(port));
            }
        });
        child.on("exit", (code) => {
            reject(new Error(`the plugin ended with status ${code ?? "none"}:\n${out}${err}`));
        });
    });
}
