import { list, object, type Props, text } from "../../framework";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "x-amazon-apigateway-any-method"];

/** API Gateway's own word for what OpenAPI calls security. */
const AUTHORIZATION = "x-amazon-apigateway-auth";

/**
 * The operations of an OpenAPI document that anybody may call, such as `GET /orders`. Browsers ask OPTIONS without
 * credentials. A document that is no JSON has none.
 *
 * @param body The `body` of an API, as text.
 */
export function openOperations(body: unknown): readonly string[] {
    const document = parsed(body);
    return Object.entries(object(document.paths)).flatMap(([path, item]) =>
        METHODS.filter((method) => method in object(item))
            .filter((method) => isOpen(object(object(item)[method]), document))
            .map((method) => `${method.startsWith("x-") ? "ANY" : method.toUpperCase()} ${path}`),
    );
}

function isOpen(operation: Props, document: Props): boolean {
    const { type } = object(operation[AUTHORIZATION] ?? document[AUTHORIZATION]);
    if ((text(type) ?? "NONE").toUpperCase() !== "NONE") {
        return false;
    }
    const security = list(operation.security ?? document.security);
    // An empty requirement among them makes the others optional.
    return security.length === 0 || security.some((each) => Object.keys(object(each)).length === 0);
}

function parsed(body: unknown): Props {
    try {
        return object(JSON.parse(text(body) ?? ""));
    } catch {
        return {};
    }
}
