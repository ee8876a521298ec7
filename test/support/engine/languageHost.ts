/**
 * `pulumi-language-nodejs`, as far as the engine needs it for what it starts by itself: policy packs and packages of
 * components, run by the SDK's own runners. Pulumi's language host is a Go program that no module of Go offers.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import * as languageServices from "@pulumi/pulumi/proto/language_grpc_pb";
import * as languageMessages from "@pulumi/pulumi/proto/language_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { pinnedVersion } from "../../../tools/engine/binary";
import { asService, serve, unary } from "./grpcService";
import { pluginInfo } from "./pluginAnswers";

/** The SDK's runner for a kind of plugin, from the folder of the plugin where that has an SDK of its own. */
function runnerFor(kind: string, folder: string): string {
    const runner = kind === "analyzer" ? "run-policy-pack" : "run-plugin";
    return createRequire(path.join(folder, "package.json")).resolve(`@pulumi/pulumi/cmd/${runner}`);
}

function runPlugin(
    call: grpc.ServerWritableStream<languageMessages.RunPluginRequest, languageMessages.RunPluginResponse>,
): void {
    const { request } = call;
    const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
    const [engine = "", ...rest] = request.getArgsList();
    const kind = request.getKind();
    // A policy pack's runner takes the engine's address first, a provider's the folder.
    const args = kind === "analyzer" ? [engine, folder, ...rest] : [folder, engine, ...rest];
    const child = spawn(process.execPath, [runnerFor(kind, folder), ...args], {
        cwd: kind === "analyzer" ? folder : request.getPwd(),
        env: { ...process.env, ...Object.fromEntries(request.getEnvList().map(assignment)) },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const write = (set: (response: languageMessages.RunPluginResponse) => void): void => {
        const response = new languageMessages.RunPluginResponse();
        set(response);
        call.write(response);
    };
    child.stdout.on("data", (chunk: Buffer) => {
        write((response) => {
            response.setStdout(chunk);
        });
    });
    child.stderr.on("data", (chunk: Buffer) => {
        write((response) => {
            response.setStderr(chunk);
        });
    });
    child.on("error", (error) => {
        call.destroy(error);
    });
    child.on("close", (code) => {
        write((response) => {
            response.setExitcode(code ?? 1);
        });
        call.end();
    });
    call.on("cancelled", () => child.kill());
}

function assignment(text: string): readonly [string, string] {
    const at = text.indexOf("=");
    return [text.slice(0, at), text.slice(at + 1)];
}

/** Without a runner of one's own a program is an inline one, which the Automation API serves. */
function runProgram(): never {
    throw new Error("this language host runs policy packs and packages; programs are inline ones");
}

void serve(asService(languageServices, "LanguageRuntimeService"), {
    handshake: unary(() => new languageMessages.LanguageHandshakeResponse()),
    getRequiredPackages: unary(() => new languageMessages.GetRequiredPackagesResponse()),
    // The engine and its language hosts are one release.
    getPluginInfo: unary(() => pluginInfo(pinnedVersion().replace(/^v/, ""))),
    installDependencies: (call: grpc.ServerWritableStream<unknown, unknown>) => {
        call.end();
    },
    run: unary(runProgram),
    runPlugin,
    cancel: unary(() => new Empty()),
});
