/**
 * A server that does what API Gateway does with the functions' documents: it finds the operation, checks the token, calls the
 * function with an event of the REST or the HTTP API, and hands on what it answers. Beside that it checks the answer by the document.
 */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";

import { bytesOf, closeHttp, listenHttp } from "./loopback";
import { type Operation, operationsOf } from "./openApi";
import { type Claims, type TokenRules, verifiedClaims } from "./tokens";

/** Who answers for a document. */
export interface LocalApi {
    /** The document's text. */
    document: string;
    invoke: (event: unknown) => Promise<unknown>;
    /** As which API Gateway calls: `1.0` for a REST API, `2.0` for an HTTP API. `1.0` when left out. */
    payload?: "1.0" | "2.0";
}

/** What a local server is made of. */
export interface LocalApiArgs {
    apis: readonly LocalApi[];
    /** Whose tokens are taken. Without it every operation that needs a token answers 401. */
    tokens?: TokenRules;
    /** Origins that a browser may call from: preflights are answered for them. */
    allowedOrigins?: readonly string[];
    /** A folder whose files are served under paths that no document has. */
    staticFolder?: string;
    /** Any free one when left out. */
    port?: number;
    /** Whether an answer that is not as the document says is answered by 500. True when left out. */
    checkAnswers?: boolean;
}

/** A running server. */
export interface RunningApi {
    url: string;
    /** Answers that were not as the document says. */
    readonly problems: readonly string[];
    /** Operations that were called, such as `GET /todos/{todoId}`. */
    readonly called: ReadonlySet<string>;
    stop(): Promise<void>;
}

interface Asked {
    method: string;
    url: URL;
    headers: Record<string, string>;
    body: string;
}

/** What functions answer. */
interface ProxyAnswer {
    statusCode: number;
    headers?: Record<string, string>;
    multiValueHeaders?: Record<string, string[]>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
}

interface Found {
    api: LocalApi;
    operation: Operation;
    pathParameters: Record<string, string>;
}

const TYPES: Readonly<Record<string, string>> = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
};

/** Starts a server at the loopback address. */
export async function startLocalApi(args: LocalApiArgs): Promise<RunningApi> {
    const routes = args.apis.map((api) => ({ api, operations: operationsOf(api.document) }));
    const problems: string[] = [];
    const called = new Set<string>();

    function find({ method, url }: Asked): Found | undefined {
        for (const { api, operations } of routes) {
            for (const operation of operations) {
                const pathParameters = operation.match(method, url.pathname);
                if (pathParameters !== undefined) {
                    return { api, operation, pathParameters };
                }
            }
        }
        return undefined;
    }

    async function answer(asked: Asked, response: ServerResponse): Promise<void> {
        const origin = asked.headers["origin"];
        const isAllowed = origin !== undefined && (args.allowedOrigins ?? []).includes(origin);
        if (isAllowed) {
            response.setHeader("access-control-allow-origin", origin);
        }
        if (asked.method === "OPTIONS" && isAllowed) {
            response.setHeader("access-control-allow-methods", "GET,PUT,POST,DELETE");
            response.setHeader(
                "access-control-allow-headers",
                asked.headers["access-control-request-headers"] ?? "",
            );
            response.writeHead(204).end();
            return;
        }
        const found = find(asked);
        if (found === undefined) {
            serveFile(asked, response, args.staticFolder);
            return;
        }
        const claims = found.operation.needsToken ? await claimsOf(asked, args.tokens) : {};
        if (claims === undefined) {
            refuse(response, 401, "Unauthorized");
            return;
        }
        called.add(`${found.operation.method} ${found.operation.path}`);
        const event =
            found.api.payload === "2.0" ? eventOf2(asked, found, claims) : eventOf1(asked, found, claims);
        const result = (await found.api.invoke(event)) as ProxyAnswer;
        const wrong = problemsOf(found.operation, result);
        problems.push(...wrong);
        if (wrong.length > 0 && args.checkAnswers !== false) {
            refuse(response, 500, wrong.join("; "));
            return;
        }
        send(response, result);
    }

    const server = createServer((request, response) => {
        read(request)
            .then((asked) => answer(asked, response))
            .catch((error: unknown) => {
                problems.push(String(error));
                refuse(response, 502, String(error));
            });
    });
    return {
        url: await listenHttp(server, args.port),
        problems,
        called,
        stop: () => closeHttp(server),
    };
}

async function read(request: IncomingMessage): Promise<Asked> {
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(",") : value] as const],
    );
    return {
        method: request.method ?? "GET",
        url: new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`),
        headers: Object.fromEntries(headers),
        body: (await bytesOf(request)).toString("utf8"),
    };
}

async function claimsOf({ headers }: Asked, rules: TokenRules | undefined): Promise<Claims | undefined> {
    const token = /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1];
    return rules === undefined || token === undefined ? undefined : verifiedClaims(token, rules);
}

/** An event of a REST API with a Cognito authorizer, whose claims are texts. */
function eventOf1(asked: Asked, { operation, pathParameters }: Found, claims: Claims): object {
    const { method, url, headers, body } = asked;
    const query = Object.fromEntries(url.searchParams);
    const texts = Object.entries(claims).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(",") : String(value),
    ]);
    return {
        resource: operation.path,
        path: url.pathname,
        httpMethod: method,
        headers,
        multiValueHeaders: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, [value]]),
        ),
        queryStringParameters: query,
        multiValueQueryStringParameters: Object.fromEntries(
            [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]),
        ),
        pathParameters,
        stageVariables: null,
        requestContext: {
            accountId: "111122223333",
            apiId: "local",
            httpMethod: method,
            path: url.pathname,
            resourcePath: operation.path,
            stage: "live",
            domainName: "127.0.0.1",
            requestId: "local",
            identity: { sourceIp: "127.0.0.1" },
            ...(operation.needsToken && { authorizer: { claims: Object.fromEntries(texts) as object } }),
        },
        body: body === "" ? null : body,
        isBase64Encoded: false,
    };
}

/** An event of an HTTP API with a JWT authorizer, which writes lists as `[a b]`. */
function eventOf2(asked: Asked, { operation, pathParameters }: Found, claims: Claims): object {
    const { method, url, headers, body } = asked;
    const { cookie, ...rest } = headers;
    const texts = Object.entries(claims).map(([name, value]) => [
        name,
        Array.isArray(value) ? `[${value.join(" ")}]` : String(value),
    ]);
    return {
        version: "2.0",
        routeKey: `${method} ${operation.path}`,
        rawPath: url.pathname,
        rawQueryString: url.search.slice(1),
        ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
        headers: rest,
        queryStringParameters: Object.fromEntries(url.searchParams),
        pathParameters,
        requestContext: {
            accountId: "111122223333",
            apiId: "local",
            domainName: "127.0.0.1",
            http: {
                method,
                path: url.pathname,
                protocol: "HTTP/1.1",
                sourceIp: "127.0.0.1",
                userAgent: "test",
            },
            requestId: "local",
            routeKey: `${method} ${operation.path}`,
            stage: "$default",
            ...(operation.needsToken && {
                authorizer: { jwt: { claims: Object.fromEntries(texts) as object, scopes: null } },
            }),
        },
        ...(body !== "" && { body }),
        isBase64Encoded: false,
    };
}

function problemsOf(operation: Operation, { statusCode, headers, body }: ProxyAnswer): string[] {
    return operation.problemsOf(statusCode, headers?.["content-type"], body ?? "");
}

function send(response: ServerResponse, answer: ProxyAnswer): void {
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
        response.setHeader(name, value);
    }
    for (const [name, values] of Object.entries(answer.multiValueHeaders ?? {})) {
        response.setHeader(name, values);
    }
    if (answer.cookies !== undefined) {
        response.setHeader("set-cookie", answer.cookies);
    }
    response.writeHead(answer.statusCode);
    response.end(Buffer.from(answer.body ?? "", answer.isBase64Encoded === true ? "base64" : "utf8"));
}

function refuse(response: ServerResponse, status: number, detail: string): void {
    response.writeHead(status, { "content-type": "application/problem+json" });
    response.end(JSON.stringify({ type: "about:blank", title: "Refused", status, code: "Gateway", detail }));
}

function serveFile({ method, url }: Asked, response: ServerResponse, folder: string | undefined): void {
    const path = normalize(decodeURIComponent(url.pathname)).replace(/\/$/, "/index.html");
    const file = folder === undefined ? undefined : join(folder, path);
    if (
        method !== "GET" ||
        file === undefined ||
        path.includes("..") ||
        !existsSync(file) ||
        !statSync(file).isFile()
    ) {
        // As API Gateway answers for what it has no route for.
        refuse(response, 403, "Missing Authentication Token");
        return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
}
