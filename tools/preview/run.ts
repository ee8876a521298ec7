/** One run of a program: the engine's side of it. */
import * as pulumi from "@pulumi/pulumi";
import { regionOf } from "./aws/provider";
import { classProperties } from "./aws/classProperties";
import { zonesOf } from "./aws/zones";
import { Deployment, type Goal, type Resource } from "./deployment";
import { type RunOptions, type RunResult } from "./runOptions";
import { captureRejections, describeError, Failures } from "./failures";
import { suspicionText } from "./inputChecks";
import { Leftovers } from "./leftovers";
import { answerAnyInvoke, answerInvoke } from "./invokes";
import { type InvokeCall, Monitor, type MonitorHandler } from "./monitor";
import { Registrar } from "./registrar";
import { canExpand, expandable, expandRemote } from "./remote";
import { connect, finished } from "./sdk";
import { Transforms } from "./transforms";
import { type Diagnostic, type InvokeRecord, type Properties, type StepOp } from "./types";
import { markId } from "./unknownMarker";
import { createUrn, isDefaultProvider, STACK_TYPE } from "./urn";
import { masked, plain, MASK, UNKNOWN } from "./values";

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** Runs one program and answers it. */
export class Run implements MonitorHandler {
    readonly #deployment: Deployment;
    readonly #registrar: Registrar;
    readonly #options: RunOptions;
    readonly #config: Readonly<Record<string, string>>;
    readonly #diagnostics: Diagnostic[] = [];
    readonly #invokes: InvokeRecord[] = [];
    readonly #failures = new Failures();
    readonly #said = new Set<string>();
    readonly #properties = new Map<string, readonly string[]>();
    #transforms: Transforms | undefined;

    constructor(options: RunOptions) {
        this.#options = options;
        this.#config = options.config ?? {};
        this.#deployment = new Deployment(
            options.project ?? "meridian",
            options.stack ?? "test",
            options.organization ?? "organization",
        );
        this.#registrar = new Registrar({
            deployment: this.#deployment,
            config: this.#config,
            folder: options.folder ?? process.cwd(),
            region: options.lenient === true ? this.#config["aws:region"] : undefined,
            propertiesOf: (type) => this.#properties.get(type) ?? classProperties(type),
            note:
                options.lenient === true
                    ? (message, urn) => {
                          this.#diagnostics.push({ severity: "warning", message, urn });
                      }
                    : undefined,
        });
        this.#diagnostics.push(...(options.notes ?? []));
    }

    /** Runs the program to its end. */
    async execute(program: () => unknown): Promise<RunResult> {
        const restoreRejections = captureRejections((error) => {
            this.failed(error);
        });
        const { callbacks, disconnect } = await connect({
            monitor: new Monitor(this),
            project: this.#deployment.project,
            stack: this.#deployment.stack,
            organization: this.#deployment.organization,
            config: this.#config,
            secretKeys: this.#options.secretKeys ?? [],
            log: (severity, message, resource) => {
                this.#log(severity, message, resource);
            },
            markId: (resource, id) =>
                markId(resource, id, (urn) => this.#deployment.resources.get(urn)?.op === "read"),
            onProperties: (type, names) => {
                this.#properties.set(type, names);
            },
        });
        this.#transforms = new Transforms(
            callbacks,
            (urn) => this.#deployment.resources.get(urn)?.goal.parent ?? "",
        );
        const leftovers = this.#options.lenient === true ? new Leftovers() : undefined;
        try {
            await finished(
                pulumi.runtime.runInPulumiStack(() => Promise.resolve().then(program)),
                this.#failures.happened,
                leftovers,
            );
            if (this.#failures.first === undefined) {
                this.#tellOf(leftovers?.left() ?? []);
            }
        } catch (error) {
            this.failed(error);
        } finally {
            disconnect();
            restoreRejections();
        }
        return this.#result();
    }

    async register(goal: Goal, transforms: readonly string[]): Promise<Resource> {
        const wanted = (await this.#transforms?.apply(goal, transforms)) ?? goal;
        const resource = this.#registrar.create(wanted);
        this.#transforms?.keep(resource.urn, transforms);
        this.#options.onResource?.(resource.urn);
        if (wanted.remote) {
            await this.#expand(wanted, resource);
        }
        return resource;
    }

    async read(goal: Goal, id: string): Promise<Resource> {
        const wanted = (await this.#transforms?.apply(goal, [])) ?? goal;
        if (wanted.type !== STACK_REFERENCE) {
            return this.#registrar.read(wanted, id);
        }
        const outputs = this.#options.stackOutputs?.(id);
        if (outputs === undefined) {
            this.#unknown(
                new Error(`unknown stack '${id}'`),
                `The outputs of the stack ${id} are unknown: give them by --stack-outputs ${id}=<file>, a file that \`pulumi stack output --json\` or \`pulumi stack export\` wrote`,
            );
        }
        return this.#registrar.readStack(wanted, outputs);
    }

    registerOutputs(urn: string, outputs: Properties): void {
        const resource = this.#deployment.resources.get(urn);
        if (resource !== undefined) {
            resource.outputs = outputs;
        }
    }

    async lookUp(urn: string): Promise<Resource> {
        const resource = this.#deployment.resources.get(urn);
        return resource === undefined
            ? Promise.reject(new Error(`unknown resource ${urn}`))
            : Promise.resolve(resource);
    }

    async invoke(call: InvokeCall): Promise<Properties> {
        const { args, provider: asked } = (await this.#transforms?.applyToInvoke(call)) ?? call;
        const provider = this.#registrar.providerForInvoke(call.token, asked, call.version);
        const inputs = this.#registrar.providerInputs(provider);
        const suspicion = suspicionText(args);
        if (suspicion !== undefined) {
            this.#unknown(new Error(`${call.token}: ${suspicion}`), `${call.token}: ${suspicion}`);
        }
        const answer = (this.#options.lenient === true ? answerAnyInvoke : answerInvoke)(
            { ...call, args },
            inputs,
        );
        if (answer.note !== undefined) {
            this.#say(answer.note);
        }
        const { result, region } = answer;
        this.#invokes.push({
            token: call.token,
            args,
            provider,
            result,
            ...(region === undefined ? {} : { region }),
        });
        return result;
    }

    /** A method of a resource, which runs in its provider's plugin. */
    async call(token: string): Promise<Properties> {
        const method = token.replace("/", ".");
        this.#unknown(
            new Error(`The offline preview cannot call the method ${token} of a provider`),
            `What the method ${method} answers is unknown: its provider's plugin runs it`,
        );
        // One unknown value makes all of the answer unknown.
        return Promise.resolve({ answer: UNKNOWN });
    }

    /** Says what is unknown in somebody else's program; in this project's own that is an error. */
    #unknown(error: Error, note: string): void {
        if (this.#options.lenient !== true) {
            throw error;
        }
        this.#say(note);
    }

    #tellOf(left: readonly string[]): void {
        if (left.length > 0) {
            this.#say(
                `The program does not end (${left.join(", ")}): what it would register later is not shown`,
            );
        }
    }

    /** Says something once. */
    #say(message: string): void {
        if (!this.#said.has(message)) {
            this.#said.add(message);
            this.#diagnostics.push({ severity: "info", message });
        }
    }

    addStackTransform(token: string): void {
        this.#transforms?.addForStack(token);
    }

    addInvokeTransform(token: string): void {
        this.#transforms?.addForInvokes(token);
    }

    failed(error: unknown): void {
        this.#failures.add(error);
    }

    #log(severity: Diagnostic["severity"], message: string, resource: pulumi.Resource | undefined): void {
        const index = this.#diagnostics.push({ severity, message }) - 1;
        resource?.urn.apply((urn) => {
            this.#diagnostics[index] = { severity, message, urn };
        });
    }

    /** Stands in for the plugin of a remote component. */
    async #expand(goal: Goal, resource: Resource): Promise<void> {
        if (!canExpand(goal)) {
            this.#unknown(
                new Error(
                    `The offline preview cannot expand the component ${goal.type}: only ${expandable().join(", ")} are made by a plugin that it stands in for`,
                ),
                `${goal.type} is made by a plugin: what is inside is not shown, and its outputs are unknown`,
            );
            return;
        }
        const provider = this.#registrar.providerForChildren(resource.urn, "aws:index:Provider");
        const region = regionOf(this.#registrar.providerInputs(provider)) ?? "";
        const expansion = await expandRemote(goal, resource.urn, {
            provider,
            version: "",
            region,
            stack: this.#deployment.stack,
            register: (child) => this.register(child, []),
            zones: () => zonesOf(region),
            find: (isWanted) => [...this.#deployment.resources.values()].find(isWanted),
            invoke: (token, args) => this.invoke({ token, args, provider, version: "" }),
        });
        resource.outputs = expansion.outputs;
        resource.unknownOutputs = expansion.unknown;
        resource.outputDependencies = expansion.dependencies;
    }

    #result(): RunResult {
        const { stack, project, resources } = this.#deployment;
        const root = resources.get(createUrn(stack, project, undefined, STACK_TYPE, `${project}-${stack}`));
        const rawOutputs = root?.outputs ?? {};
        const steps = this.#deployment.steps();
        const changeSummary: Partial<Record<StepOp, number>> = {};
        for (const step of steps.filter(({ urn }) => !isDefaultProvider(urn))) {
            changeSummary[step.op] = (changeSummary[step.op] ?? 0) + 1;
        }
        const cause = this.#failures.first;
        // The first refusal is the error itself.
        const others = this.#failures.refused.filter((error) => error !== cause);
        const diagnostics = [
            ...this.#diagnostics,
            ...others.map(({ message, urn }) => ({ severity: "error" as const, message, urn })),
        ];
        return {
            preview: {
                stack,
                config: this.#maskedConfig(),
                steps,
                outputs: masked(rawOutputs),
                changeSummary,
                diagnostics,
                invokes: this.#invokes,
                ...(cause === undefined ? {} : { error: describeError(cause) }),
            },
            states: steps.map((step) => step.newState),
            rawOutputs,
            plainOutputs: plain(rawOutputs),
            ...(cause === undefined ? {} : { cause }),
        };
    }

    #maskedConfig(): Record<string, string> {
        const secrets = new Set(this.#options.secretKeys ?? []);
        const entries = Object.entries(this.#config);
        return Object.fromEntries(entries.map(([key, value]) => [key, secrets.has(key) ? MASK : value]));
    }
}
