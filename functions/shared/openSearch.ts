import { STSClient } from "@aws-sdk/client-sts";

import { required } from "./environment";

/** What a domain answered. */
export interface Answer {
    status: number;
    /** The text of the body, JSON as a rule. */
    text: string;
}

/** What is asked of a domain. */
export interface Question {
    method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
    /** Beginning with a slash, its parts encoded. */
    path: string;
    body?: string;
    /** `application/json` when left out. */
    contentType?: string;
}

/** Asks a domain. Rejects where it does not answer; whatever it answers is an answer. */
export type Ask = (question: Question) => Promise<Answer>;

/** What is signed, as the SDK's signer takes it. */
interface Unsigned {
    method: string;
    protocol: string;
    hostname: string;
    port?: number;
    path: string;
    query: Record<string, string>;
    headers: Record<string, string>;
    body?: string;
}

/** Adds a signature to a request's headers. */
export interface Signer {
    sign: (request: Unsigned) => Promise<{ headers: Record<string, string> }>;
}

/** Where a domain is, and who signs what it is asked. */
export interface DomainAccess {
    /** Such as `https://vpc-shop-….eu-central-1.es.amazonaws.com`. */
    origin: string;
    signer: () => Promise<Signer>;
    /** How long to wait for an answer, in milliseconds. */
    timeout: number;
}

/** Asks a domain with requests that the caller's role has signed: no password goes over the wire, and none is kept. */
export function signedAsk({ origin, signer, timeout }: DomainAccess): Ask {
    const { protocol, hostname, host, port } = new URL(origin);
    return async ({ method, path, body, contentType }) => {
        const { headers } = await (
            await signer()
        ).sign({
            method,
            protocol,
            hostname,
            ...(port === "" ? {} : { port: Number(port) }),
            path,
            query: {},
            headers: {
                host,
                ...(body === undefined ? {} : { "content-type": contentType ?? "application/json" }),
            },
            ...(body === undefined ? {} : { body }),
        });
        const answer = await fetch(new URL(path, origin), {
            method,
            headers,
            signal: AbortSignal.timeout(timeout),
            ...(body === undefined ? {} : { body }),
        });
        return { status: answer.status, text: await answer.text() };
    };
}

/**
 * The signer of the SDK that is there in any case, for OpenSearch instead of the client's own service: it takes the role's
 * credentials and knows when they run out.
 *
 * @param client Any client of the SDK.
 */
export function sdkSigner({ config }: Pick<STSClient, "config">, region: string): () => Promise<Signer> {
    const scheme = { name: "sigv4" as const, signingName: "es", signingRegion: region, properties: {} };
    return () => config.signer(scheme);
}

/** Asks the domain of a function, as its variables have it. */
export function askDomain(timeout: number): Ask {
    const region = required("AWS_REGION");
    return signedAsk({
        origin: `https://${required("DOMAIN_ENDPOINT")}`,
        signer: sdkSigner(new STSClient({ region }), region),
        timeout,
    });
}

/** Whether the same question may be answered otherwise in a while: too much at once, or nodes that come and go. */
export function isPassing(status: number): boolean {
    return [429, 500, 502, 503, 504].includes(status);
}

/** The answer's JSON; undefined where it is none. */
export function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The kind of error that OpenSearch names in an answer, without what it quotes of documents. */
export function errorType(text: string): string {
    const error = (parsed(text) as { error?: unknown } | undefined)?.error;
    if (typeof error === "object" && error !== null && "type" in error) {
        return String(error.type);
    }
    const message = (parsed(text) as { message?: unknown } | undefined)?.message;
    return typeof message === "string" ? message : "no error that OpenSearch names";
}
