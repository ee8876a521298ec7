import type * as pulumi from "@pulumi/pulumi";

import { type Exposure } from "../../shared/exposure";
import { type TagsInput } from "../../shared/tags";
import {
    type ApiAlarmThresholds,
    type ApiCors,
    type ApiFunction,
    type ApiNetwork,
    type ApiThrottling,
} from "../args";

/** What API Gateway does with a request that wants a fresh answer and may not ask for one. */
export enum UnauthorizedCacheControl {
    /** Refuses it. Browsers that reload a page send such requests. */
    Fail = "FAIL_WITH_403",
    /** Answers from the cache, and says so in a header `Warning`. */
    SucceedWithHeader = "SUCCEED_WITH_RESPONSE_HEADER",
    /** Answers from the cache. */
    Succeed = "SUCCEED_WITHOUT_RESPONSE_HEADER",
}

/** The time that a quota is for. */
export enum QuotaPeriod {
    /** A day. */
    Day = "DAY",
    /** A week. */
    Week = "WEEK",
    /** A month. */
    Month = "MONTH",
}

/** What a domain name speaks with its clients. */
export enum ApiTlsPolicy {
    /** TLS 1.3 alone. */
    Tls13 = "SecurityPolicy_TLS13_1_3_2025_09",
    /** TLS 1.3 and 1.2 with forward secrecy, and key exchanges that withstand quantum computers. */
    Tls13AndTls12 = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    /** TLS 1.2 and newer, with the oldest list of ciphers. */
    Tls12 = "TLS_1_2",
}

/** A balancer in the network, reached over TLS. */
export interface RestApiBalancer {
    /** ARN of an internal Application or Network Load Balancer. */
    loadBalancerArn: pulumi.Input<string>;
    /** A name in the certificate of its listener, which API Gateway verifies and sends as the host. */
    serverName: pulumi.Input<string>;
    /** Port of its listener. 443 when left out. */
    port?: number;
    /** What is put before the document's paths, such as `/internal`. Nothing when left out. */
    pathPrefix?: string;
}

/** What answers some of a REST API's operations: `function` or `balancer`, and not both. */
export interface RestApiIntegration {
    /** A function, called with the payload of proxy format 1.0. */
    function?: ApiFunction;
    /** A balancer in the network. */
    balancer?: RestApiBalancer;
    /**
     * The operations that it answers: their ids, paths such as `/todos/{todoId}`, or `/todos/*` for a path and all below
     * it. An id goes before a path, and a longer path before a shorter one. All that no other integration names when left
     * out, which one integration at most may.
     */
    operations?: string[];
    /** For how many milliseconds API Gateway waits for an answer, 50 to 29000. 29000 when left out. */
    timeoutMilliseconds?: number;
}

/** Who fulfils a security scheme of the document: users of user pools, or callers that sign with IAM; not both. */
export interface RestApiAuthorizer {
    /**
     * ARNs of Cognito user pools, 1 to 10. Without scopes in the document API Gateway takes the users' ID tokens, with
     * scopes their access tokens.
     */
    userPoolArns?: pulumi.Input<string>[];
    /** Whether callers sign their requests and IAM decides. False when left out. */
    iam?: boolean;
}

/** A cache of answers, billed by the hour. */
export interface RestApiCache {
    /** Size in GB: 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118 or 237. Changing it empties the cache. */
    sizeGb: number;
    /**
     * What becomes of `Cache-Control: max-age=0` and `no-cache` of a caller without the permission
     * `execute-api:InvalidateCache`. `UnauthorizedCacheControl.Fail` when left out.
     */
    unauthorizedCacheControl?: UnauthorizedCacheControl;
}

/** What is particular to one operation. */
export interface RestApiOperation {
    /**
     * For how many seconds an answer is kept in the cache, 1 to 3600. Never when left out. Only answers to GET are, and none
     * of operations whose callers sign with IAM.
     */
    cacheTtlSeconds?: number;
    /**
     * What tells one cached answer from another, beside the operation: `method.request.path.<name>`,
     * `method.request.querystring.<name>` and `method.request.header.<name>` of its parameters. All of them, and the headers
     * with the caller's credentials, when left out. Without those headers, or without a parameter of the path, it is refused.
     */
    cacheKeyParameters?: string[];
    /** How many of its requests are taken. The API's `throttling` when left out. */
    throttling?: ApiThrottling;
}

/** How much some API keys may ask for. */
export interface RestApiQuota {
    /** Requests in each period: a whole number, 1 or more. */
    limit: number;
    /** The period. */
    period: QuotaPeriod;
}

/** What the holders of some API keys may do. A key says which program calls, and not which user. */
export interface RestApiUsagePlan {
    /** Names of its keys, 1 or more, each 1 to 20 lower-case letters, digits and hyphens, kept for good. */
    keys: string[];
    /** How many requests of a key are taken. As many as the API's when left out. */
    throttling?: ApiThrottling;
    /** How many requests of a key are taken in a period. Any number when left out. */
    quota?: RestApiQuota;
}

/** A domain name of the API's own. The API then has no other address. */
export interface RestApiDomain {
    /** The name. */
    domainName: string;
    /** ARN of a certificate for it in the API's region. One is made and validated in `hostedZoneId` when left out. */
    certificateArn?: pulumi.Input<string>;
    /** Id of the public hosted zone that gets the name's alias records. None are made when left out. */
    hostedZoneId?: pulumi.Input<string>;
    /**
     * Other names of the API, in the same certificate, such as one that the APIs of several regions share. Their records are
     * left to others. None when left out, and with `routeByRules`.
     */
    alsoNamed?: string[];
    /** What it speaks with clients. `ApiTlsPolicy.Tls13` when left out. */
    securityPolicy?: ApiTlsPolicy;
    /** What goes before the document's paths, without slashes: it is taken away. Nothing when left out. */
    basePath?: string;
    /**
     * Whether several APIs share the name, each with a `route` of its own. False when left out: all that the name gets is
     * this API's.
     */
    routeByRules?: boolean;
}

/** Where a domain name has to lead. */
export interface ApiDomainTarget {
    /** The name that alias records lead to. */
    domainName: string;
    /** Hosted zone of that name. */
    zoneId: string;
}

/** A header by which requests are told apart. */
export interface RestApiRouteHeader {
    /** Name of the header. */
    name: string;
    /** Its value, in which `*` stands for anything. */
    value: string;
}

/** Which requests of a name that several APIs share are this API's. */
export interface RestApiRoute {
    /** The name, where another API owns it, with `routeByRules`. The API's own when left out. */
    domainName?: pulumi.Input<string>;
    /** When it is asked among the rules of the name, the lowest first: 1 to 1000000, each once. */
    priority: number;
    /** What the path begins with, without slashes, such as `v2`. Anything when left out. */
    basePath?: string;
    /** Whether that is taken away before the API sees the path. False when left out. */
    stripBasePath?: boolean;
    /** A header that requests must have. None when left out. */
    header?: RestApiRouteHeader;
}

/** A header without which requests are refused, such as the one by which a distribution is known. */
export interface RestApiRequiredHeader {
    /** Name of the header. */
    name: string;
    /** Its values, one of which a request must carry. Kept as secrets. */
    values: pulumi.Input<string>[];
}

/** The firewall that is made for the API. */
export interface RestApiWebAcl {
    /** Who reaches the API. Clients' addresses are judged where they are not hidden. `Exposure.Internet` when left out. */
    exposure?: Exposure;
    /** Requests that one address may send in five minutes, 10 or more. 2000 with Internet when left out. */
    rateLimitPerFiveMinutes?: number;
    /** A header without which requests are refused. Nothing is demanded when left out. */
    requiredHeader?: RestApiRequiredHeader;
}

/** When a REST API's alarms ring. */
export interface RestApiAlarmThresholds extends ApiAlarmThresholds {
    /** Cached operations that the cache should answer at least, in percent, 1 to 100. 10 when left out. */
    cacheHitPercent?: number;
}

/** Arguments of RestApi. */
export interface RestApiArgs {
    /** The AWS region of the API. */
    region: string;
    /** The AWS account of the API: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * The text of an OpenAPI document of version 3.0, as JSON or YAML: the source of all routes. It is kept free of API
     * Gateway's extensions, which the component adds.
     */
    document: string;
    /** What the API is for. The document's title when left out. */
    description?: string;
    /** What answers the operations, by names of 1 to 20 lower-case letters, digits and hyphens, kept for good. */
    integrations: Record<string, RestApiIntegration>;
    /**
     * Who fulfils the document's security schemes, by their names. Every scheme that an operation asks for needs one, but
     * for API keys in the header `x-api-key`, which `usagePlans` are for. None when left out.
     */
    authorizers?: Record<string, RestApiAuthorizer>;
    /** The network of the balancers. Required with balancers, and left out without. */
    network?: ApiNetwork;
    /** Name of the stage: 1 to 128 letters, digits, `_` and `-`. `live` when left out. Changing it replaces the stage. */
    stageName?: string;
    /** How many requests are taken of all callers, by operation. 100 a second and 200 at once when left out. */
    throttling?: ApiThrottling;
    /** The cache that operations with `cacheTtlSeconds` use. None when left out. */
    cache?: RestApiCache;
    /** What is particular to operations, by their ids. Nothing when left out. */
    operations?: Record<string, RestApiOperation>;
    /**
     * Which pages of other origins may call the API: it then answers their browsers' questions (OPTIONS); headers of all
     * other answers are the integrations'. None when left out.
     */
    cors?: ApiCors;
    /** API keys and what they may ask for, by names of 1 to 20 lower-case letters, digits and hyphens. None when left out. */
    usagePlans?: Record<string, RestApiUsagePlan>;
    /** A domain name of its own. It has an address of API Gateway's when left out. */
    domain?: RestApiDomain;
    /** Which requests of a shared name are this API's. None when left out. */
    route?: RestApiRoute;
    /** A policy document in JSON that says who may call, before any authorizer is asked. Everybody when left out. */
    resourcePolicy?: pulumi.Input<string>;
    /** The firewall that is made for the API. One for everybody on the internet when left out, unless `webAclArn` is given. */
    webAcl?: RestApiWebAcl;
    /** ARN of a web ACL that is there already, in place of one of its own. None when left out. */
    webAclArn?: pulumi.Input<string>;
    /** ARN of the key that encrypts logs. Its policy must let CloudWatch Logs use it (KeyUser.CloudWatchLogs). */
    kmsKeyArn: pulumi.Input<string>;
    /** How many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** When the alarms ring. */
    alarmThresholds?: RestApiAlarmThresholds;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
