import {
    alsoJudged,
    allOf,
    arnOf,
    hostedZoneId,
    id,
    input,
    isEachOnce,
    isGiven,
    leftOutWhile,
    list,
    listOfAtLeast,
    mapByShortNames,
    numberWhere,
    object,
    objectOf,
    required,
    requiredWhile,
    subnetIds,
    text,
    textLike,
    textOf,
    textWhere,
    unless,
    wholeNumber,
} from "../shared/argumentRules";
import { type ArgumentTable, type Given, type Judge, type Refusal, type Rule } from "../shared/argumentTable";
import { isDomainName, show } from "../shared/validation";
import {
    type ApiAlarmThresholds,
    type ApiCors,
    type ApiFunction,
    type ApiNetwork,
    type ApiThrottling,
} from "./args";
import { assign } from "./assignment";
import { type ApiDocument, type ApiOperation, askedSchemes, readDocument } from "./openApi/document";

/** The document among the arguments, as far as it can be read. */
export function documentOf(args: Given): ApiDocument {
    return readDocument(textOf(args.document)).document;
}

/** Whether the document among the arguments is without fault, so that others may be judged by it. */
function isRead(args: Given): boolean {
    return readDocument(textOf(args.document)).problems.length === 0;
}

/** An OpenAPI document; `also` says what one kind of API refuses beside what all do. */
export function openApiDocument(also: (document: ApiDocument, args: Given) => readonly Refusal[]) {
    return text("the text of an OpenAPI document", (value, args) => {
        const { document, problems } = readDocument(value as string);
        return [...problems, ...answeredOptions(document, args), ...also(document, args)];
    });
}

/** Browsers ask once. */
function answeredOptions({ operations }: ApiDocument, { cors }: Given): Refusal[] {
    const asked = isGiven(cors) ? operations.filter(({ method }) => method === "options") : [];
    return asked.map(({ at }) => ({
        at,
        shown: "given",
        allowed: "no OPTIONS while cors is given, which answers it",
    }));
}

const FUNCTION: ArgumentTable<ApiFunction> = {
    functionName: required(input(textLike(/^[A-Za-z0-9_-]{1,64}$/, "the name of a function"))),
    aliasName: required(input(textLike(/^(?!\d+$)[A-Za-z0-9_-]{1,128}$/, "the name of a function's alias"))),
};

/** The rules of what answers operations. */
export function integrations(balancer: Rule<"object", false, false>, longest: number) {
    const one = object<{
        function?: ApiFunction;
        balancer?: object;
        operations?: string[];
        timeoutMilliseconds?: number;
    }>({
        function: object(FUNCTION),
        balancer,
        operations: list(
            text("an operationId, a path, or the beginning of paths with /* at the end"),
            "a list of operations",
            unless((names) => isEachOnce(names) && (names as unknown[]).length > 0, "one or more, each once"),
        ),
        // Amazon API Gateway Developer Guide, "Quotas".
        timeoutMilliseconds: wholeNumber({ min: 50, max: longest }, `a whole number from 50 to ${longest}`),
    });
    return alsoJudged(
        (value, args) => (isRead(args) ? assign(documentOf(args), objectOf(value)).problems : undefined),
        mapByShortNames(
            {
                ...one,
                judge: unless(
                    (given) => isGiven(objectOf(given).function) !== isGiven(objectOf(given).balancer),
                    "exactly one of function and balancer",
                ),
            },
            "integrations by names",
        ),
    );
}

/** Whether an argument says that there are balancers. */
function hasBalancers(args: Given): boolean {
    return Object.values(objectOf(args.integrations)).some((each) => isGiven(objectOf(each).balancer));
}

const NETWORK: ArgumentTable<ApiNetwork> = {
    vpcId: required(input(id("vpc-", "a network"))),
    subnetIds: required(subnetIds("that reach the balancers")),
};

/** The rules of the network of balancers: there where they are. */
export function network(): Rule<"object", false, false> {
    return requiredWhile(
        hasBalancers,
        { allowed: "the network of the balancers while an integration has one" },
        leftOutWhile(
            (args) => !hasBalancers(args),
            () => ({ shown: "given", allowed: "nothing while no integration has a balancer" }),
            object(NETWORK),
        ),
    );
}

/** The rules of something that has a name and a certificate of its own. */
export const SERVER_NAME = textWhere(isDomainName, "a domain name in lower case with two labels at least");

/** The rules of a limit on requests. */
export function throttling() {
    return object<ApiThrottling>({
        rateLimit: required(numberWhere((rate) => rate > 0, "a number above 0 (requests a second)")),
        burstLimit: required(
            wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER }, "a whole number of requests, 1 or more"),
        ),
    });
}

/** Refuses names that are no operationIds of the document. */
export const areOperations: Judge = (value, args) => {
    const ids = documentOf(args).operations.map(({ operationId }) => operationId);
    return isRead(args)
        ? Object.keys(objectOf(value))
              .filter((name) => !ids.includes(name))
              .map((name) => ({
                  at: `[${show(name)}]`,
                  shown: name,
                  allowed: "operationIds of the document",
              }))
        : undefined;
};

/** The operation that a setting is about. */
export function operationOf(args: Given, operationId: string): ApiOperation | undefined {
    return documentOf(args).operations.find((each) => each.operationId === operationId);
}

/** API Gateway's own keys, which need no authorizer. */
export function isApiKeyScheme({ schemes }: ApiDocument, name: string): boolean {
    const scheme = schemes[name];
    return scheme?.type === "apiKey" && scheme.in === "header" && scheme.name?.toLowerCase() === "x-api-key";
}

/** Refuses authorizers that no operation asks for, and notes the schemes without one. */
export function fulfilsSchemes(withKeys: boolean): Judge {
    return (value, args) => {
        if (!isRead(args)) {
            return undefined;
        }
        const document = documentOf(args);
        const asked = askedSchemes(document);
        const given = Object.keys(objectOf(value));
        return [
            ...given
                .filter((name) => !asked.has(name))
                .map((name) => ({
                    at: `[${show(name)}]`,
                    shown: name,
                    allowed: "security schemes that an operation of the document asks for",
                })),
            ...[...asked]
                .filter((name) => !given.includes(name) && !(withKeys && isApiKeyScheme(document, name)))
                .map((name) => ({
                    shown: given,
                    allowed: `an authorizer for the document's security scheme ${name}`,
                })),
        ];
    };
}

/** Refuses operations that ask for more than one authorizer, which a method cannot. */
export function oneAuthorizer(document: ApiDocument, withKeys: boolean): Refusal[] {
    return document.operations.flatMap(({ security, at }) => {
        const names = Object.keys(security).filter((name) => !(withKeys && isApiKeyScheme(document, name)));
        return names.length > 1
            ? [{ at: `${at}.security`, shown: names, allowed: "one authorizer at most for an operation" }]
            : [];
    });
}

const ORIGIN = /^(\*|https?:\/\/[a-z0-9.-]+(:\d+)?)$/;
const HEADER = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** The rules of what browsers are told. */
export const CORS: ArgumentTable<ApiCors> = {
    allowOrigins: required(
        alsoJudged(
            allOf(
                unless((origins) => isEachOnce(origins), "each origin once"),
                unless(
                    (origins) => !Array.isArray(origins) || !origins.includes("*") || origins.length === 1,
                    "* alone, or origins without it",
                ),
            ),
            listOfAtLeast(
                1,
                textLike(ORIGIN, "an origin such as https://shop.example.com, without a path, or *"),
                "one origin or more",
            ),
        ),
    ),
    allowHeaders: list(textLike(HEADER, "the name of a header")),
    exposeHeaders: list(textLike(HEADER, "the name of a header")),
    maxAgeSeconds: wholeNumber({ min: 0, max: 86_400 }, "a whole number from 0 to 86400 (seconds)"),
};

function percent() {
    return numberWhere((value) => value > 0 && value <= 100, "a number above 0, to 100 (percent)");
}

function milliseconds() {
    return numberWhere((value) => value > 0 && value <= 30_000, "a number above 0, to 30000 (milliseconds)");
}

/** The rules of when alarms ring. */
export const THRESHOLDS: ArgumentTable<ApiAlarmThresholds> = {
    serverErrorPercent: percent(),
    clientErrorPercent: percent(),
    latencyMilliseconds: milliseconds(),
    integrationLatencyMilliseconds: milliseconds(),
};

/** The rules of a domain name's certificate and records. */
export function domainParts() {
    return {
        domainName: required(SERVER_NAME),
        certificateArn: input(arnOf("acm", "a certificate")),
        hostedZoneId: input(hostedZoneId()),
        basePath: basePath(),
    };
}

/** Part of a path, without slashes at its ends. */
export function basePath() {
    return textLike(
        /^[A-Za-z0-9$_.+!*'()-]+(\/[A-Za-z0-9$_.+!*'()-]+)*$/,
        "letters, digits and $-_.+!*'() with single slashes between, none at the ends",
    );
}

/** A domain whose certificate comes from somewhere. */
export const hasCertificate: Judge = unless(
    (domain) => isGiven(objectOf(domain).certificateArn) || isGiven(objectOf(domain).hostedZoneId),
    "certificateArn, or a hostedZoneId in which a certificate can be validated",
);
