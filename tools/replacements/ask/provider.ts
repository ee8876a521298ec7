/** A provider of Terraform's as a process of its own, and what it can be asked. */
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, statSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { type Block, type Diagnostic, type Methods, SERVICE, type Value, pack, unpack } from "./protocol";

/** What the provider consists of. */
export interface ProviderSchema {
    /** Its own settings. */
    readonly provider: Block;
    /** Its types of resources by name, `aws_instance`. */
    readonly resources: ReadonlyMap<string, Block>;
}

/** A change to be planned. */
export interface Change {
    /** `aws_instance`. */
    readonly type: string;
    /** The resource as it is. */
    readonly prior: Value;
    /** The resource as it is to be, with what the provider computed before. */
    readonly proposed: Value;
    /** What a program says of the resource as it is to be. */
    readonly config: Value;
}

/** What came of a change. */
export type Plan =
    | { readonly refused: string }
    | {
          readonly refused?: undefined;
          readonly planned: Value;
          /** Properties for whose change there will be another resource, as paths with dots; items have no name. */
          readonly replaces: readonly string[];
      };

/** The provider is gone, or does not answer. */
export class ProviderFailure extends Error {
    override readonly name = "ProviderFailure";
}

/** What go-plugin wants to see before it serves: whoever starts a provider by mistake is told so instead. */
const COOKIE = {
    TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    PLUGIN_PROTOCOL_VERSIONS: "5",
};

/**
 * Nothing is to reach AWS. Some plans look something up there; as port 9 of this machine is a proxy that nobody runs,
 * such a call fails at once, and the provider refuses the plan. What the machine itself says of AWS, of proxies and of
 * Terraform is left out.
 */
const NOWHERE = {
    HTTP_PROXY: "http://127.0.0.1:9",
    HTTPS_PROXY: "http://127.0.0.1:9",
    AWS_ACCESS_KEY_ID: "made-up",
    AWS_SECRET_ACCESS_KEY: "made-up",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
};
const LEFT_OUT = /^(?:aws_|tf_|.*_proxy$)/i;

/** Its log would be tens of megabytes. */
const QUIET = { TF_LOG_SDK: "OFF", TF_LOG_SDK_PROTO: "OFF", TF_LOG_PROVIDER: "OFF" };

/** The provider's settings, of which each is used that it has. */
const SETTINGS: Readonly<Record<string, Value>> = {
    region: "us-east-1",
    access_key: "made-up",
    secret_key: "made-up",
    max_retries: 1,
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_region_validation: true,
    skip_metadata_api_check: "true",
};

/** A version of Terraform that speaks the protocol. */
const TERRAFORM = "1.9.0";

/** How much of what the process says is kept: it says who it is first, and why it ends last. */
const FIRST_WORDS = 2000;
const LAST_WORDS = 30_000;
/** How much of it is told. */
const TOLD = 600;

/** How long an answer may take, in milliseconds; the schema of a large provider takes some seconds. */
const PATIENCE = 60_000;

/** @returns what is wrong with the path of a provider's executable, if anything is. */
export function wrongExecutable(file: string): string | undefined {
    try {
        if (!statSync(file).isFile()) {
            return `${file} is no file.`;
        }
        accessSync(file, constants.X_OK);
        return undefined;
    } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        return code === "EACCES" ? `${file} is no program: it may not be executed.` : `There is no ${file}.`;
    }
}

/** A provider that runs. */
export class Provider {
    readonly #process: ProviderProcess;
    readonly #client: grpc.Client;
    readonly #patience: number;

    private constructor(process: ProviderProcess, address: string, patience: number) {
        this.#process = process;
        this.#patience = patience;
        this.#client = new grpc.Client(address, grpc.credentials.createInsecure(), {
            "grpc.max_receive_message_length": -1,
            "grpc.enable_http_proxy": 0,
        });
    }

    /**
     * Starts a provider.
     *
     * @throws {@link ProviderFailure} when the program is no provider, or says nothing for `patience` milliseconds.
     */
    static async start(file: string, patience = PATIENCE): Promise<Provider> {
        const process = new ProviderProcess(file);
        try {
            const address = addressIn(file, await process.firstLine(patience));
            return new Provider(process, address, patience);
        } catch (error) {
            await process.stop();
            throw error;
        }
    }

    /** As it calls itself: `hashicorp/aws 5.100.0`. */
    get name(): string {
        return this.#process.name();
    }

    /** What it consists of. */
    async schema(): Promise<ProviderSchema> {
        const { provider, resourceSchemas, diagnostics } = await this.#call("GetSchema", {});
        refuseErrors("has no schema to tell", diagnostics);
        return {
            provider: provider?.block ?? { attributes: [], blockTypes: [] },
            // They come in another order each time.
            resources: new Map(
                Object.entries(resourceSchemas)
                    .sort(([one], [other]) => (one < other ? -1 : 1))
                    .map(([type, { block }]) => [type, block]),
            ),
        };
    }

    /** Gives it its settings, with credentials that are made up. */
    async configure({ provider }: ProviderSchema): Promise<void> {
        const config = Object.fromEntries([
            ...provider.attributes.map(({ name }) => [name, SETTINGS[name] ?? null] as const),
            ...provider.blockTypes.map(({ typeName }) => [typeName, []] as const),
        ]);
        const { diagnostics } = await this.#call("Configure", {
            terraformVersion: TERRAFORM,
            config: pack(config),
        });
        refuseErrors("does not take its settings", diagnostics);
    }

    /** What it would do for this change. */
    async plan({ type, prior, proposed, config }: Change): Promise<Plan> {
        const { plannedState, requiresReplace, diagnostics } = await this.#call("PlanResourceChange", {
            typeName: type,
            priorState: pack(prior),
            proposedNewState: pack(proposed),
            config: pack(config),
            priorPrivate: Buffer.from('{"schema_version":"0"}'),
        });
        const refused = errorsIn(diagnostics);
        if (refused !== undefined || plannedState === null) {
            return { refused: refused ?? "it planned nothing" };
        }
        return {
            planned: unpack(plannedState),
            replaces: requiresReplace.map(({ steps }) =>
                steps.flatMap(({ attributeName }) => attributeName ?? []).join("."),
            ),
        };
    }

    /** Ends it. */
    async stop(): Promise<void> {
        this.#client.close();
        await this.#process.stop();
    }

    #call<Name extends keyof Methods>(
        method: Name,
        request: Methods[Name]["request"],
    ): Promise<Methods[Name]["response"]> {
        const definition = SERVICE[method] as grpc.MethodDefinition<
            Methods[Name]["request"],
            Methods[Name]["response"]
        >;
        return new Promise((resolve, reject) => {
            this.#client.makeUnaryRequest(
                definition.path,
                definition.requestSerialize,
                definition.responseDeserialize,
                request,
                { deadline: Date.now() + this.#patience },
                (error, response) => {
                    if (response === undefined) {
                        reject(
                            new ProviderFailure(
                                `The provider does not answer ${method}: ${error?.message ?? "no answer"}${this.#process.lastWords()}`,
                            ),
                        );
                    } else {
                        resolve(response);
                    }
                },
            );
        });
    }
}

/** The process, and what it says. */
class ProviderProcess {
    readonly #file: string;
    /** Its socket lies here, and would stay when it is ended. */
    readonly #folder = mkdtempSync(path.join(tmpdir(), "provider-"));
    readonly #child: ChildProcess;
    readonly #firstLine: Promise<{ readonly line: string }>;
    readonly #gone: Promise<string>;
    readonly #errors = { first: "", last: "" };
    // go-plugin ignores an interrupt, so the provider would outlive this process.
    readonly #end = (): void => {
        this.#child.kill("SIGKILL");
    };

    constructor(file: string) {
        this.#file = file;
        const child = spawn(path.resolve(file), [], {
            stdio: ["ignore", "pipe", "pipe"],
            env: {
                ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name))),
                ...COOKIE,
                ...NOWHERE,
                ...QUIET,
                PLUGIN_UNIX_SOCKET_DIR: this.#folder,
            },
        });
        this.#child = child;
        process.once("exit", this.#end);
        this.#firstLine = new Promise((resolve) => {
            let said = "";
            child.stdout.on("data", (data: Buffer) => {
                said += data.toString("utf8");
                const end = said.indexOf("\n");
                if (end >= 0) {
                    resolve({ line: said.slice(0, end) });
                }
            });
        });
        child.stderr.on("data", (data: Buffer) => {
            const text = data.toString("utf8");
            this.#errors.first = (this.#errors.first + text).slice(0, FIRST_WORDS);
            this.#errors.last = (this.#errors.last + text).slice(-LAST_WORDS);
        });
        this.#gone = new Promise((resolve) => {
            child.once("error", (error) => {
                resolve(`cannot be started: ${error.message}`);
            });
            child.once("close", (code, signal) => {
                resolve(`ended with ${signal ?? `status ${code ?? "unknown"}`}`);
            });
        });
    }

    /** Who it says that it is, as `hashicorp/aws 5.100.0`. */
    name(): string {
        const [, owner, name, version] =
            /([\w-]+)\/terraform-provider-([\w-]+)@([\w.+-]+)/.exec(this.#errors.first) ?? [];
        if (owner === undefined || name === undefined || version === undefined) {
            throw new ProviderFailure(
                `${this.#file} does not say which provider it is, and of which version${this.lastWords()}`,
            );
        }
        return `${owner}/${name} ${version}`;
    }

    /** The first line of its output, with which go-plugin says where it serves. */
    async firstLine(patience: number): Promise<string> {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<string>((resolve) => {
            timer = setTimeout(() => {
                resolve(`says nothing for ${patience / 1000} s`);
            }, patience);
        });
        const first = await Promise.race([this.#firstLine, this.#gone, late]);
        clearTimeout(timer);
        if (typeof first === "string") {
            throw new ProviderFailure(
                `${this.#file} does not start as a provider of Terraform's does: it ${first}${this.lastWords()}`,
            );
        }
        return first.line;
    }

    /** What it said last, to be told after what it did: of a program in Go that failed, why. */
    lastWords(): string {
        const { last } = this.#errors;
        const said = /^panic: .*$/m.exec(last)?.[0] ?? last.trim().slice(-TOLD);
        return said === "" ? "" : `; it said last: ${said}`;
    }

    async stop(): Promise<void> {
        process.off("exit", this.#end);
        this.#end();
        await this.#gone;
        rmSync(this.#folder, { recursive: true, force: true });
    }
}

/** The address in go-plugin's line `1|5|unix|/tmp/plugin|grpc|`: its own version, the protocol's, and where it serves. */
function addressIn(file: string, line: string): string {
    const [core, protocol, network, address, transport] = line.trim().split("|");
    if (core !== "1" || address === undefined || transport !== "grpc") {
        throw new ProviderFailure(
            `${file} does not start as a provider of Terraform's does: its first line is ${JSON.stringify(line.slice(0, TOLD))}`,
        );
    }
    if (protocol !== COOKIE.PLUGIN_PROTOCOL_VERSIONS) {
        throw new ProviderFailure(
            `${file} speaks version ${protocol ?? ""} of the providers' protocol; only ${COOKIE.PLUGIN_PROTOCOL_VERSIONS} is known here`,
        );
    }
    return network === "unix" ? `unix:${address}` : address;
}

function errorsIn(diagnostics: readonly Diagnostic[]): string | undefined {
    const errors = diagnostics.filter(({ severity }) => severity === "ERROR");
    return errors.length === 0
        ? undefined
        : errors.map(({ summary, detail }) => `${summary} ${detail}`.trim()).join("; ");
}

function refuseErrors(what: string, diagnostics: readonly Diagnostic[]): void {
    const errors = errorsIn(diagnostics);
    if (errors !== undefined) {
        throw new ProviderFailure(`The provider ${what}: ${errors}`);
    }
}
