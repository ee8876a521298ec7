import type * as pulumi from "@pulumi/pulumi";

/** A function that answers requests, by the alias that everybody calls. */
export interface ApiFunction {
    /** Name of the function, in the API's region and account. */
    functionName: pulumi.Input<string>;
    /** Name of its alias. */
    aliasName: pulumi.Input<string>;
}

/** How many requests are taken. */
export interface ApiThrottling {
    /** Requests a second, on average. */
    rateLimit: number;
    /** Requests at once, above that average: a whole number. */
    burstLimit: number;
}

/** The network in which an API reaches balancers. */
export interface ApiNetwork {
    /** Id of the network. */
    vpcId: pulumi.Input<string>;
    /** Ids of two or more private subnets, one in each of two or more zones, where API Gateway puts its interfaces. */
    subnetIds: pulumi.Input<string>[];
}

/** Which pages of other origins may call the API from a browser. */
export interface ApiCors {
    /** Their origins, such as `https://shop.example.com`, or `*` alone for all. */
    allowOrigins: string[];
    /** Names of headers that they may send. `authorization` and `content-type` when left out. */
    allowHeaders?: string[];
    /** Names of headers of answers that they may read. None when left out. */
    exposeHeaders?: string[];
    /** For how many seconds a browser may keep the answer to its question, 0 to 86400. 600 when left out. */
    maxAgeSeconds?: number;
}

/** When an API's alarms ring. */
export interface ApiAlarmThresholds {
    /** Requests that fail on this side, in percent of all: above 0, to 100. 1 when left out. */
    serverErrorPercent?: number;
    /** Requests that are refused, in percent of all: above 0, to 100. 40 when left out. */
    clientErrorPercent?: number;
    /** The time that 99 of 100 requests should need less than, in milliseconds. 3000 when left out. */
    latencyMilliseconds?: number;
    /** The same for what is behind API Gateway. 2500 when left out. */
    integrationLatencyMilliseconds?: number;
}
