import type * as pulumi from "@pulumi/pulumi";

import { type Permission } from "../../security/permissions";
import { type TagsInput } from "../../shared/tags";
import { type FunctionDeployment } from "./deploymentArgs";
import {
    type BucketEventSource,
    type EventRuleSource,
    type QueueEventSource,
    type ScheduleEventSource,
    type StreamEventSource,
    type TopicEventSource,
} from "./sourceArgs";

/** The network that a function runs in: only there does it reach databases and caches. */
export interface FunctionVpc {
    /** Id of the network. */
    vpcId: pulumi.Input<string>;
    /** Ids of private subnets, in two or more zones. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * IPv4 blocks that the function may call on port 443: AWS's services by way of endpoints or NAT, and whatever else it
     * calls. All addresses when left out, none when empty. What else it may call, a SecurityGroupConnection says.
     */
    httpsEgressCidrBlocks?: string[];
}

/** Where a function's traces go, by OpenTelemetry, beside the segment that Lambda itself sends to X-Ray. */
export interface FunctionTracing {
    /**
     * ARN of a version of the layer with AWS's distribution of OpenTelemetry for JavaScript, in the function's region. It
     * wraps the handler and sends spans to X-Ray. This or `otlpEndpoint`.
     */
    layerArn?: pulumi.Input<string>;
    /**
     * URL of a collector that takes OTLP over HTTP, for handlers that export spans themselves or have an extension that
     * does. This or `layerArn`.
     */
    otlpEndpoint?: pulumi.Input<string>;
    /** Name of the service in traces. The component's name when left out. */
    serviceName?: string;
}

/** What becomes of calls that nobody waits for: those of topics, rules, buckets and of `InvocationType: Event`. */
export interface AsyncInvocation {
    /** How often a failed call is tried again: 0 to 2. 2 when left out. */
    maximumRetryAttempts?: number;
    /** Seconds after which a call is given up that could not be made: 60 to 21600. 3600 when left out. */
    maximumEventAgeInSeconds?: number;
    /**
     * ARN of a queue, topic, function, event bus or bucket that is told of calls that failed for good, with request, answer
     * and cause, beside the function's own dead letters. None when left out.
     */
    onFailureArn?: pulumi.Input<string>;
    /** ARN of a queue, topic, function or event bus that is told of calls that succeeded. None when left out. */
    onSuccessArn?: pulumi.Input<string>;
}

/** Arguments of ServerlessFunction. */
export interface ServerlessFunctionArgs {
    /** The AWS region that the function is in, such as `eu-central-1`. */
    region: string;
    /** The AWS account that the function is in: 12 digits. */
    accountId: pulumi.Input<string>;
    /** What the function is for, in one line of at most 256 characters. */
    description: string;
    /**
     * The code for Node.js on arm64: what `lambdaCode` makes of one of the package's functions, or any archive that holds what
     * `handler` names.
     */
    code: pulumi.Input<pulumi.asset.Archive>;
    /** File and export that Lambda calls. `index.handler` when left out. */
    handler?: string;
    /** Memory in MiB, and with it the share of a processor: 128 to 10240. 512 when left out. */
    memorySize?: number;
    /** Seconds after which a call is ended: 1 to 900. 10 when left out. */
    timeoutSeconds?: number;
    /** Size of `/tmp` in MiB: 512 to 10240. 512 when left out. */
    ephemeralStorageMiB?: number;
    /** The function's variables, never secrets: 4 KiB together, and no names of Lambda's own. None when left out. */
    environment?: Record<string, pulumi.Input<string>>;
    /** ARNs of layers, in order, beside that of `tracing`: 5 together. None when left out. */
    layerArns?: pulumi.Input<string>[];
    /** What the function may do, beside its log, its traces, its dead letters and its event sources. Nothing when left out. */
    permissions?: pulumi.Input<Permission[]>[];
    /** A permissions boundary for the component's roles. None when left out. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /**
     * How many calls may run at once, which are kept free for it out of the account's: 0 stops the function. Shared with the
     * account's other functions when left out.
     */
    reservedConcurrency?: number;
    /** The network that it runs in. In none when left out: it then reaches nothing but public addresses, such as AWS's APIs. */
    network?: FunctionVpc;
    /** Name of the alias that everybody calls: 1 to 128 letters, digits, `_` and `-`, not digits alone. `live` when left out. */
    aliasName?: string;
    /**
     * How a new version gets its calls. When left out `pulumi up` moves the alias to it at once; when given a deployment of
     * CodeDeploy does, which somebody starts after `pulumi up`.
     */
    deployment?: FunctionDeployment;
    /** What becomes of calls that nobody waits for. The defaults of AsyncInvocation when left out. */
    asyncInvocation?: AsyncInvocation;
    /** Where traces go beside Lambda's own segment. Nowhere when left out. */
    tracing?: FunctionTracing;
    /** Queues whose messages it takes, by names of 1 to 20 lower-case letters, digits and hyphens, kept for good. */
    queues?: Record<string, QueueEventSource>;
    /** Streams of Kinesis and DynamoDB whose records it takes, by such names. */
    streams?: Record<string, StreamEventSource>;
    /** Topics whose messages it takes, by such names. */
    topics?: Record<string, TopicEventSource>;
    /** Rules on event buses whose events it takes, by such names. */
    eventRules?: Record<string, EventRuleSource>;
    /** Buckets whose changes it hears of by way of EventBridge, by such names. */
    buckets?: Record<string, BucketEventSource>;
    /** Times at which it is called, by such names. */
    schedules?: Record<string, ScheduleEventSource>;
    /**
     * ARN of the key that encrypts environment and logs. Its policy must let CloudWatch Logs use it
     * (KeyUser.CloudWatchLogs).
     */
    kmsKeyArn: pulumi.Input<string>;
    /** How many days logs are kept, a period that CloudWatch Logs takes. 365 when left out. */
    logRetentionDays?: number;
    /** Topics of the same region that the alarms tell. No alarms but those that turn a deployment back when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}
