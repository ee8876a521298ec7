/** Speaks Pulumi's protocols: serves them as the engine expects of what it starts, and calls who serves them. */
import * as grpc from "@grpc/grpc-js";

/** What a method is answered with; an error is the caller's to show. */
export type Handler<Request, Response> = (request: Request) => Response | Promise<Response>;

/** A method that answers once. */
export function unary<Request, Response>(
    handler: Handler<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, reply) => {
        void (async () => handler(call.request))().then(
            (response) => {
                reply(null, response);
            },
            (error: unknown) => {
                reply({
                    code: grpc.status.UNKNOWN,
                    details: error instanceof Error ? error.message : String(error),
                    // Such as a protocol's details of the error.
                    ...(error instanceof Error &&
                    "metadata" in error &&
                    error.metadata instanceof grpc.Metadata
                        ? { metadata: error.metadata }
                        : {}),
                });
            },
        );
    };
}

/** The SDK declares its services as classes; at run time they are what gRPC takes. */
export function asService(services: object, name: string): grpc.ServiceDefinition {
    return (services as Record<string, unknown>)[name] as grpc.ServiceDefinition;
}

/** Listens on a free port of this machine. */
export function listen(server: grpc.Server): Promise<number> {
    return new Promise((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
            if (error === null) {
                resolve(port);
            } else {
                reject(error);
            }
        });
    });
}

/** Serves, and prints the port as the engine reads it: the first line of the output. */
export async function serve(
    definition: grpc.ServiceDefinition,
    implementation: grpc.UntypedServiceImplementation,
): Promise<void> {
    // A stack's registrations may hold more than gRPC takes by default.
    const server = new grpc.Server({
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
    });
    server.addService(definition, implementation);
    // What the engine has started ends with it, however it ends.
    process.stdin.resume().on("end", () => process.exit());
    process.stdout.write(`${await listen(server)}\n`);
}

/** For a method that this side does not have; the engine does without. */
export const unimplemented: grpc.handleUnaryCall<unknown, unknown> = (_call, reply) => {
    reply({ code: grpc.status.UNIMPLEMENTED, details: "not implemented" });
};

/** The other side of a protocol. */
export interface Connection {
    call<Response>(method: string, request: unknown): Promise<Response>;
    close(): void;
}

type Method = (request: unknown, reply: (error: Error | null, response: unknown) => void) => void;

/** Connects to who serves a protocol of this machine. */
export function connect(definition: grpc.ServiceDefinition, address: string): Connection {
    const Client = grpc.makeGenericClientConstructor(definition, "Client");
    const client = new Client(address, grpc.credentials.createInsecure());
    return {
        call: <Response>(method: string, request: unknown) =>
            new Promise<Response>((resolve, reject) => {
                (client[method] as Method).call(client, request, (error, response) => {
                    if (error === null) {
                        resolve(response as Response);
                    } else {
                        reject(error);
                    }
                });
            }),
        close: () => {
            client.close();
        },
    };
}
