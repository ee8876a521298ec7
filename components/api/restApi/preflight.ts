import { type ApiCors } from "../args";
import { corsWithDefaults } from "../defaults";

/** The operation that tells browsers which pages may call a path, without asking anybody for credentials. */
export function preflight(cors: ApiCors, methods: readonly string[]): Record<string, unknown> {
    const { allowOrigins, allowHeaders, exposeHeaders, maxAgeSeconds } = corsWithDefaults(cors);
    const [first = "*", ...others] = allowOrigins;
    const headers = {
        "Access-Control-Allow-Origin": first,
        "Access-Control-Allow-Methods": methods.map((method) => method.toUpperCase()).join(","),
        "Access-Control-Allow-Headers": allowHeaders.join(","),
        ...(exposeHeaders.length === 0 ? {} : { "Access-Control-Expose-Headers": exposeHeaders.join(",") }),
        "Access-Control-Max-Age": String(maxAgeSeconds),
        Vary: "Origin",
    };
    return {
        summary: "What browsers ask before they call from another origin",
        responses: {
            "204": {
                description: "Which origins, methods and headers are allowed",
                headers: Object.fromEntries(
                    Object.keys(headers).map((name) => [name, { schema: { type: "string" } }]),
                ),
            },
        },
        security: [],
        "x-amazon-apigateway-integration": {
            type: "mock",
            passthroughBehavior: "when_no_match",
            requestTemplates: { "application/json": '{"statusCode":204}' },
            responses: {
                default: {
                    statusCode: "204",
                    responseParameters: Object.fromEntries(
                        Object.entries(headers).map(([name, value]) => [
                            `method.response.header.${name}`,
                            `'${value}'`,
                        ]),
                    ),
                    ...(others.length === 0
                        ? {}
                        : { responseTemplates: { "application/json": originTemplate(others) } }),
                },
            },
        },
    };
}

/** A header takes one origin: the template puts in the one that asked, where it is among the others. */
function originTemplate(others: readonly string[]): string {
    const isOne = others.map((origin) => `$origin == "${origin}"`).join(" || ");
    return [
        '#set($origin = $input.params().header.get("Origin"))',
        '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
        `#if(${isOne})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
    ].join("\n");
}
