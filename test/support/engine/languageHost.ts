/**
 * `pulumi-language-nodejs`, as far as the engine needs it for what it starts by itself: programs, policy packs and packages
 * of components, run by the SDK's own runners. Pulumi's language host is a Go program that no module of Go offers.
 *
 * The last argument is the engine's address.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import * as languageServices from "@pulumi/pulumi/proto/language_grpc_pb";
import * as languageMessages from "@pulumi/pulumi/proto/language_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { pinnedVersion } from "../../../tools/engine/binary";
import { asService, serve, unary } from "./grpcService";
import { pluginInfo } from "./pluginAnswers";

/** What runs, and ends with this process. */
const children = new Set<ChildProcess>();
process.on("exit", () => {
    for (const child of children) {
        child.kill();
    }
});

function untilItsEnd(child: ChildProcess): void {
    children.add(child);
    child.on("close", () => children.delete(child));
}

/** A runner of the SDK that what lies in a folder is written with. */
function sdkRunner(runner: string, folder: string): string {
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
    const runner = sdkRunner(kind === "analyzer" ? "run-policy-pack" : "run-plugin", folder);
    const child = spawn(process.execPath, [runner, ...args], {
        cwd: kind === "analyzer" ? folder : request.getPwd(),
        env: { ...process.env, ...Object.fromEntries(request.getEnvList().map(assignment)) },
        stdio: ["ignore", "pipe", "pipe"],
    });
    untilItsEnd(child);
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

/** The status with which the SDK's runner ends when it has told the engine itself what is wrong. */
const TOLD = 32;

/** Options of `runtime` in Pulumi.yaml that a program is run with. */
interface RuntimeOptions {
    readonly typescript?: boolean;
    readonly nodeargs?: string;
}

/** A flag of the SDK's runner, where it has a value. */
function flag(name: string, value: string): readonly string[] {
    return value === "" ? [] : [`--${name}`, value];
}

/** Runs a program, whose output is shown as this process's. */
async function runProgram(request: languageMessages.RunRequest): Promise<languageMessages.RunResponse> {
    const info = request.getInfo();
    const folder = info?.getProgramDirectory() ?? request.getPwd();
    const options = (info?.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
    const args = [
        ...(options.nodeargs ?? "").split(" ").filter((word) => word !== ""),
        sdkRunner("run", folder),
        ...flag("monitor", request.getMonitorAddress()),
        ...flag("engine", process.argv.at(-1) ?? ""),
        ...flag("organization", request.getOrganization()),
        ...flag("project", request.getProject()),
        ...flag("root-directory", info?.getRootDirectory() ?? ""),
        ...flag("stack", request.getStack()),
        ...flag("pwd", request.getPwd()),
        ...(request.getDryrun() ? ["--dry-run"] : []),
        ...flag("parallel", String(request.getParallel())),
        info?.getEntryPoint() ?? request.getProgram(),
        ...request.getArgsList(),
    ];
    const status = await new Promise<number>((resolve, reject) => {
        const child = spawn(process.execPath, args, {
            cwd: request.getPwd(),
            env: {
                ...process.env,
                PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
                PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
                PULUMI_NODEJS_TYPESCRIPT: String(options.typescript ?? true),
            },
            stdio: ["ignore", "inherit", "inherit"],
        });
        untilItsEnd(child);
        child.on("error", reject).on("close", (code) => {
            resolve(code ?? 1);
        });
    });
    const response = new languageMessages.RunResponse();
    response.setBail(status === TOLD);
    if (status !== 0 && status !== TOLD) {
        response.setError(`Program exited with non-zero exit code: ${status}`);
    }
    return response;
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
