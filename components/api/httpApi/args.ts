import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import {
    type ApiAlarmThresholds,
    type ApiCors,
    type ApiFunction,
    type ApiNetwork,
    type ApiThrottling,
} from "../args";

/** A listener of a balancer in the network, reached over TLS. */
export interface HttpApiBalancer {
    /** ARN of a listener of an internal Application or Network Load Balancer. */
    listenerArn: pulumi.Input<string>;
    /** A name in the listener's certificate, which API Gateway verifies. */
    serverName: pulumi.Input<string>;
}

/** What answers some of an HTTP API's operations: `function` or `balancer`, and not both. */
export interface HttpApiIntegration {
    /** A function, called with the payload of format 2.0. */
    function?: ApiFunction;
    /** A balancer in the network. */
    balancer?: HttpApiBalancer;
    /**
     * The operations that it answers: their ids, paths such as `/todos/{todoId}`, or `/todos/*` for a path and all below
     * it. An id goes before a path, and a longer path before a shorter one. All that no other integration names when left
     * out, which one integration at most may.
     */
    operations?: string[];
    /** For how many milliseconds API Gateway waits for an answer, 50 to 30000. 30000 when left out. */
    timeoutMilliseconds?: number;
}

/** Who fulfils a security scheme of the document: holders of tokens, or callers that sign with IAM; not both. */
export interface HttpApiAuthorizer {
    /** Who signs the tokens, as their claim `iss` has it: https, without a slash at the end. Given with `audiences`. */
    issuer?: pulumi.Input<string>;
    /** Whom the tokens are for, one of which their claim `aud` or `client_id` must have. Given with `issuer`. */
    audiences?: pulumi.Input<string>[];
    /** Whether callers sign their requests and IAM decides. False when left out. */
    iam?: boolean;
}

/** Which pages of other origins may call an HTTP API, which answers their browsers and adds the headers to all answers. */
export interface HttpApiCors extends ApiCors {
    /** Whether they may send cookies. False when left out, and with `*` among the origins. */
    allowCredentials?: boolean;
}

/** What is particular to one operation. */
export interface HttpApiOperation {
    /** How many of its requests are taken. The API's `throttling` when left out. */
    throttling?: ApiThrottling;
}

/** A domain name of the API's own, with TLS 1.2 and newer. The API then has no other address. */
export interface HttpApiDomain {
    /** The name. */
    domainName: string;
    /** ARN of a certificate for it in the API's region. One is made and validated in `hostedZoneId` when left out. */
    certificateArn?: pulumi.Input<string>;
    /** Id of the public hosted zone that gets the name's alias records. None are made when left out. */
    hostedZoneId?: pulumi.Input<string>;
    /** What goes before the document's paths, without slashes: it is taken away. Nothing when left out. */
    basePath?: string;
}

/** Arguments of HttpApi. */
export interface HttpApiArgs {
    /** The AWS region of the API. */
    region: string;
    /** The AWS account of the API: 12 digits. */
    accountId: pulumi.Input<string>;
    /** The text of an OpenAPI document of version 3.0, as JSON or YAML: the source of all routes. */
    document: string;
    /** What the API is for. The document's title when left out. */
    description?: string;
    /** What answers the operations, by names of 1 to 20 lower-case letters, digits and hyphens, kept for good. */
    integrations: Record<string, HttpApiIntegration>;
    /** Who fulfils the document's security schemes, by their names. Every scheme that is asked for needs one. None when left out. */
    authorizers?: Record<string, HttpApiAuthorizer>;
    /** The network of the balancers. Required with balancers, and left out without. */
    network?: ApiNetwork;
    /** How many requests are taken of all callers, by operation. 100 a second and 200 at once when left out. */
    throttling?: ApiThrottling;
    /** What is particular to operations, by their ids. Nothing when left out. */
    operations?: Record<string, HttpApiOperation>;
    /** Which pages of other origins may call the API. None when left out. */
    cors?: HttpApiCors;
    /** A domain name of its own. It has an address of API Gateway's when left out. */
    domain?: HttpApiDomain;
    /** ARN of the key that encrypts the access log. Its policy must let CloudWatch Logs use it (KeyUser.CloudWatchLogs). */
    kmsKeyArn: pulumi.Input<string>;
    /** How many days the access log is kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the alarms tell. No alarms when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** When the alarms ring. */
    alarmThresholds?: ApiAlarmThresholds;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
