/** Signature Version 4, computed from what arrived. Source: IAM User Guide, "Create a signed AWS API request". */
import { createHash, createHmac } from "node:crypto";
import { type IncomingHttpHeaders } from "node:http";

/** Who may sign, by the key's id. */
export interface SigningKey {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken: string;
}

/** A request as it arrived. */
export interface Arrived {
    method: string;
    path: string;
    headers: IncomingHttpHeaders;
    body: string;
}

const HEADER =
    /^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)\/(?<scope>[^,]+), SignedHeaders=(?<signed>[^,]+), Signature=(?<signature>[0-9a-f]{64})$/;

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac("sha256", key).update(text, "utf8").digest();

/** Why a request's signature is none of that key's for that service; undefined where it is. */
export function signatureFault(
    { method, path, headers, body }: Arrived,
    key: SigningKey,
    region: string,
    service: string,
): string | undefined {
    const parts = HEADER.exec(headers.authorization ?? "")?.groups;
    if (parts === undefined) {
        return "it is not signed";
    }
    const { key: keyId = "", scope = "", signed = "", signature = "" } = parts;
    const time = String(headers["x-amz-date"]);
    if (keyId !== key.accessKeyId || headers["x-amz-security-token"] !== key.sessionToken) {
        return `${keyId} is somebody else`;
    }
    const wanted = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
    if (scope !== wanted) {
        return `it is signed for ${scope}`;
    }
    const names = signed.split(";");
    const missing = ["host", "x-amz-date", "x-amz-security-token"].filter((name) => !names.includes(name));
    if (missing.length > 0) {
        return `${missing.join(", ")} is not signed`;
    }
    const canonical = [
        method,
        // Each part of the path is encoded once more than it arrives.
        path.split("/").map(encodeURIComponent).join("/"),
        "",
        ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
        "",
        signed,
        sha256(body),
    ].join("\n");
    const toSign = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
    const signingKey = wanted
        .split("/")
        .reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${key.secretAccessKey}`);
    return createHmac("sha256", signingKey).update(toSign, "utf8").digest("hex") === signature
        ? undefined
        : "the signature is wrong";
}
