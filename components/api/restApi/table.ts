import {
    accountId,
    allOf,
    arnOf,
    byDefault,
    flag,
    input,
    isCount,
    isEachOnce,
    isGiven,
    isShortName,
    keyArn,
    leftOutWhile,
    list,
    listOfAtLeast,
    logRetention,
    map,
    mapByShortNames,
    numberWhere,
    object,
    objectOf,
    oneOf,
    port,
    region,
    required,
    requiredWhile,
    secret,
    tags,
    text,
    textLike,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge, type Refusal } from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { MAX_CERTIFICATE_NAMES } from "../../security/certificate";
import { requestLimit } from "../../security/regionalWebAcl";
import { type ApiCors } from "../args";
import { type ApiDocument, askedSchemes, pathVariables } from "../openApi/document";
import { modelProblems } from "../openApi/models";
import {
    areOperations,
    basePath,
    CORS,
    documentOf,
    domainParts,
    fulfilsSchemes,
    hasCertificate,
    integrations,
    isApiKeyScheme,
    network,
    oneAuthorizer,
    openApiDocument,
    operationOf,
    SERVER_NAME,
    THRESHOLDS,
    throttling,
} from "../rules";
import {
    ApiTlsPolicy,
    QuotaPeriod,
    type RestApiAlarmThresholds,
    type RestApiArgs,
    type RestApiAuthorizer,
    type RestApiBalancer,
    type RestApiCache,
    type RestApiDomain,
    type RestApiOperation,
    type RestApiQuota,
    type RestApiRequiredHeader,
    type RestApiRoute,
    type RestApiRouteHeader,
    type RestApiUsagePlan,
    type RestApiWebAcl,
    UnauthorizedCacheControl,
} from "./args";
import { keyProblems, uncacheable } from "./cacheKey";

/** Source: Amazon API Gateway API Reference, CreateStage, cacheClusterSize. */
const CACHE_SIZES: readonly number[] = [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237];

const LONGEST_MILLISECONDS = 29_000;
const LONGEST_CACHE_SECONDS = 3600;

const BALANCER: ArgumentTable<RestApiBalancer> = {
    loadBalancerArn: required(input(arnOf("elasticloadbalancing", "a load balancer"))),
    serverName: required(input(SERVER_NAME)),
    port: port("a TCP port from 1 to 65535"),
    pathPrefix: textWhere(
        (path) => /^(\/[A-Za-z0-9_.~-]+)+$/.test(path),
        "a path that begins with / and does not end so",
    ),
};

const AUTHORIZER: ArgumentTable<RestApiAuthorizer> = {
    userPoolArns: list(
        input(arnOf("cognito-idp", "a user pool")),
        "a list of ARNs of user pools",
        unless((arns) => isCount(arns, 1, 10), "1 to 10 user pools"),
    ),
    iam: flag(),
};

/** What REST APIs refuse in a document beside what all APIs do. */
function refusedInRest(document: ApiDocument, args: Given): Refusal[] {
    return [
        ...modelProblems(document),
        ...oneAuthorizer(document, true),
        ...reservedPaths(document, args),
        ...siblings(document),
    ];
}

/** API Gateway's own health checks answer there under a domain name (its guide's "important notes"). */
function reservedPaths({ operations }: ApiDocument, args: Given): Refusal[] {
    return isGiven(args.domain) || isGiven(args.route)
        ? operations
              .filter(({ path }) => path === "/ping" || path === "/sping")
              .map(({ at, path }) => ({ at, shown: path, allowed: "other paths than /ping and /sping" }))
        : [];
}

/** A path may have one variable at each place: `/a/{x}` and `/a/{y}/b` cannot be in one API. */
function siblings({ operations }: ApiDocument): Refusal[] {
    const names = new Map<string, string>();
    return operations.flatMap(({ path, at }) => {
        const segments = path.split("/");
        const clash = segments.findIndex((segment, index) => {
            const above = segments.slice(0, index).join("/");
            const first = names.get(above);
            if (pathVariables(segment).length > 0 && first === undefined) {
                names.set(above, segment);
            }
            return pathVariables(segment).length > 0 && first !== undefined && first !== segment;
        });
        const above = segments.slice(0, clash).join("/");
        return clash < 0
            ? []
            : [
                  {
                      at,
                      shown: path,
                      allowed: `${names.get(above) ?? ""} after ${above}, as in the paths before`,
                  },
              ];
    });
}

function isSigned(args: Given, operationId: string): boolean {
    const schemes = Object.keys(operationOf(args, operationId)?.security ?? {});
    return schemes.some((name) => {
        const { iam, userPoolArns } = objectOf(objectOf(args.authorizers)[name]);
        return iam === true && !isGiven(userPoolArns);
    });
}

/** Which pages may call, as far as it was given. */
function corsOf(args: Given): ApiCors | undefined {
    const { allowOrigins } = objectOf(args.cors);
    return Array.isArray(allowOrigins) ? { allowOrigins: allowOrigins as string[] } : undefined;
}

/** Refuses caches that are not there, and keys by which one user would be given what is another's. */
const cachesSafely: Judge = (value, args) =>
    Object.entries(objectOf(value)).flatMap(([operationId, given]): Refusal[] => {
        const settings = objectOf(given);
        const at = `[${JSON.stringify(operationId)}]`;
        const keys = settings.cacheKeyParameters;
        const operation = operationOf(args, operationId);
        if (operation === undefined) {
            return [];
        }
        if (!isGiven(settings.cacheTtlSeconds)) {
            return isGiven(keys)
                ? [
                      {
                          at: `${at}.cacheKeyParameters`,
                          allowed: "nothing without cacheTtlSeconds",
                          shown: "given",
                      },
                  ]
                : [];
        }
        const refusal = isGiven(args.cache)
            ? uncacheable(operation, isSigned(args, operationId))
            : { allowed: "nothing while the API has no cache" };
        return [
            ...(refusal === undefined
                ? []
                : [{ ...refusal, at: `${at}.cacheTtlSeconds`, shown: settings.cacheTtlSeconds }]),
            ...(Array.isArray(keys)
                ? keyProblems(documentOf(args), operation, keys as string[], corsOf(args)).map((problem) => ({
                      ...problem,
                      at: `${at}.cacheKeyParameters`,
                  }))
                : []),
        ];
    });

const OPERATION: ArgumentTable<RestApiOperation> = {
    cacheTtlSeconds: wholeNumber(
        { min: 1, max: LONGEST_CACHE_SECONDS },
        `a whole number from 1 to ${LONGEST_CACHE_SECONDS} (seconds)`,
    ),
    cacheKeyParameters: list(
        textLike(
            /^method\.request\.(path|querystring|header)\..+$/,
            "method.request.path.<name>, method.request.querystring.<name> or method.request.header.<name>",
        ),
        "a list of parameters",
        unless((keys) => isEachOnce(keys), "each once"),
    ),
    throttling: throttling(),
};

const CACHE: ArgumentTable<RestApiCache> = {
    sizeGb: required(
        numberWhere((size) => CACHE_SIZES.includes(size), `one of ${CACHE_SIZES.join(", ")} (GB)`),
    ),
    unauthorizedCacheControl: oneOf(UnauthorizedCacheControl),
};

const asksForKeys = (args: Given): boolean => {
    const document = documentOf(args);
    return [...askedSchemes(document)].some((name) => isApiKeyScheme(document, name));
};

const USAGE_PLAN: ArgumentTable<RestApiUsagePlan> = {
    keys: required({
        ...listOfAtLeast(
            1,
            textWhere(isShortName, "1 to 20 lower-case letters, digits and hyphens"),
            "the names of one key or more",
        ),
        judge: unless(
            (keys) => isEachOnce(keys) && (keys as unknown[]).length > 0,
            "one key or more, each once",
        ),
    }),
    throttling: throttling(),
    quota: object<RestApiQuota>({
        limit: required(wholeNumber({ min: 1, max: 2_147_483_647 }, "a whole number of requests, 1 or more")),
        period: required(oneOf(QuotaPeriod)),
    }),
};

const DOMAIN: ArgumentTable<RestApiDomain> = {
    ...domainParts(),
    alsoNamed: list(
        SERVER_NAME,
        "a list of domain names",
        allOf(
            unless(
                (names, _, { within }) =>
                    isCount(names, 0, MAX_CERTIFICATE_NAMES - 1) &&
                    isEachOnce([...(names as unknown[]), within.domainName]),
                `at most ${MAX_CERTIFICATE_NAMES - 1} names, each once, and another than domainName`,
            ),
            unless(
                (names, _, { within }) => within.routeByRules !== true || isCount(names, 0, 0),
                "nothing while routeByRules is true",
            ),
        ),
    ),
    securityPolicy: oneOf(ApiTlsPolicy),
    routeByRules: flag(),
};

const ROUTE: ArgumentTable<RestApiRoute> = {
    domainName: input(SERVER_NAME),
    // Amazon API Gateway Developer Guide, "Routing rules".
    priority: required(wholeNumber({ min: 1, max: 1_000_000 }, "a whole number from 1 to 1000000")),
    basePath: basePath(),
    stripBasePath: flag(),
    header: object<RestApiRouteHeader>({
        name: required(textLike(/^[A-Za-z0-9*?!#$%&'+.^_`|~-]{1,40}$/, "the name of a header")),
        value: required(textLike(/^[\x20-\x7e]{1,128}$/, "1 to 128 characters, * for any")),
    }),
};

const WEB_ACL: ArgumentTable<RestApiWebAcl> = {
    exposure: oneOf(Exposure),
    rateLimitPerFiveMinutes: requestLimit(),
    requiredHeader: object<RestApiRequiredHeader>({
        name: required(text("a header's name")),
        values: required(secret(listOfAtLeast(1, secret(input(text())), "one value or more"))),
    }),
};

/** The rules of a REST API's arguments. */
export const ARGUMENTS: ArgumentTable<RestApiArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    document: required(openApiDocument(refusedInRest)),
    description: textLike(/^[\s\S]{1,1024}$/, "1 to 1024 characters"),
    integrations: required(integrations(object(BALANCER), LONGEST_MILLISECONDS)),
    authorizers: byDefault(
        {},
        map(
            {
                ...object(AUTHORIZER),
                judge: unless(
                    (given) => isGiven(objectOf(given).userPoolArns) !== (objectOf(given).iam === true),
                    "exactly one of userPoolArns and iam",
                ),
            },
            "authorizers by the document's security schemes",
            fulfilsSchemes(true),
        ),
    ),
    network: network(),
    stageName: textLike(/^[A-Za-z0-9_-]{1,128}$/, "1 to 128 letters, digits, _ and -"),
    throttling: throttling(),
    cache: object(CACHE),
    operations: map(object(OPERATION), "settings by operationId", allOf(areOperations, cachesSafely)),
    cors: object(CORS),
    usagePlans: requiredWhile(
        asksForKeys,
        { allowed: "one usage plan or more while an operation asks for an API key" },
        leftOutWhile(
            (args) => !asksForKeys(args),
            () => ({
                shown: "given",
                allowed: "nothing while no operation asks for an API key",
                remedy: "Add a security scheme with type apiKey, in header and name x-api-key",
            }),
            mapByShortNames(object(USAGE_PLAN), "usage plans by names"),
        ),
    ),
    domain: { ...object(DOMAIN), judge: hasCertificate },
    route: requiredWhile(
        ({ domain }) => objectOf(domain).routeByRules === true,
        { allowed: "a route while domain.routeByRules is true" },
        {
            ...object(ROUTE),
            judge: (value, args) => {
                const elsewhere = isGiven(objectOf(value).domainName);
                const own = objectOf(args.domain);
                if (isGiven(args.domain) ? elsewhere : !elsewhere) {
                    return {
                        shown: elsewhere ? "with a domainName" : "without a domainName",
                        allowed:
                            "the domainName of another API while there is no domain, and none while there is one",
                    };
                }
                return isGiven(args.domain) && own.routeByRules !== true
                    ? { shown: "given", allowed: "nothing unless domain.routeByRules is true" }
                    : undefined;
            },
        },
    ),
    resourcePolicy: input(text("a policy document in JSON")),
    webAcl: leftOutWhile(
        (args) => isGiven(args.webAclArn),
        () => ({ shown: "given", allowed: "nothing while webAclArn is given" }),
        object(WEB_ACL),
    ),
    webAclArn: input(arnOf("wafv2", "a web ACL")),
    kmsKeyArn: required(input(keyArn())),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    alarmThresholds: object<RestApiAlarmThresholds>({
        ...THRESHOLDS,
        cacheHitPercent: leftOutWhile(
            (args) => !isGiven(args.cache),
            () => ({ shown: "given", allowed: "nothing while the API has no cache" }),
            wholeNumber({ min: 1, max: 100 }, "a whole number from 1 to 100 (percent)"),
        ),
    }),
    tags: tags(),
};
