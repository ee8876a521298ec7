/** A provider of three types, in this process; its program only says where it serves, as go-plugin does. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import {
    type Attribute,
    type AttributeType,
    type Block,
    type ConfigureRequest,
    type NestedBlock,
    type PlanRequest,
    type PlanResponse,
    SERVICE,
    type Value,
    pack,
    unpack,
} from "../../../tools/replacements/ask/protocol";
import { listen } from "../../support/engine/grpcService";

/** An object of values. */
export type Values = Readonly<Record<string, Value>>;

/** What was asked, with its values read. */
export interface Asked {
    readonly type: string;
    readonly prior: Values;
    readonly proposed: Values;
    readonly config: Values;
}

/** What the provider plans; an error is what it refuses with, and `end` that it ends. */
export interface Planned {
    readonly state?: Values;
    /** Steps; a number is an item. */
    readonly replaces?: readonly (readonly (string | number)[])[];
    readonly error?: string;
    readonly end?: true;
}

/** What a stand-in consists of. */
export interface StandIn {
    readonly resources: Readonly<Record<string, Block>>;
    readonly plan: (asked: Asked) => Planned;
    /** Methods that it never answers. */
    readonly silent?: readonly string[];
}

/** An attribute; optional where nothing else is said. */
export function attribute(name: string, type: AttributeType, rest: Partial<Attribute> = {}): Attribute {
    return { name, type: Buffer.from(JSON.stringify(type)), required: false, optional: true, ...rest };
}

/** A block in a block. */
export function nested(
    typeName: string,
    nesting: NestedBlock["nesting"],
    maxItems: number,
    ...attributes: readonly Attribute[]
): NestedBlock {
    return { typeName, nesting, maxItems, block: { attributes, blockTypes: [] } };
}

/** A program in a folder of its own. */
export class Program {
    readonly folder = mkdtempSync(path.join(tmpdir(), "stand-in-"));
    readonly file = path.join(this.folder, "provider");

    constructor(script: string) {
        writeFileSync(this.file, `#!/bin/sh\n${script}\n`);
        chmodSync(this.file, 0o755);
    }

    /** What it was started with. */
    environment(): string {
        return readFileSync(path.join(this.folder, "environment"), "utf8");
    }

    remove(): void {
        rmSync(this.folder, { recursive: true });
    }
}

/** A stand-in that serves. */
export class StandInProvider {
    readonly asked: Asked[] = [];
    readonly settings: Values[] = [];
    readonly #server = new grpc.Server();
    #program: Program | undefined;

    constructor(readonly standIn: StandIn) {}

    /** Serves, and gives the path of the program that says where. */
    async serve(): Promise<string> {
        const { resources, plan, silent = [] } = this.standIn;
        const answer =
            <Request>(
                method: string,
                how: (request: Request) => object | undefined,
            ): grpc.handleUnaryCall<Request, object> =>
            (call, reply) => {
                if (!silent.includes(method)) {
                    const response = how(call.request);
                    reply(response === undefined ? { code: grpc.status.UNAVAILABLE } : null, response);
                }
            };
        this.#server.addService(SERVICE, {
            GetSchema: answer("GetSchema", () => ({
                provider: {
                    block: {
                        attributes: [
                            attribute("region", "string"),
                            attribute("access_key", "string"),
                            attribute("else", "string"),
                        ],
                        blockTypes: [nested("assume_role", "LIST", 1)],
                    },
                },
                resourceSchemas: Object.fromEntries(
                    Object.entries(resources).map(([type, block]) => [type, { block }]),
                ),
            })),
            Configure: answer("Configure", ({ config }: ConfigureRequest) => {
                this.settings.push(unpack(config) as Values);
                return {};
            }),
            PlanResourceChange: answer("PlanResourceChange", (request: PlanRequest) => {
                const asked: Asked = {
                    type: request.typeName,
                    prior: unpack(request.priorState) as Values,
                    proposed: unpack(request.proposedNewState) as Values,
                    config: unpack(request.config) as Values,
                };
                this.asked.push(asked);
                return responseOf(plan(asked));
            }),
        });
        const port = await listen(this.#server);
        this.#program = new Program(
            [
                'env > "$(dirname "$0")/environment"',
                "echo 'Starting example/terraform-provider-stand-in@1.2.3 ...' >&2",
                `echo '1|5|tcp|127.0.0.1:${port}|grpc|'`,
                "exec sleep 600",
            ].join("\n"),
        );
        return this.#program.file;
    }

    environment(): string {
        return this.#program?.environment() ?? "";
    }

    stop(): void {
        this.#server.forceShutdown();
        this.#program?.remove();
    }
}

function responseOf({ state, replaces = [], error, end }: Planned): PlanResponse | undefined {
    return end === true
        ? undefined
        : {
              plannedState: state === undefined ? null : pack(state),
              requiresReplace: replaces.map((steps) => ({
                  steps: steps.map((step) =>
                      typeof step === "number" ? { elementKeyInt: step } : { attributeName: step },
                  ),
              })),
              diagnostics: [
                  { severity: "WARNING", summary: "old", detail: "" },
                  ...(error === undefined
                      ? []
                      : [{ severity: "ERROR" as const, summary: error, detail: "" }]),
              ],
          };
}
