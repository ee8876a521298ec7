/** How large the functions' bundles are, and how long a fresh process takes to load each: a cold start's part that is ours. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { bundleFunction, usesSdkOfRuntime } from "../../components/operations/lambdaCode";
import { middle } from "./report";
import { ROOT } from "./root";

const BYTES_MAX = 1_000_000;
const MILLISECONDS_MAX = 150;
const REPETITIONS = 7;

/** What functions read when they are loaded. Nothing is called. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
    AWS_REGION: "us-east-1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    DEAD_LETTER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/letters",
    EVENT_BUS_NAME: "bus",
    IDEMPOTENCY_TABLE: "idempotency",
    IMAGES_TABLE: "images",
    ORDER_VIEWS_TABLE: "order-views",
    PAYMENTS_TABLE: "payments",
    PAYMENT_PROVIDER_SECRET_ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:provider",
    PAYMENT_PROVIDER_URL: "https://payments.example.com",
    STATE_MACHINE_ARN: "arn:aws:states:us-east-1:111122223333:stateMachine:order",
};

const LOAD = `
const started = performance.now();
const { handler } = require(process.argv[1]);
const took = performance.now() - started;
if (typeof handler !== "function") throw new Error("there is no handler");
process.stdout.write(String(took));
`;

/** The systems' functions, whose bundles bring the SDK along: not those that components have for themselves. */
export function functionNames(): string[] {
    return fs
        .readdirSync(path.join(ROOT, "functions"), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== "shared" && !usesSdkOfRuntime(entry.name))
        .map(({ name }) => name)
        .sort();
}

/** How long each of several fresh processes takes to load a file. */
function loadTimes(file: string): number[] {
    return Array.from({ length: REPETITIONS }, () =>
        Number(execFileSync(process.execPath, ["-e", LOAD, file], { encoding: "utf8", env: ENVIRONMENT })),
    );
}

/** A table with a line for each function that brings the SDK along. */
export function functionsTable(): string {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "meridian-functions-"));
    try {
        const rows = functionNames().map((name) => {
            const file = path.join(directory, `${name}.js`);
            const text = bundleFunction(name);
            fs.writeFileSync(file, text);
            const times = loadTimes(file);
            const shortest = Math.min(...times);
            const bytes = Buffer.byteLength(text);
            const isWithin = bytes < BYTES_MAX && shortest < MILLISECONDS_MAX;
            return [
                name.padEnd(18),
                `${(bytes / 1000).toFixed(0)} kB`.padStart(8),
                `${shortest.toFixed(0)} ms`.padStart(8),
                `${middle(times).toFixed(0)} ms`.padStart(8),
                isWithin ? "" : "  over",
            ].join("");
        });
        const head = `${"function".padEnd(18)}${"bundle".padStart(8)}${"load".padStart(8)}${"median".padStart(8)}`;
        const limits = `Limits: ${BYTES_MAX / 1000} kB, ${MILLISECONDS_MAX} ms for the quickest of ${REPETITIONS} fresh processes.`;
        return [head, ...rows, limits, ""].join("\n");
    } finally {
        fs.rmSync(directory, { recursive: true });
    }
}
