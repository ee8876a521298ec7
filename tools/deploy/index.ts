/**
 * `npm run up`, `npm run destroy`, `npm run preview:live`: the stacks of an environment in the order of what reads
 * what, on Pulumi's Automation API.
 */
import "../preview/lightSdk";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type * as catalogue from "../../regions/catalogue";
import type * as automation from "./automationRunner";
import type * as rds from "./databaseRds";
import { main } from "./main";
import { type Interrupt, type World } from "./world";
import { systemClock } from "../shared/clock";
import { endQuietlyWithoutReader } from "../shared/streams";

const load = createRequire(__filename);

const world: World = {
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock,
    projectDir: resolve(__dirname, "../.."),
    catalogueOf: (environment) =>
        (load("../../regions/catalogue") as typeof catalogue).catalogueOf(environment),
    // Pulumi's SDK and AWS's take a while to load: a wrong call or a dry run is answered without them.
    runner: (options, projectDir, project) => {
        const { AutomationRunner } = load("./automationRunner") as typeof automation;
        return Promise.resolve(
            new AutomationRunner({
                projectDir,
                project,
                message: `npm run ${options.verb}`,
                ...(options.organization === undefined ? {} : { organization: options.organization }),
            }),
        );
    },
    database: (deployRoleArn) => {
        const { rdsDatabase } = load("./databaseRds") as typeof rds;
        return Promise.resolve(rdsDatabase(deployRoleArn));
    },
    ask: process.stdin.isTTY ? ask : undefined,
    onInterrupt,
};

async function ask(question: string): Promise<string> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
        return await terminal.question(question);
    } finally {
        terminal.close();
    }
}

function onInterrupt(handle: (signal: Interrupt) => void): () => void {
    // A terminal sends Ctrl-C to the whole group of processes; anything else means this process alone.
    const onSigint = (): void => {
        handle({ name: "SIGINT", reachedChildren: process.stdin.isTTY });
    };
    const onSigterm = (): void => {
        handle({ name: "SIGTERM", reachedChildren: false });
    };
    process.on("SIGINT", onSigint).on("SIGTERM", onSigterm);
    return () => {
        process.off("SIGINT", onSigint).off("SIGTERM", onSigterm);
    };
}

endQuietlyWithoutReader();

void main(process.argv.slice(2), world).then((status) => {
    process.exitCode = status;
});
