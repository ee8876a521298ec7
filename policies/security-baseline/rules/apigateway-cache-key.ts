import {
    flag,
    type Member,
    object,
    type ReportStack,
    stackRule,
    type StackView,
    text,
    texts,
} from "../../framework";
import { inputOf } from "../../framework/items";
import { EVERY_METHOD, METHOD_SETTINGS, REST_API, settingsOfApi } from "../shared/apis";
import { operationsOf } from "../shared/openApi";

const METHOD = "aws:apigateway/method:Method";
const INTEGRATION = "aws:apigateway/integration:Integration";
const RESOURCE = "aws:apigateway/resource:Resource";

export const rule = stackRule({
    id: "apigateway-cache-key",
    severity: "critical",
    description: "Caches of REST APIs tell callers apart: no user is given what was kept for another.",
    fix: "Name the header with the caller's credentials in cacheKeyParameters of the integration (\"method.request.header.Authorization\") and in the method's requestParameters, or set cachingEnabled to false for the method.",
    frameworks: { controls: [] },
    types: [METHOD_SETTINGS],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REST_API), (api) => {
            const settings = settingsOfApi(stack, api);
            // Most APIs keep nothing, and their documents are long.
            if (!settings.some(caches)) {
                return;
            }
            for (const { key, path, method, credentials, cacheKeyParameters } of operationsOf(
                inputOf(api, "body"),
                "REST",
            )) {
                const missing = credentials.filter((header) => !isKey(header, cacheKeyParameters));
                if (missing.length > 0 && isCached(settings, path, method)) {
                    tell(report, api, key, missing);
                }
            }
        });
        stack.each(stack.ofType(METHOD), (method) => {
            judgeMethod(stack, method, report);
        });
    },
});

function tell(report: ReportStack, member: Member, key: string, missing: readonly string[]): void {
    report(
        `gives one user what was kept for another: ${key} is cached, and the key of its answers has no header ${missing.join(", ")}.`,
        member,
    );
}

function isKey(header: string, keys: readonly string[]): boolean {
    return keys.some((key) => key.toLowerCase() === `method.request.header.${header}`);
}

function caches({ props }: Member): boolean {
    return flag(object(props.settings).cachingEnabled) === true;
}

/** Whether answers to an operation are kept: by its own settings, or, of GET alone, by those of all methods. */
function isCached(settings: readonly Member[], path: string, method: string): boolean {
    const own = settings.filter(({ props }) =>
        isAbout(text(props.methodPath) ?? "", path, method === "ANY" ? undefined : method),
    );
    if (own.length > 0) {
        return own.some(caches);
    }
    return (
        ["GET", "ANY"].includes(method) &&
        settings.some((each) => text(each.props.methodPath) === EVERY_METHOD && caches(each))
    );
}

/** Whether settings are of a method. Their path has ~1 for each slash, or the slashes themselves but for the first. */
function isAbout(methodPath: string, path: string, method: string | undefined): boolean {
    const end = methodPath.lastIndexOf("/");
    const plain = methodPath.slice(0, end).replaceAll("~1", "/").replace(/^\/?/, "/");
    return plain === path && (method === undefined || methodPath.slice(end + 1) === method);
}

/** Methods that are resources of their own: their path is that of the resource above. */
function judgeMethod(stack: StackView, method: Member, report: ReportStack): void {
    const [api] = stack.referencesOf(method, "restApi", REST_API);
    const name = text(method.props.httpMethod) ?? "ANY";
    const credentials = [
        ...((text(method.props.authorization) ?? "NONE") === "NONE" ? [] : ["authorization"]),
        ...(flag(method.props.apiKeyRequired) === true ? ["x-api-key"] : []),
    ];
    if (api === undefined || credentials.length === 0) {
        return;
    }
    const [resource] = stack.referencesOf(method, "resourceId", RESOURCE);
    const path = pathOf(stack, resource);
    if (!isCached(settingsOfApi(stack, api), path, name)) {
        return;
    }
    for (const integration of stack.referrersOf(api, INTEGRATION, "restApi")) {
        const [other] = stack.referencesOf(integration, "resourceId", RESOURCE);
        if (other?.urn === resource?.urn && text(integration.props.httpMethod) === name) {
            const keys = texts(integration.props.cacheKeyParameters);
            const missing = credentials.filter((header) => !isKey(header, keys));
            if (missing.length > 0) {
                tell(report, integration, `${name} ${path}`, missing);
            }
        }
    }
}

function pathOf(stack: StackView, resource: Member | undefined): string {
    if (resource === undefined) {
        return "/";
    }
    const [above] = stack.referencesOf(resource, "parentId", RESOURCE);
    const before = pathOf(stack, above);
    return `${before === "/" ? "" : before}/${text(resource.props.pathPart) ?? ""}`;
}
