/**
 * The engine's side of the wire, for programs and plugins that run as processes of their own: takes registrations as a
 * first preview does, when nothing that a provider computes is known.
 */
import * as grpc from "@grpc/grpc-js";
import * as engineServices from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engineMessages from "@pulumi/pulumi/proto/engine_pb";
import * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import * as resourceServices from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resourceMessages from "@pulumi/pulumi/proto/resource_pb";
import * as empty from "google-protobuf/google/protobuf/empty_pb";
import { asService, listen } from "../engine/grpcService";
import * as struct from "google-protobuf/google/protobuf/struct_pb";

/** What a program registered. */
export interface Registration {
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    readonly inputs: unknown;
}

type Reply<T> = (error: grpc.ServiceError | null, response?: T) => void;
interface Call<T> {
    readonly request: T;
}

/** What data sources of these programs answer; nothing that a program plans by. */
const ANSWERS = { id: "pl-0123456789abcdef0", value: "ami-0123456789abcdef0" };

/** Forms of values on the wire that registrations are easier to compare without. */
const UNSUPPORTED = ["resourceReferences", "outputValues"];

/** Takes the registrations of one program, or of what one plugin constructs. */
export class EngineStandIn {
    readonly registrations: Registration[] = [];
    /** What the program logged as an error. */
    readonly errors: string[] = [];
    readonly #server = new grpc.Server();
    #address = "";
    #root = "";

    /** Where the resource monitor and the engine both listen. */
    get address(): string {
        return this.#address;
    }

    /** Starts to listen on a free port of this machine. */
    async start(): Promise<void> {
        this.#server.addService(asService(resourceServices, "ResourceMonitorService"), this.#monitor());
        this.#server.addService(asService(engineServices, "EngineService"), this.#engine());
        const port = await listen(this.#server);
        this.#address = `127.0.0.1:${port}`;
    }

    stop(): void {
        this.#server.forceShutdown();
    }

    #monitor(): grpc.UntypedServiceImplementation {
        return {
            supportsFeature: (
                call: Call<resourceMessages.SupportsFeatureRequest>,
                reply: Reply<resourceMessages.SupportsFeatureResponse>,
            ) => {
                const response = new resourceMessages.SupportsFeatureResponse();
                response.setHassupport(!UNSUPPORTED.includes(call.request.getId()));
                reply(null, response);
            },
            registerResource: (
                call: Call<resourceMessages.RegisterResourceRequest>,
                reply: Reply<resourceMessages.RegisterResourceResponse>,
            ) => {
                const { request } = call;
                this.registrations.push({
                    type: request.getType(),
                    name: request.getName(),
                    custom: request.getCustom(),
                    inputs: request.getObject()?.toJavaScript() ?? {},
                });
                const response = new resourceMessages.RegisterResourceResponse();
                response.setUrn(`urn:pulumi:test::project::${request.getType()}::${request.getName()}`);
                response.setObject(request.getObject());
                reply(null, response);
            },
            registerResourceOutputs: (_call: unknown, reply: Reply<empty.Empty>) => {
                reply(null, new empty.Empty());
            },
            signalAndWaitForShutdown: (_call: unknown, reply: Reply<empty.Empty>) => {
                reply(null, new empty.Empty());
            },
            invoke: (
                call: Call<resourceMessages.ResourceInvokeRequest>,
                reply: Reply<providerMessages.InvokeResponse>,
            ) => {
                const args = call.request.getArgs()?.toJavaScript() ?? {};
                const response = new providerMessages.InvokeResponse();
                response.setReturn(struct.Struct.fromJavaScript({ ...args, ...ANSWERS }));
                reply(null, response);
            },
        };
    }

    #engine(): grpc.UntypedServiceImplementation {
        return {
            log: (call: Call<engineMessages.LogRequest>, reply: Reply<empty.Empty>) => {
                if (call.request.getSeverity() === engineMessages.LogSeverity.ERROR) {
                    this.errors.push(call.request.getMessage());
                }
                reply(null, new empty.Empty());
            },
            getRootResource: (_call: unknown, reply: Reply<engineMessages.GetRootResourceResponse>) => {
                const response = new engineMessages.GetRootResourceResponse();
                response.setUrn(this.#root);
                reply(null, response);
            },
            setRootResource: (
                call: Call<engineMessages.SetRootResourceRequest>,
                reply: Reply<engineMessages.SetRootResourceResponse>,
            ) => {
                this.#root = call.request.getUrn();
                reply(null, new engineMessages.SetRootResourceResponse());
            },
        };
    }
}
