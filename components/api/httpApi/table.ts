import {
    accountId,
    arnOf,
    byDefault,
    flagWhere,
    input,
    isCount,
    isGiven,
    keyArn,
    list,
    logRetention,
    map,
    object,
    objectOf,
    region,
    required,
    tags,
    text,
    textLike,
    topicArns,
    unless,
    flag,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Judge } from "../../shared/argumentTable";
import {
    areOperations,
    CORS,
    domainParts,
    fulfilsSchemes,
    hasCertificate,
    integrations,
    network,
    oneAuthorizer,
    openApiDocument,
    SERVER_NAME,
    THRESHOLDS,
    throttling,
} from "../rules";
import {
    type HttpApiArgs,
    type HttpApiAuthorizer,
    type HttpApiBalancer,
    type HttpApiCors,
    type HttpApiDomain,
    type HttpApiOperation,
} from "./args";

const LONGEST_MILLISECONDS = 30_000;

const BALANCER: ArgumentTable<HttpApiBalancer> = {
    listenerArn: required(input(arnOf("elasticloadbalancing", "a listener"))),
    serverName: required(input(SERVER_NAME)),
};

const AUTHORIZER: ArgumentTable<HttpApiAuthorizer> = {
    issuer: input(textLike(/^https:\/\/.*[^/]$/, "https:// and no slash at the end")),
    audiences: list(
        input(text("an audience")),
        "a list of audiences",
        unless((audiences) => isCount(audiences, 1, 50), "1 to 50 audiences"),
    ),
    iam: flag(),
};

const CORS_OF_HTTP: ArgumentTable<HttpApiCors> = {
    ...CORS,
    allowCredentials: flagWhere(
        (allowed, _, { within }) =>
            !allowed || !Array.isArray(within.allowOrigins) || !within.allowOrigins.includes("*"),
        "false while every origin is allowed",
    ),
};

const OPERATION: ArgumentTable<HttpApiOperation> = { throttling: throttling() };

const DOMAIN: ArgumentTable<HttpApiDomain> = domainParts();

const knowsTokens: Judge = (given) => {
    const { issuer, audiences, iam } = objectOf(given);
    const tokens = isGiven(issuer) && isGiven(audiences);
    const half = isGiven(issuer) !== isGiven(audiences);
    return !half && tokens !== (iam === true)
        ? undefined
        : { allowed: "either issuer and audiences, or iam" };
};

/** The rules of an HTTP API's arguments. */
export const ARGUMENTS: ArgumentTable<HttpApiArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    document: required(openApiDocument((document) => oneAuthorizer(document, false))),
    description: textLike(/^[\s\S]{1,1024}$/, "1 to 1024 characters"),
    integrations: required(integrations(object(BALANCER), LONGEST_MILLISECONDS)),
    authorizers: byDefault(
        {},
        map(
            { ...object(AUTHORIZER), judge: knowsTokens },
            "authorizers by the document's security schemes",
            fulfilsSchemes(false),
        ),
    ),
    network: network(),
    throttling: throttling(),
    operations: map(object(OPERATION), "settings by operationId", areOperations),
    cors: object(CORS_OF_HTTP),
    domain: { ...object(DOMAIN), judge: hasCertificate },
    kmsKeyArn: required(input(keyArn())),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    alarmThresholds: object(THRESHOLDS),
    tags: tags(),
};
