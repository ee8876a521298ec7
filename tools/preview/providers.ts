/** Stand-ins for the plugins of Pulumi's providers. */
import { synthesizeNative } from "./aws/native";
import { synthesizeAws } from "./aws/synthesize";
import { NO_ANSWER, type ProviderAnswer } from "./deployment";
import { synthesizeKubernetes } from "./kubernetes";
import { hex, pick, uuid, type SynthesisRequest, type Synthesizer } from "./synthetic";
import { packageOf } from "./urn";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

function count(value: unknown, fallback: number): number {
    return typeof value === "number" && value > 0 ? value : fallback;
}

/** The random provider: its values are known only once made, and passwords are secret. */
function synthesizeRandom(request: SynthesisRequest): ProviderAnswer {
    const length = count(request.inputs["length"], 16);
    switch (request.type) {
        case "random:index/randomPassword:RandomPassword": {
            const result = pick(request.urn, length, LETTERS);
            const bcryptHash = `$2a$10$${pick(`${request.urn}#bcrypt`, 53, LETTERS)}`;
            return {
                ...NO_ANSWER,
                id: "none",
                computed: { result, bcryptHash },
                secretOutputs: ["result", "bcryptHash"],
            };
        }
        case "random:index/randomString:RandomString": {
            const result = pick(request.urn, length, LETTERS);
            return { ...NO_ANSWER, id: result, computed: { result } };
        }
        case "random:index/randomId:RandomId":
            return randomId(request, count(request.inputs["byteLength"], 8));
        case "random:index/randomBytes:RandomBytes":
            return randomBytes(request, length);
        case "random:index/randomUuid:RandomUuid": {
            const result = uuid(request.urn);
            return { ...NO_ANSWER, id: result, computed: { result } };
        }
        default:
            return synthesizeNothing(request);
    }
}

function bytesOf(request: SynthesisRequest, size: number): Buffer {
    return Buffer.from(pick(request.urn, size * 2, "0123456789abcdef"), "hex");
}

function randomId(request: SynthesisRequest, size: number): ProviderAnswer {
    const bytes = bytesOf(request, size);
    const b64Url = bytes.toString("base64url");
    const digits = bytes.toString("hex");
    const dec = BigInt(`0x${digits}`).toString();
    return {
        ...NO_ANSWER,
        id: b64Url,
        computed: { hex: digits, dec, b64Url, b64Std: bytes.toString("base64") },
    };
}

function randomBytes(request: SynthesisRequest, size: number): ProviderAnswer {
    const bytes = bytesOf(request, size);
    const base64 = bytes.toString("base64");
    return {
        ...NO_ANSWER,
        id: base64,
        computed: { base64, hex: bytes.toString("hex") },
        secretOutputs: ["base64", "hex"],
    };
}

/** A provider that the preview knows nothing about: only an id is made up, all else stays unknown. */
function synthesizeNothing(request: SynthesisRequest): ProviderAnswer {
    return { ...NO_ANSWER, id: `${request.name}-${hex(request.urn, 7)}` };
}

const SYNTHESIZERS: Readonly<Record<string, Synthesizer>> = {
    aws: synthesizeAws,
    "aws-native": synthesizeNative,
    kubernetes: synthesizeKubernetes,
    random: synthesizeRandom,
};

/** Asks the stand-in of a type's provider. */
export function synthesize(request: SynthesisRequest): ProviderAnswer {
    const synthesizer = SYNTHESIZERS[packageOf(request.type)] ?? synthesizeNothing;
    const answer = synthesizer(request);
    return request.id === undefined ? answer : { ...answer, id: request.id };
}
