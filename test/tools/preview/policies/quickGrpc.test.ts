import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import { CallError, GrpcClient } from "../../../../tools/preview/policies/grpcClient";
import { Server, ServerCredentials } from "../../../../tools/preview/policies/wire/quickGrpc";

const service = {
    shout: {
        path: "/test.Service/Shout",
        requestStream: false,
        responseStream: false,
        requestSerialize: (text: string) => Buffer.from(text),
        requestDeserialize: (bytes: Buffer) => bytes.toString(),
        responseSerialize: (text: unknown) => Buffer.from(text as string),
        responseDeserialize: (bytes: Buffer) => bytes.toString(),
    },
};

type Shout = (
    text: string,
    callback: (error: grpc.ServiceError | null, answer: string | undefined) => void,
) => void;

describe("the quick gRPC server", () => {
    const server = new Server();
    let general: grpc.Client & { shout: Shout };
    let quick: GrpcClient;

    before(async () => {
        server.addService(service, {
            shout: ({ request }, callback) => {
                const text = request as string;
                if (text === "refuse") {
                    callback(
                        Object.assign(new Error("no: ä"), { code: grpc.status.FAILED_PRECONDITION }),
                        undefined,
                    );
                } else if (text === "throw") {
                    throw new Error("broken");
                } else {
                    setImmediate(() => {
                        callback(undefined, text.toUpperCase());
                    });
                }
            },
        });
        const port = await new Promise<number>((resolve, reject) => {
            server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
                if (error === null) {
                    resolve(bound);
                } else {
                    reject(error);
                }
            });
        });
        const Client = grpc.makeGenericClientConstructor(service, "test.Service");
        general = new Client(
            `127.0.0.1:${port}`,
            grpc.credentials.createInsecure(),
        ) as unknown as typeof general;
        quick = new GrpcClient(port);
    });

    after(() => {
        general.close();
        quick.close();
        server.close();
    });

    const shout = (text: string): Promise<string | undefined> =>
        new Promise((resolve, reject) => {
            general.shout(text, (error, answer) => {
                if (error === null) {
                    resolve(answer);
                } else {
                    reject(error);
                }
            });
        });

    it("answers the general client and the quick one, many at a time", async () => {
        const texts = Array.from({ length: 300 }, (_, index) => `call ${index} ${"x".repeat(index * 100)}`);
        const expected = texts.map((text) => text.toUpperCase());
        expect(await Promise.all(texts.map(shout))).to.deep.equal(expected);
        const answers = await Promise.all(
            texts.map((text) => quick.call("/test.Service/Shout", Buffer.from(text))),
        );
        expect(answers.map((answer) => Buffer.from(answer).toString())).to.deep.equal(expected);
    });

    it("passes on a handler's error, with its code and message", async () => {
        const error = await shout("refuse").catch((reason: unknown) => reason);
        expect(error).to.include({ code: grpc.status.FAILED_PRECONDITION, details: "no: ä" });
        const told = await quick
            .call("/test.Service/Shout", Buffer.from("refuse"))
            .catch((reason: unknown) => reason);
        expect(told).to.be.instanceOf(CallError).with.property("message", "no: ä");
    });

    it("outlives a handler that throws", async () => {
        const error = await shout("throw").catch((reason: unknown) => reason);
        expect(error).to.include({ code: grpc.status.UNKNOWN, details: "Error: broken" });
        expect(await shout("again")).to.equal("AGAIN");
    });

    it("does not know other methods", async () => {
        const error: unknown = await quick
            .call("/test.Service/Whisper", Buffer.alloc(0))
            .catch((reason: unknown) => reason);
        expect((error as Error).message).to.equal(
            "The server does not implement the method /test.Service/Whisper",
        );
    });
});
