/** Pulumi by its Automation API: the stacks of the project's own folder, with the `pulumi` that is on the path. */
import {
    type Deployment,
    fullyQualifiedStackName,
    LocalWorkspace,
    type OpMap,
    type PreviewResult,
    PulumiCommand,
    Stack,
} from "@pulumi/pulumi/automation";
import { messageOf, StackFailure } from "./errors";
import {
    type Changes,
    type PendingOperation,
    type StackRunner,
    type StateResource,
    type Watch,
} from "./stackRunner";

/** How the Automation API is set up. */
export interface AutomationOptions {
    /** Where `Pulumi.yaml` is. */
    readonly projectDir: string;
    /** The organization of the stacks; left out, the backend's default. */
    readonly organization?: string;
    /** The project's name; needed with an organization. */
    readonly project?: string;
    /** What updates are called in the stacks' history. */
    readonly message: string;
}

/** Lines of Pulumi's output that are shown of a failure. */
const TAIL_LINES = 20;

/** What Pulumi prints when a signal asks it to stop. */
const INTERRUPTED = /(?:\^C|SIGTERM) received; cancelling/;

/** Runs Pulumi through the Automation API. */
export class AutomationRunner implements StackRunner {
    private workspace: Promise<LocalWorkspace> | undefined;
    private readonly stacks = new Map<string, Stack>();

    constructor(private readonly options: AutomationOptions) {}

    async open(stack: string, create: boolean): Promise<"found" | "made" | "missing"> {
        const workspace = await this.ready();
        if (this.stacks.has(stack)) {
            return "found";
        }
        const name = this.fullName(stack);
        try {
            // Stack.select runs `pulumi stack select`, which fails where there is none.
            this.stacks.set(stack, await Stack.select(name, workspace));
            return "found";
        } catch (error) {
            if (!(error instanceof Error) || error.name !== "StackNotFoundError") {
                throw failure(stack, "cannot be opened", error, []);
            }
        }
        if (!create) {
            return "missing";
        }
        try {
            this.stacks.set(stack, await Stack.create(name, workspace));
            return "made";
        } catch (error) {
            throw failure(stack, "cannot be made", error, []);
        }
    }

    async preview(stack: string, watch: Watch): Promise<Changes> {
        const { changeSummary } = await this.operate<PreviewResult>(
            stack,
            "preview",
            watch,
            (found, onOutput) =>
                found.preview({ ...this.common(), onOutput, onError: onOutput, signal: watch.signal }),
        );
        return changesOf(changeSummary);
    }

    async up(stack: string, watch: Watch): Promise<Changes> {
        const { summary } = await this.operate(stack, "up", watch, (found, onOutput) =>
            found.up({
                ...this.common(),
                message: this.options.message,
                onOutput,
                onError: onOutput,
                signal: watch.signal,
                // The summary is read from the history, which would hold the configuration's secrets in clear.
                showSecrets: false,
            }),
        );
        return changesOf(summary.resourceChanges);
    }

    async destroy(stack: string, refresh: boolean, watch: Watch): Promise<Changes> {
        const { summary } = await this.operate(stack, "destroy", watch, (found, onOutput) =>
            found.destroy({
                ...this.common(),
                message: this.options.message,
                refresh,
                onOutput,
                onError: onOutput,
                signal: watch.signal,
                showSecrets: false,
            }),
        );
        return changesOf(summary.resourceChanges);
    }

    async outputs(stack: string): Promise<Readonly<Record<string, unknown>>> {
        const outputs = await this.ask(stack, "outputs", (found) => found.outputs());
        return Object.fromEntries(
            Object.entries(outputs).map(([key, { value }]): [string, unknown] => [key, value]),
        );
    }

    async resources(stack: string): Promise<readonly StateResource[]> {
        return resourcesOf(await this.ask(stack, "state", (found) => found.exportStack()));
    }

    async pending(stack: string): Promise<readonly PendingOperation[]> {
        return pendingOf(await this.ask(stack, "state", (found) => found.exportStack()));
    }

    private ready(): Promise<LocalWorkspace> {
        this.workspace ??= PulumiCommand.get().then(
            (pulumiCommand) => LocalWorkspace.create({ workDir: this.options.projectDir, pulumiCommand }),
            (error: unknown) => {
                throw new Error(
                    "Pulumi's command line cannot be run; install it and put it on the path " +
                        `(https://www.pulumi.com/docs/install): ${firstLine(standardError(messageOf(error)))}`,
                );
            },
        );
        return this.workspace;
    }

    private fullName(stack: string): string {
        const { organization, project } = this.options;
        return organization === undefined || project === undefined
            ? stack
            : fullyQualifiedStackName(organization, project, stack);
    }

    private async found(stack: string): Promise<Stack> {
        if (!this.stacks.has(stack)) {
            await this.open(stack, false);
        }
        const found = this.stacks.get(stack);
        if (found === undefined) {
            throw new StackFailure(stack, `stack ${stack} does not exist in the backend`);
        }
        return found;
    }

    private common(): { color: "never" } {
        // The output goes to a file.
        return { color: "never" };
    }

    private async operate<T>(
        stack: string,
        verb: string,
        watch: Watch,
        work: (found: Stack, onOutput: (text: string) => void) => Promise<T>,
    ): Promise<T> {
        const found = await this.found(stack);
        const heard = { last: "", interrupted: false };
        let result: T;
        try {
            result = await work(found, (text) => {
                heard.last = (heard.last + text).slice(-20_000);
                heard.interrupted ||= INTERRUPTED.test(heard.last);
                watch.onOutput(text);
            });
        } catch (error) {
            throw failure(stack, `pulumi ${verb} failed`, error, tailOf(heard.last));
        }
        // Pulumi ends with status 0 when it was interrupted while it deleted, whatever is left to delete.
        if (heard.interrupted) {
            throw new StackFailure(stack, `${stack}: pulumi ${verb} was interrupted before its end`);
        }
        return result;
    }

    private async ask<T>(stack: string, what: string, work: (found: Stack) => Promise<T>): Promise<T> {
        const found = await this.found(stack);
        try {
            return await work(found);
        } catch (error) {
            throw failure(stack, `its ${what} cannot be read`, error, []);
        }
    }
}

function changesOf(changes: OpMap | undefined): Changes {
    return Object.fromEntries(Object.entries(changes ?? {}).filter(([, count]) => count > 0));
}

function failure(stack: string, what: string, error: unknown, tail: readonly string[]): StackFailure {
    if (error instanceof Error && error.name === "ConcurrentUpdateError") {
        return new StackFailure(
            stack,
            `somebody else is updating ${stack}, or an update of it was killed; once it is certain that none is ` +
                `running, free it with: pulumi cancel --yes --stack ${stack}`,
            tail,
        );
    }
    const shown = tail.length > 0 ? tail : tailOf(standardError(messageOf(error)));
    return new StackFailure(stack, `${stack}: ${what}`, shown);
}

/** What the Automation API's error says that the command wrote to standard error. */
function standardError(message: string): string {
    return /stderr: (?<text>[\s\S]*?)\n err\?:/.exec(message)?.groups?.["text"] ?? message;
}

function tailOf(text: string): readonly string[] {
    return text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== "")
        .slice(-TAIL_LINES);
}

function firstLine(text: string): string {
    return text.split("\n").find((line) => line.trim() !== "") ?? text;
}

interface ExportedResource {
    readonly urn?: string;
    readonly type?: string;
    readonly custom?: boolean;
    readonly id?: string;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly delete?: boolean;
    readonly inputs?: Record<string, unknown>;
    readonly outputs?: Record<string, unknown>;
}

/** The resources of an exported state. */
export function resourcesOf(exported: Deployment): readonly StateResource[] {
    const { resources = [] } = (exported.deployment ?? {}) as { resources?: readonly ExportedResource[] };
    return resources.map((resource) => ({
        urn: resource.urn ?? "",
        type: resource.type ?? "",
        custom: resource.custom ?? false,
        id: resource.id ?? "",
        protect: resource.protect ?? false,
        retainOnDelete: resource.retainOnDelete ?? false,
        inputs: resource.inputs ?? {},
        outputs: resource.outputs ?? {},
    }));
}

interface ExportedOperation {
    readonly type?: string;
    readonly resource?: {
        readonly urn?: string;
        readonly parent?: string;
        /** `<URN>::<id>` */
        readonly provider?: string;
    };
}

/** The operations of an exported state that were begun and not ended. */
function pendingOf(exported: Deployment): readonly PendingOperation[] {
    const { pending_operations: operations } = (exported.deployment ?? {}) as {
        pending_operations?: readonly ExportedOperation[] | null;
    };
    return (operations ?? []).map(({ resource = {}, type = "" }) => ({
        urn: resource.urn ?? "",
        kind: type,
        parent: resource.parent ?? "",
        provider: (resource.provider ?? "").replace(/::[^:]*$/, ""),
    }));
}
