/**
 * Functions as Lambda runs them: the built bundle, in a thread with variables and modules of its own. Other than Lambda it takes
 * several calls at a time; who wants more environments starts more.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";

import { hashOf } from "../../../functions/shared/ids";
import { functionText } from "../../../components/operations/lambdaCode";

/** A running function. */
export interface LocalFunction {
    /**
     * Calls it.
     *
     * @throws LambdaError where the handler throws, as Lambda tells of it.
     */
    invoke<T = unknown>(event: unknown): Promise<T>;
    /** What it has written to its log, a line each. */
    logs(): string[];
    stop(): Promise<void>;
}

/** How Lambda tells of a handler's error. */
export class LambdaError extends Error {
    constructor(
        readonly errorType: string,
        readonly errorMessage: string,
    ) {
        super(`${errorType}: ${errorMessage}`);
    }
}

const FOLDER = resolve(__dirname, "../../../.cache/functions");

// Plain JavaScript: a thread has no loader for TypeScript, and is to have nothing but the bundle.
const BOOT = `
const { parentPort, workerData } = require("node:worker_threads");
const { handler } = require(workerData.file);
parentPort.on("message", async ({ id, event, milliseconds }) => {
    const until = Date.now() + milliseconds;
    const context = {
        awsRequestId: id,
        functionName: workerData.name,
        functionVersion: "1",
        invokedFunctionArn: "arn:aws:lambda:us-east-1:111122223333:function:" + workerData.name,
        memoryLimitInMB: "512",
        logGroupName: "/aws/lambda/" + workerData.name,
        logStreamName: "test",
        callbackWaitsForEmptyEventLoop: true,
        getRemainingTimeInMillis: () => Math.max(0, until - Date.now()),
    };
    try {
        parentPort.postMessage({ id, answer: JSON.stringify(await handler(event, context)) });
    } catch (error) {
        parentPort.postMessage({ id, error: { type: error?.name ?? "Error", message: error?.message ?? String(error) } });
    }
});
parentPort.postMessage({ id: "ready" });
`;

/** Where a function's bundle is, built where it has changed. */
export function bundleFile(name: string): string {
    const text = functionText(name);
    const folder = join(FOLDER, `${name}-${hashOf(text).slice(0, 16)}`);
    const file = join(folder, "index.js");
    if (!existsSync(file)) {
        mkdirSync(folder, { recursive: true });
        // Several tests may build at once.
        const draft = join(folder, `${process.pid}.js`);
        writeFileSync(draft, text);
        renameSync(draft, file);
    }
    return file;
}

interface Reply {
    id: string;
    answer?: string;
    error?: { type: string; message: string };
}

/** What a call may take, as the function's timeout. */
const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Starts a function.
 *
 * @param name Its folder under functions/.
 * @param environment Its variables, beside those that Lambda sets.
 */
export async function startFunction(
    name: string,
    environment: Readonly<Record<string, string>>,
): Promise<LocalFunction> {
    const worker = new Worker(BOOT, {
        eval: true,
        // A thread would take over the flags of the tests' own loader.
        execArgv: [],
        workerData: { name, file: bundleFile(name) },
        stdout: true,
        stderr: true,
        env: {
            AWS_REGION: "us-east-1",
            AWS_ACCESS_KEY_ID: "111122223333",
            AWS_SECRET_ACCESS_KEY: "test",
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
            AWS_LAMBDA_FUNCTION_NAME: name,
            POWERTOOLS_SERVICE_NAME: name,
            ...environment,
        },
    });
    const waiting = new Map<string, (reply: Reply) => void>();
    let output = "";
    for (const stream of [worker.stdout, worker.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    worker.on("message", (reply: Reply) => {
        waiting.get(reply.id)?.(reply);
        waiting.delete(reply.id);
    });
    await new Promise<void>((fulfil, reject) => {
        waiting.set("ready", () => {
            fulfil();
        });
        worker.once("error", reject);
        worker.once("exit", (code) => {
            reject(new Error(`the function ${name} ended with ${code}: ${output}`));
        });
    });
    worker.removeAllListeners("exit");
    worker.removeAllListeners("error");
    worker.on("error", (error) => {
        for (const [id, reply] of waiting) {
            reply({ id, error: { type: "Runtime.ExitError", message: error.message } });
        }
        waiting.clear();
    });
    let calls = 0;
    return {
        invoke: <T>(event: unknown) =>
            new Promise<T>((fulfil, reject) => {
                const id = `${name}-${(calls += 1)}`;
                waiting.set(id, ({ answer, error }) => {
                    if (error === undefined) {
                        fulfil((answer === undefined ? undefined : JSON.parse(answer)) as T);
                    } else {
                        reject(new LambdaError(error.type, error.message));
                    }
                });
                worker.postMessage({ id, event, milliseconds: TIMEOUT_MILLISECONDS });
            }),
        logs: () => output.split("\n").filter((line) => line !== ""),
        stop: async () => {
            await worker.terminate();
        },
    };
}
