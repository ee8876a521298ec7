import { list, object, type Props, text, texts } from "../../framework";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "x-amazon-apigateway-any-method"];

/** API Gateway's own word for what OpenAPI calls security. */
const AUTHORIZATION = "x-amazon-apigateway-auth";

/** An operation of an OpenAPI document. */
export interface OpenApiOperation {
    /** As a route is called, such as `GET /orders`. */
    readonly key: string;
    readonly path: string;
    /** In capitals; `ANY` for all. */
    readonly method: string;
    /** Whether anybody may call it. */
    readonly isOpen: boolean;
    /** The headers by which its callers are known, in lower case. */
    readonly credentials: readonly string[];
    /** What is behind it, such as `aws_proxy`; empty where nothing is said. */
    readonly integrationType: string;
    /** What its integration tells kept answers apart by. */
    readonly cacheKeyParameters: readonly string[];
}

/** Of which kind an API is. REST APIs pass over what a document demands as a whole. */
export type ApiKind = "REST" | "HTTP";

/**
 * The operations of an OpenAPI document. Browsers ask OPTIONS without credentials; a document that is no JSON has none.
 * Source: Amazon API Gateway Developer Guide, "Amazon API Gateway important notes".
 *
 * @param body The `body` of an API, as text.
 */
export function operationsOf(body: unknown, kind: ApiKind): readonly OpenApiOperation[] {
    const document = parsed(body);
    const common = kind === "REST" ? {} : document;
    return Object.entries(object(document.paths)).flatMap(([path, item]) =>
        METHODS.filter((each) => each in object(item)).map((each) => {
            const operation = object(object(item)[each]);
            const integration = object(operation["x-amazon-apigateway-integration"]);
            const method = each.startsWith("x-") ? "ANY" : each.toUpperCase();
            return {
                key: `${method} ${path}`,
                path,
                method,
                isOpen: isOpen(operation, common),
                credentials: credentialsOf(operation, common, document),
                integrationType: text(integration.type) ?? "",
                cacheKeyParameters: texts(integration.cacheKeyParameters),
            };
        }),
    );
}

/** What is behind the operations of a REST API. */
export function integrationTypesOf(body: unknown): readonly string[] {
    return operationsOf(body, "REST").map(({ integrationType }) => integrationType);
}

/** The operations that anybody may call, such as `GET /orders`. */
export function openOperations(body: unknown, kind: ApiKind): readonly string[] {
    return operationsOf(body, kind)
        .filter((each) => each.isOpen)
        .map(({ key }) => key);
}

function isOpen(operation: Props, common: Props): boolean {
    if (isSigned(operation, common)) {
        return false;
    }
    const security = list(operation.security ?? common.security);
    // An empty requirement among them makes the others optional.
    return security.length === 0 || security.some((each) => Object.keys(object(each)).length === 0);
}

/** Whether callers sign their requests, by API Gateway's own word, whatever OpenAPI's security says. */
function isSigned(operation: Props, common: Props): boolean {
    const { type } = object(operation[AUTHORIZATION] ?? common[AUTHORIZATION]);
    return (text(type) ?? "NONE").toUpperCase() !== "NONE";
}

function credentialsOf(operation: Props, common: Props, document: Props): string[] {
    const schemes = object(object(document.components).securitySchemes);
    const named = list(operation.security ?? common.security)
        .flatMap((each) => Object.keys(object(each)))
        .map((name) => text(object(schemes[name]).name) ?? "Authorization");
    const signed = isSigned(operation, common) ? ["Authorization"] : [];
    return [...new Set([...named, ...signed].map((name) => name.toLowerCase()))];
}

function parsed(body: unknown): Props {
    try {
        return object(JSON.parse(text(body) ?? ""));
    } catch (error) {
        // What is not known is another matter than what is no JSON.
        if (!(error instanceof SyntaxError)) {
            throw error;
        }
        return {};
    }
}
